"""Which kinds of danger a text speaks of, now and here. Decided before any step (design §3)."""

import re

from dialogs.helpline import Helpline
from dialogs.library import Library
from dialogs.session import Session
from dialogs.stack import top
from dialogs.text import Text, say
from dialogs.understanding import Understanding

NEEDS = {
    "threat": ("threat", "silent"),
    "medical": ("medical", "silent"),
    "suicide": ("suicide", "medical"),
    "minor": ("minor", "threat"),
    "": ("threat", "medical", "silent", "suicide", "minor"),
}
SHORT = 3  # numbers in a line
KINDS = ("threat", "medical", "suicide", "minor")
# Six to nine words of dictionaries, mistyped or not: sentences have words of one or two letters.
RECEIPT = re.compile(r"[a-zàâçéèêëîïôöùûüñáíóú]{3,}(?: +[a-zàâçéèêëîïôöùûüñáíóú]{3,}){5,8}")
BY_INTENT = {"report_danger": "threat", "report_suicidal": "suicide", "report_minor": "minor"}


def kinds(session: Session, understanding: Understanding, text: str = "") -> tuple[str, ...]:
    """The kinds to act on, gravest first: what the danger layer found, or else a safety intent, however unsure.

    Where a receipt is asked for, eight words are one, mistyped: likeness to danger alone is no alarm there.
    """
    if _asks_receipt(session) and RECEIPT.fullmatch(text.strip()):
        return tuple(kind for kind in KINDS if kind in set(understanding.danger) - set(understanding.unsure))
    found = set(understanding.danger)
    if not found and understanding.intent in BY_INTENT:
        found.add(BY_INTENT[understanding.intent])
    if _interlock_spoken(session):
        found.discard("minor")
    return tuple(kind for kind in KINDS if kind in found)


def as_a_line(session: Session, found: tuple[str, ...]) -> bool:
    """Whether the numbers stand above the answer instead of in its place: for a professional, but at a first threat.

    Where two read together, it may be the person who writes.
    """
    return session.beside is None and session.audience == "professional" and ("threat" not in found or session.warned)


def line(library: Library, at: int, found: tuple[str, ...]) -> Text:
    """The numbers that fit, in one line."""
    fitting = library.helplines_for(at, *(need for kind in found for need in NEEDS[kind]))[:SHORT]
    return say("crisis", "If there is danger now, call: {numbers}.", numbers=tuple(map(short, fitting)))


def short(helpline: Helpline) -> Text:
    """A number and what it is, for a line of several."""
    return say("numbers", "{number} ({name})", number=helpline.number, name=helpline.name)


def _asks_receipt(session: Session) -> bool:
    return (top(session).flow, top(session).step) == ("receipt", "enter")


def _interlock_spoken(session: Session) -> bool:
    """Once in a conversation, and never where a professional has said that it is about a minor."""
    about_minor = any(frame.answer("age") == "minor" for frame in session.stack)
    return session.minor_told or (session.audience == "professional" and about_minor)
