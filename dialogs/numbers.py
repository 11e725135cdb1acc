"""Helplines as lines to read and buttons that dial. The number itself is never part of a translated sentence."""

from collections.abc import Iterable

from dialogs.helpline import Helpline
from dialogs.screen import Choice
from dialogs.text import Text, say


def lines(helplines: Iterable[Helpline]) -> tuple[Text, ...]:
    """A line for each: number, what it is, and its note when it has one."""
    return tuple(_line(helpline) for helpline in helplines)


def _line(h: Helpline) -> Text:
    if h.note is None:
        return say("numbers", "{number}: {name}", number=h.number, name=h.name)
    return say("numbers", "{number}: {name}. {note}", number=h.number, name=h.name, note=h.note)


def dial(helplines: Iterable[Helpline]) -> tuple[Choice, ...]:
    """A button for each that dials, or writes where the number takes messages."""
    return tuple(Choice(f"call-{h.id}", _dial(h), url=h.url, role="link") for h in helplines)


def _dial(h: Helpline) -> Text:
    if h.scheme == "sms":
        return say("numbers", "Write to {number}: {name}", number=h.number, name=h.name)
    return say("numbers", "Call {number}: {name}", number=h.number, name=h.name)
