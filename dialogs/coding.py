"""A professional code in a conversation: what is said when one is typed, and what it opens while it is in force.

The session remembers the code's number in the database, never the code; the host looks before each turn whether it is
still in force (services/tools/organisations.py).
"""

from dataclasses import replace

from dialogs.events import WAIT_MINUTES, CodeSeen
from dialogs.session import Session
from dialogs.text import Text, say

RIGHT = say("code", "The code is right. A finding now also says what one answer would change.")
FOR_PROFESSIONALS = say("code", "You see it once you have said that you are a professional.")
NOT_RIGHT: dict[str, Text] = {
    "mistyped": say("code", "One number of the code is not right. Look again, and write the whole code once more."),
    "unknown": say("code", "This code opens nothing: it is unknown, revoked or too old. The coordination can tell."),
    "wait": say(
        "code", "There were too many wrong tries. Please wait {minutes} minutes, then try again.", minutes=WAIT_MINUTES
    ),
}
CLOSED = say("code", "This is shown with a professional code that is in force.")
OVER = say("code", "Your code is no longer valid, so its parts are closed. Nothing else was lost.")


def told(session: Session, seen: CodeSeen) -> tuple[Text, ...]:
    """What is said about a code that was typed."""
    if seen.outcome != "open":
        return (NOT_RIGHT[seen.outcome],)
    return (RIGHT,) if session.audience == "professional" else (RIGHT, FOR_PROFESSIONALS)


def shown(session: Session, seen: CodeSeen) -> Session:
    """The conversation after a code was typed; a wrong one takes away nothing."""
    return replace(session, code=seen.number) if seen.outcome == "open" else session


def ended(session: Session) -> Session:
    """The conversation when its code was revoked or has expired: it is said with the next turn."""
    return replace(session, code=None, code_over=True)


def opens(session: Session) -> bool:
    """Whether the parts behind a code are open: to professionals only."""
    return session.audience == "professional" and session.code is not None
