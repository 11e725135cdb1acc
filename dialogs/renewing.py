"""What stands open behind its receipt, a request or a sign-up: its state is read anew before each turn."""

from dataclasses import replace

from dialogs import agenda
from dialogs.events import Holder, Standing
from dialogs.session import Frame, Session


def open_request(session: Session) -> str | None:
    """The request that a receipt opened in this conversation, or None."""
    frames = (frame for frame in session.stack if frame.flow == "receipt")
    return next((found for frame in frames if (found := frame.answer("referral"))), None)


def open_receipt(session: Session) -> tuple[str, Holder] | None:
    """That request and whose receipt opened it, or None."""
    request = open_request(session)
    if request is None:
        return None
    held = any(frame.flow == "receipt" and frame.answer("holder") == "professional" for frame in session.stack)
    return request, "professional" if held else "person"


def opened_with(session: Session) -> tuple[str, int]:
    """Who holds the receipt that opened the request, and which one it was; 0 where none was typed here."""
    frames = [frame for frame in session.stack if frame.flow == "receipt" and frame.answer("referral")]
    held = next((frame for frame in frames if frame.answer("number")), None)
    return (held.answer("holder") or "", int(held.answer("number") or 0)) if held else ("", 0)


def shut(session: Session) -> Session:
    """The same conversation, where the receipt that opened a request has died: it is asked for again."""
    return replace(session, stack=tuple(Frame("receipt", "enter") if f.flow == "receipt" else f for f in session.stack))


def answers(standing: Standing) -> dict[str, str]:
    """What the receipt's flow keeps of how a request stands."""
    takes = "yes" if standing.takes else "no"
    return {
        "state": standing.state,
        "reason": standing.reason,
        "alternative": standing.alternative,
        "takes": takes,
        "unshown": standing.unshown,
        "look_on": standing.look_on,
        "without": ",".join(standing.without),
        "until": standing.until,
        "speaks": ",".join(standing.speaks),
        "ping": "waiting" if standing.ping else "",
    }


def open_sign_up(session: Session) -> str | None:
    """The sign-up that a receipt opened in this conversation, or None."""
    frames = (frame for frame in session.stack if frame.flow == "signed_up")
    return next((found for frame in frames if (found := frame.answer("sign_up"))), None)


def of_sign_up(standing: agenda.Standing) -> dict[str, str]:
    """What its flow keeps of how a sign-up stands."""
    return {
        "sign_up": standing.sign_up,
        "training": standing.training,
        "state": standing.state,
        "position": str(standing.position),
        "changed": "yes" if standing.changed else "no",
    }


def sign_up_renewed(session: Session, standing: agenda.Standing) -> Session:
    """The same conversation, knowing how the sign-up stands now."""
    return _with(session, "signed_up", "sign_up", of_sign_up(standing))


def renewed(session: Session, standing: Standing) -> Session:
    """The same conversation, knowing how the request stands now."""
    return _with(session, "receipt", "referral", answers(standing))


def _with(session: Session, flow: str, opened: str, known: dict[str, str]) -> Session:
    """With these answers in the frames of a flow that has opened something."""
    stack = []
    for frame in session.stack:
        if frame.flow == flow and frame.answer(opened):
            for name, value in known.items():
                frame = frame.with_answer(name, value)
        stack.append(frame)
    return replace(session, stack=tuple(stack))
