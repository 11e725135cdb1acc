"""The agenda for a conversation: read where a screen shows it, and the address of a calendar file completed."""

from dataclasses import replace

from bot.messages import Channel
from dialogs.library import Library
from dialogs.renewing import open_sign_up, sign_up_renewed
from dialogs.screen import Screen
from dialogs.session import Session
from dialogs.stack import top
from services.database import Transaction
from services.trainings import sign_ups, trainings

FLOWS = ("agenda", "sign_up", "signed_up")
OWN = "/agenda/"  # what begins so is an address on our own site


def missing(library: Library, session: Session) -> bool:
    """Whether the present screen shows the agenda, and nobody has looked yet."""
    return library.agenda is None and bool(session.stack) and top(session).flow in FLOWS


async def known(tx: Transaction, library: Library, session: Session, at: int) -> Library:
    """The library with the agenda, where the present screen shows it.

    Who signs up keeps the training to this transaction, so that what is said of a seat is what is then done.
    """
    if not missing(library, session):
        return library
    frame = top(session)
    if frame.flow == "sign_up":
        await trainings.lock(tx, frame.answer("training") or "")
    return replace(library, agenda=await trainings.known(tx, at))


async def renewed(tx: Transaction, session: Session) -> Session:
    """An opened sign-up may have changed since: it is never taken for what it was."""
    name = open_sign_up(session)
    return session if name is None else sign_up_renewed(session, await sign_ups.standing(tx, name))


def reachable(screen: Screen, channel: Channel, public: str) -> Screen:
    """The screen with our own addresses as the channel needs them; left out where nobody could open them.

    `public`: the address that people type, without a slash at its end; "" where it is not set.
    """
    ours = [choice for choice in screen.choices if choice.url is not None and choice.url.startswith(OWN)]
    if not ours or channel == "web":
        return screen
    completed = {choice.id: replace(choice, url=f"{public}{choice.url}") for choice in ours} if public else {}
    kept = (completed.get(choice.id, choice) for choice in screen.choices if choice not in ours or completed)
    return replace(screen, choices=tuple(kept))
