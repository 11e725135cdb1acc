"""How much there is, in numbers alone: what monitoring asks of the database once a minute."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select

from services.database import Transaction
from services.referrals import clock, queue
from services.referrals.targets import Targets
from services.tables import Referral
from services.tables.clock import Clock


@dataclass(frozen=True, slots=True)
class Figures:
    """The queue in numbers: referrals by state and urgency, how many with unread messages, the longest wait.

    `oldest`: by urgency, since when (Unix seconds) the referral waits that nobody holds for the longest time.
    `late`: by urgency, those that a target has passed for; `unanswered`: those that nobody answered in time.
    """

    referrals: Mapping[tuple[str, str], int]
    unread: int
    oldest: Mapping[str, int]
    late: Mapping[str, int]
    unanswered: int


async def figures(tx: Transaction, targets: Targets, at: int) -> Figures:
    """Them all."""
    by_state = select(Referral.state, Referral.urgency, func.count()).group_by(Referral.state, Referral.urgency)
    return Figures(
        {(row[0], row[1]): row[2] for row in await tx.execute(by_state)},
        await queue.count(tx, exists().where(clock.unread())),
        await _by_urgency(tx, func.min(Clock.free_since), queue.in_part("waiting")),
        await _by_urgency(tx, func.count(), clock.late(targets, at)),
        await queue.count(tx, clock.unanswered(targets, at)),
    )


async def _by_urgency(tx: Transaction, what: ColumnElement[int], which: ColumnElement[bool]) -> dict[str, int]:
    joined = select(Referral.urgency, what).join(Clock, Clock.referral_id == Referral.id)
    return {row[0]: row[1] for row in await tx.execute(joined.where(which).group_by(Referral.urgency))}
