"""Telegram's updates as `Incoming`: nothing is decided and nothing is downloaded here."""

import re
from typing import Any, Final

from telegram import CallbackQuery, Chat, ChatMember, Message, Update, User

from bot.messages import Incoming, Tap
from dialogs.events import CommandName

# Telegram's commands are Latin letters only, so Arabic speakers use any of these.
COMMANDS: Final[dict[str, CommandName]] = {
    "start": "start",
    "commencer": "start",
    "empezar": "start",
    "menu": "menu",
    "language": "language",
    "langue": "language",
    "idioma": "language",
    "help": "help",
    "aide": "help",
    "ayuda": "help",
    "hide": "hide",
    "cacher": "hide",
    "ocultar": "hide",
    "erase": "erase",
    "effacer": "erase",
    "borrar": "erase",
}
GONE: Final = (ChatMember.LEFT, ChatMember.BANNED)
_COMMAND: Final = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_TAP: Final = re.compile(r"(\d{1,9})\.(\d{1,3})", re.ASCII)


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
    if message is None or tap is None or not _is_person(message.chat, query.from_user):
        return None
    return _incoming(
        message.chat,
        query.from_user,
        str(update_id),
        at,
        tap=Tap(int(tap[1]), int(tap[2])),
        origin={"tapped": message.message_id},
    )


def _edited(update_id: int, message: Message, at: int) -> Incoming | None:
    # A live location is "edited" every few seconds for as long as it is shared.
    if message.location is not None or not _is_person(message.chat, message.from_user):
        return None
    own: dict[str, str | int] = {"own": message.message_id}
    return _incoming(message.chat, message.from_user, str(update_id), at, shared=True, origin=own)


def _written(update_id: int, message: Message, at: int) -> Incoming | None:
    if not _is_person(message.chat, message.from_user):
        return None
    # An album is one message a picture: the same key makes all but the first of them repeats.
    album = message.media_group_id
    key = f"album {album}" if album else str(update_id)
    own: dict[str, str | int] = {"own": message.message_id}
    if message.text:
        return _incoming(message.chat, message.from_user, key, at, origin=own, **_words(message.text))
    if message.effective_attachment is None:
        return None
    return _incoming(message.chat, message.from_user, key, at, shared=True, origin=own)


def _words(text: str) -> dict[str, Any]:
    """A command, or text. Words after a command make it text ("/help he has a knife"), save after /start."""
    match = _COMMAND.fullmatch(text.strip())
    if match is None:
        return {"text": text}
    command, rest = COMMANDS.get(match[1].lower()), match[2]
    if command is None or (rest and command != "start"):
        return {"text": text.strip().removeprefix("/")}
    return {"command": command}


def _is_person(chat: Chat, user: User | None) -> bool:
    return chat.type == Chat.PRIVATE and user is not None and not user.is_bot


def _incoming(chat: Chat, user: User | None, key: str, at: int, **what: Any) -> Incoming:
    code = user.language_code if user is not None else None
    language = code.partition("-")[0].lower() if code else None
    return Incoming(channel="telegram", address=str(chat.id), key=key, at=at, language=language, **what)
