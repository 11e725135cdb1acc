"""A `Reply` as calls to the Bot API: messages, keyboards, and what becomes of the message that was tapped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from telegram import Message

from bot.channels.telegram.text import GAP, LIMIT, NO_WORDS, Piece, covered, is_number, messages, units
from bot.messages import Reply, Shown, ShownChoice, both

DELETED_AT_ONCE: Final = 100
SHORT_LABEL: Final = 14  # two such buttons fit in a row on a small phone
SHORT_ROW: Final = 30
INERT: Final = "-"  # the data of a button that only says what was chosen
NO_PREVIEW: Final = {"is_disabled": True}
_SYSTEM: Final = ("danger", "back", "menu", "leave")

# Keyboards as the Bot API's own JSON: PTB's objects of them would be half the cost of a message.
Button = dict[str, str]
Row = list[Button]
Keyboard = dict[str, list[Row]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the Bot API and its arguments; `otherwise` is tried when Telegram refuses it (400)."""

    method: str
    arguments: dict[str, Any]
    otherwise: "Call | None" = None


def outgoing(reply: Reply, address: str, tapped: Message | None = None) -> list[Call]:
    """What to ask of the Bot API for one reply, in order. `tapped`: the message tapped, while it is still known."""
    chat = int(address)
    return [*_settled(reply, chat, tapped), *_said(reply, chat)]


def deletions(address: str, message_ids: Sequence[int]) -> list[Call]:
    """Calls that delete these messages, a hundred each."""
    rows = _rows(sorted(set(message_ids)), DELETED_AT_ONCE)
    return [Call("delete_messages", {"chat_id": int(address), "message_ids": row}) for row in rows]


def _settled(reply: Reply, chat: int, tapped: Message | None) -> Iterator[Call]:
    where = {"chat_id": chat, "message_id": reply.origin.get("tapped", reply.origin.get("own"))}
    if reply.hide or reply.clear or where["message_id"] is None:
        return
    if reply.taken_discreet:
        blank = Call("edit_message_text", {**where, "text": NO_WORDS}) if "tapped" in reply.origin else None
        yield Call("delete_message", where, blank)
    elif "tapped" in reply.origin:
        yield _answered(reply, where, tapped)


def _answered(reply: Reply, where: dict[str, Any], tapped: Message | None) -> Call:
    """The buttons go; the choice stays readable, under the words when they are known, else as a button."""
    if reply.taken is None:
        return Call("edit_message_reply_markup", where)
    taken = f"✓ {reply.taken}"
    mark = {"inline_keyboard": [[{"text": taken, "callback_data": INERT}]]}
    button = Call("edit_message_reply_markup", {**where, "reply_markup": mark})
    if tapped is None or not tapped.text:
        return button
    words = Piece(tapped.text + GAP, units(tapped.text + GAP)).then(covered(taken))
    if words.length > LIMIT:
        return button
    entities = [*(entity.to_dict() for entity in tapped.entities), *(mark.entity() for mark in words.marks)]
    said = {"text": words.text, "entities": entities, "link_preview_options": NO_PREVIEW}
    return Call("edit_message_text", {**where, **said}, button)


def _said(reply: Reply, chat: int) -> Iterator[Call]:
    # Once hidden, a word would show the chat again. Who only erased must read what remains.
    screens = () if reply.hide else reply.screens
    for screen in screens:
        pieces = messages(screen)
        for number, piece in enumerate(pieces, 1):
            yield _message(chat, piece, _keyboard(screen, reply.turn) if number == len(pieces) else None)


def _message(chat: int, piece: Piece, keyboard: Keyboard | None) -> Call:
    # Silent: somebody else may be near the phone. Not protected: a receipt must be copied, a number shared.
    arguments = {
        "chat_id": chat,
        "text": piece.text,
        "entities": [mark.entity() for mark in piece.marks],
        "disable_notification": True,
        "link_preview_options": NO_PREVIEW,
        "reply_markup": keyboard,
    }
    plain = {
        "entities": [mark.entity() for mark in piece.marks if mark.kind == "spoiler"],
        "reply_markup": _without_links(keyboard),
    }
    return Call("send_message", arguments, Call("send_message", arguments | plain))


def _without_links(keyboard: Keyboard | None) -> Keyboard | None:
    rows = [[b for b in row if "url" not in b] for row in keyboard["inline_keyboard"]] if keyboard else []
    return {"inline_keyboard": kept} if (kept := [row for row in rows if row]) else None


def _keyboard(screen: Shown, turn: int) -> Keyboard | None:
    """Answers first, then the ways out. A button carries the turn and the choice's id, 64 bytes at most."""
    answers: Row = []
    ways_out: Row = []
    for choice in screen.choices:
        if not is_number(choice):
            row = ways_out if choice.role in _SYSTEM else answers
            row.extend(_buttons(choice, f"{turn}.{choice.id}"))
    paired = all(len(button["text"]) <= SHORT_LABEL for button in answers)
    one_row = sum(len(button["text"]) for button in ways_out) <= SHORT_ROW
    rows = [*_rows(answers, 2 if paired else 1), *_rows(ways_out, 4 if one_row else 2)]
    return {"inline_keyboard": rows} if rows else None


def _buttons(choice: ShownChoice, data: str) -> Row:
    """One button; for two who read together both labels on it, or a button each where they would be cut."""
    where = {"callback_data": data} if choice.url is None else {"url": choice.url}
    label = both(choice.label, choice.beside)
    if choice.beside is None or len(label) <= SHORT_ROW:
        return [{"text": label, **where}]
    return [{"text": choice.label, **where}, {"text": choice.beside, **where}]


def _rows(items: Sequence[T], width: int) -> list[list[T]]:
    return [list(items[start : start + width]) for start in range(0, len(items), width)]
