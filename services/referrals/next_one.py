"""The next request for somebody: the most urgent one that nobody holds, best in a language that they speak."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, case, cast, false, or_, select

from services.database import Transaction
from services.referrals import acts, queue
from services.referrals.targets import URGENCIES
from services.rights import Member, Refused
from services.tables import Referral
from services.tables.clock import Clock


async def claim_next(
    tx: Transaction, member: Member, speaks: Sequence[str], at: int, wanted: Sequence[ColumnElement[bool]] = ()
) -> str:
    """Claim it, as far as `wanted` says which; of many who ask at once, each gets another one. Its id.

    Urgency comes first, then a language that they speak, then the queue's own order.
    Raises Refused: not_allowed, nothing_waits.
    """
    member.need("work")
    _, *rest = queue.order()
    free = select(Referral.id).where(queue.in_part("waiting"), *wanted)
    if wanted:  # a join beside a lock is never left out by the database, which would read every clock
        free = free.outerjoin(Clock, Clock.referral_id == Referral.id)
    free = free.order_by(case((_in(speaks), 0), else_=1), *rest).limit(1).with_for_update(skip_locked=True, of=Referral)
    for urgency in URGENCIES:  # one after the other: what is locked is never put in order beyond what is needed
        if found := await tx.scalar(free.where(Referral.urgency == urgency)):
            await acts.claim(tx, found, member, at)
            return str(found)
    raise Refused("nothing_waits")


def _in(languages: Sequence[str]) -> ColumnElement[bool]:
    """Whether somebody who speaks these can speak with the person."""
    spoken = cast(Referral.languages, String)
    return or_(false(), *(spoken.contains(f'"{code}"', autoescape=True) for code in languages))
