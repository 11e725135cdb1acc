"""What a channel has to say of itself, where a person may first meet it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.messages import Channel
from dialogs.engine import Turn
from dialogs.screen import Screen
from dialogs.stack import top
from dialogs.text import Text, say

_KEEPS = say(
    "telegram",
    "Telegram keeps this chat, and its company can read it. “Hide and leave” deletes the messages that I may delete.",
)
_GREY = say("telegram", "Grey text: tap it to read. It keeps words out of notifications.")
_READ = say("web", "While you write, only those who run the server could read along. “Safety and settings” says more.")
_ON_TELEGRAM = {("welcome", "who"): (_KEEPS, _GREY), ("crisis", "numbers"): (_GREY,)}
_SAID: Mapping[Channel, Mapping[tuple[str, str], tuple[Text, ...]]] = {
    "telegram": _ON_TELEGRAM,
    "web": {("welcome", "who"): (_READ,)},
}


def with_channel_note(channel: Channel, turn: Turn) -> tuple[Screen, ...]:
    """What a channel keeps, and who can read it, is said where a person may first meet it."""
    frame = top(turn.session)
    said = _SAID.get(channel, {}).get((frame.flow, frame.step))
    if said is None:
        return turn.screens
    *before, screen = turn.screens
    beside = None if screen.beside is None else _noted(screen.beside, said)
    return (*before, replace(_noted(screen, said), beside=beside))


def _noted(screen: Screen, said: tuple[Text, ...]) -> Screen:
    return replace(screen, text=(*screen.text[:-1], *said, screen.text[-1]))
