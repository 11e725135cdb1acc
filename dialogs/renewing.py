"""A request that stands open behind its receipt: its state is read anew before each turn, never remembered."""

from dataclasses import replace

from dialogs.events import Standing
from dialogs.session import Session


def open_request(session: Session) -> str | None:
    """The request that a receipt opened in this conversation, or None."""
    frames = (frame for frame in session.stack if frame.flow == "receipt")
    return next((found for frame in frames if (found := frame.answer("referral"))), None)


def answers(standing: Standing) -> dict[str, str]:
    """What the receipt's flow keeps of how a request stands."""
    takes = "yes" if standing.takes else "no"
    return {
        "state": standing.state,
        "reason": standing.reason,
        "alternative": standing.alternative,
        "takes": takes,
    }


def renewed(session: Session, standing: Standing) -> Session:
    """The same conversation, knowing how the request stands now."""
    stack = []
    for frame in session.stack:
        if frame.flow == "receipt" and frame.answer("referral"):
            for name, value in answers(standing).items():
                frame = frame.with_answer(name, value)
        stack.append(frame)
    return replace(session, stack=tuple(stack))
