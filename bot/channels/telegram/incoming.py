"""Telegram's updates as `Incoming`: nothing is decided and nothing is downloaded here."""

import re
from typing import Any, Final

from telegram import CallbackQuery, Chat, ChatMember, MaybeInaccessibleMessage, Message, Update, User

from bot.messages import Incoming, Tap
from dialogs.events import CommandName

# What commands are called. Telegram allows Latin letters only, so a language without its own has the English ones.
NAMES: Final[dict[str, dict[CommandName, str]]] = {
    "en": {"start": "start", "menu": "menu", "language": "language", "help": "help", "hide": "hide", "erase": "erase"},
    "fr": {
        "start": "commencer",
        "menu": "menu",
        "language": "langue",
        "help": "aide",
        "hide": "cacher",
        "erase": "effacer",
    },
    "es": {
        "start": "empezar",
        "menu": "menu",
        "language": "idioma",
        "help": "ayuda",
        "hide": "ocultar",
        "erase": "borrar",
    },
}
COMMANDS: Final[dict[str, CommandName]] = {name: command for names in NAMES.values() for command, name in names.items()}
GONE: Final = (ChatMember.LEFT, ChatMember.BANNED)
_COMMAND: Final = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_TAP: Final = re.compile(r"(\d{1,9})\.([\w-]{1,50})", re.ASCII)


def incoming(update: Update, at: int) -> Incoming | None:
    """What a person did in a private chat, at Unix second `at`; None when there is nothing to answer.

    `origin` is `tapped` (the message whose button was tapped) or `own` (the person's message): message ids.
    """
    if update.callback_query is not None:
        return _tapped(update.update_id, update.callback_query, at)
    if update.edited_message is not None:
        return _edited(update.update_id, update.edited_message, at)
    return None if update.message is None else _written(update.update_id, update.message, at)


def group_of(update: Update) -> int | None:
    """The id of the group or channel that the bot must leave, or None."""
    chat = update.effective_chat
    if chat is None or chat.type == Chat.PRIVATE:
        return None
    member = update.my_chat_member
    return None if member is not None and member.new_chat_member.status in GONE else chat.id


def _tapped(update_id: int, query: CallbackQuery, at: int) -> Incoming | None:
    message, tap = query.message, _TAP.fullmatch(query.data or "")
    if message is None or tap is None or not _is_person(message, query.from_user):
        return None
    return _incoming(
        message.chat,
        query.from_user,
        str(update_id),
        at,
        tap=Tap(int(tap[1]), tap[2]),
        origin={"tapped": message.message_id},
    )


def _edited(update_id: int, message: Message, at: int) -> Incoming | None:
    # A live location is "edited" every few seconds for as long as it is shared.
    if message.location is not None or not _is_person(message, message.from_user):
        return None
    what = _words(message) or {"shared": True}
    own: dict[str, str | int] = {"own": message.message_id}
    return _incoming(message.chat, message.from_user, str(update_id), at, origin=own, edited="text" in what, **what)


def _written(update_id: int, message: Message, at: int) -> Incoming | None:
    if not _is_person(message, message.from_user):
        return None
    own: dict[str, str | int] = {"own": message.message_id}
    album, words = message.media_group_id, _words(message)
    if words:
        shared = message.caption is not None and album is None
        return _incoming(message.chat, message.from_user, str(update_id), at, origin=own, shared=shared, **words)
    if message.effective_attachment is None:
        return None
    # An album is one message a picture: the same key makes all but the first of those without words repeats.
    key = f"album {album}" if album else str(update_id)
    return _incoming(message.chat, message.from_user, key, at, shared=True, origin=own)


def _words(message: Message) -> dict[str, Any]:
    """What was written, or written under a picture: a command, or text; nothing when there is none.

    Words after a command make it text ("/help he has a knife"), save after /start.
    """
    if not message.text:
        return {"text": message.caption} if message.caption else {}
    match = _COMMAND.fullmatch(message.text.strip())
    if match is None:
        return {"text": message.text}
    command, rest = COMMANDS.get(match[1].lower()), match[2]
    if command is None or (rest and command != "start"):
        return {"text": message.text.strip().removeprefix("/")}
    return {"command": command}


def _is_person(message: MaybeInaccessibleMessage, user: User | None) -> bool:
    """Whether a person wrote or tapped in their own chat. Ids that are no numbers cannot be answered."""
    ids: tuple[object, ...] = (message.message_id, message.chat.id)
    if not all(isinstance(each, int) for each in ids):
        return False
    return message.chat.type == Chat.PRIVATE and user is not None and not user.is_bot


def _incoming(chat: Chat, user: User | None, key: str, at: int, **what: Any) -> Incoming:
    code = user.language_code if user is not None else None
    language = code.partition("-")[0].lower() if code else None
    return Incoming(channel="telegram", address=str(chat.id), key=key, at=at, language=language, **what)
