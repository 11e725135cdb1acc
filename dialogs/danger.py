"""Which kinds of danger a text speaks of, now and here. Decided before any step (design §3)."""

from dialogs.session import Session
from dialogs.understanding import Understanding

KINDS = ("threat", "medical", "suicide", "minor")
BY_INTENT = {"report_danger": "threat", "report_suicidal": "suicide", "report_minor": "minor"}


def kinds(session: Session, understanding: Understanding) -> tuple[str, ...]:
    """The kinds to act on, gravest first: what the danger layer found, or else a safety intent, however unsure."""
    found = set(understanding.danger)
    if not found and understanding.intent in BY_INTENT:
        found.add(BY_INTENT[understanding.intent])
    if _interlock_spoken(session):
        found.discard("minor")
    return tuple(kind for kind in KINDS if kind in found)


def _interlock_spoken(session: Session) -> bool:
    """Once in a conversation, and never where a professional has said that it is about a minor."""
    about_minor = any(frame.answer("age") in ("minor", "yes") for frame in session.stack)
    return session.minor_told or (session.audience == "professional" and about_minor)
