"""How much there is, in numbers alone: what monitoring asks of the database once a minute."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from services import queue
from services.database import Transaction
from services.tables import Referral


@dataclass(frozen=True, slots=True)
class Figures:
    """The queue in numbers: referrals by state and urgency, how many with unread messages, the longest wait.

    `oldest`: by urgency, since when (Unix seconds) the referral waits that nobody holds for the longest time.
    """

    referrals: Mapping[tuple[str, str], int]
    unread: int
    oldest: Mapping[str, int]


async def figures(tx: Transaction) -> Figures:
    """Them all."""
    by_state = select(Referral.state, Referral.urgency, func.count()).group_by(Referral.state, Referral.urgency)
    waiting = queue.in_part("waiting")
    oldest = select(Referral.urgency, func.min(Referral.created_at)).where(waiting).group_by(Referral.urgency)
    return Figures(
        {(row[0], row[1]): row[2] for row in await tx.execute(by_state)},
        (await queue.counts(tx))["unread"],
        {row[0]: row[1] for row in await tx.execute(oldest)},
    )
