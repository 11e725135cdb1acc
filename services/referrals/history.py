"""When each referral came to each of its states, and since when it waits: written with the act, in its transaction."""

from collections.abc import Sequence

from sqlalchemy import func, insert, select, update

from services.database import Transaction
from services.referrals import life
from services.tables.clock import Clock, Step

ANSWERED = "answered"
BEGIN, NOTE = insert(Clock), insert(Step)
DECISIONS: tuple[life.State, ...] = ("declined", "transferred", "passed_on", "place_offered")
"""States that say something to who holds a receipt, as much as a message does."""


async def began(tx: Transaction, referral: str, states: Sequence[life.State], at: int) -> None:
    """It was sent, and came to its first states: its clocks run."""
    await tx.execute(BEGIN, {"referral_id": referral, "begun_at": at, "free_since": at})
    await tx.execute(NOTE, [{"referral_id": referral, "step": state, "at": at} for state in states])


async def stepped(tx: Transaction, referral: str, to: life.State, at: int) -> None:
    """It came to a state."""
    await _note(tx, referral, to, at)
    if to in DECISIONS:
        await _first_word(tx, referral, at)
    told: dict[str, object] = {"free_since": at} if to in life.WAITING else {}
    if to == "reopened":
        told |= {"begun_at": at, "answered_at": None}
    if to == "withdrawn":
        told |= {"wrote_at": None}
    if told:
        await tx.execute(update(Clock).where(Clock.referral_id == referral).values(told))


async def freed(tx: Transaction, referral: str, at: int) -> None:
    """Nobody holds it any more, and its state is as it was."""
    await tx.execute(update(Clock).where(Clock.referral_id == referral).values(free_since=at))


async def heard(tx: Transaction, referral: str, at: int) -> None:
    """A receipt's holder wrote."""
    oldest = func.coalesce(Clock.wrote_at, at)
    await tx.execute(update(Clock).where(Clock.referral_id == referral).values(wrote_at=oldest))


async def answered(tx: Transaction, referral: str, at: int) -> None:
    """The coordination wrote."""
    await _first_word(tx, referral, at)
    await tx.execute(update(Clock).where(Clock.referral_id == referral).values(wrote_at=None))


async def _first_word(tx: Transaction, referral: str, at: int) -> None:
    silent = (Clock.referral_id == referral) & Clock.answered_at.is_(None)
    if (await tx.execute(update(Clock).where(silent).values(answered_at=at))).rowcount:
        await _note(tx, referral, ANSWERED, at)


async def _note(tx: Transaction, referral: str, step: str, at: int) -> None:
    await tx.execute(NOTE, {"referral_id": referral, "step": step, "at": at})


async def of_referral(tx: Transaction, referral: str) -> list[tuple[str, int]]:
    """Its states in the order in which it came to them, with their times."""
    query = select(Step.step, Step.at).where(Step.referral_id == referral).order_by(Step.id)
    return [(row.step, row.at) for row in await tx.execute(query)]
