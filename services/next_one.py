"""The next request for somebody: the most urgent one that nobody holds, best in a language that they speak."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, case, cast, false, or_, select

from services import acts, queue
from services.database import Transaction
from services.rights import Member, Refused
from services.tables import Referral
from services.tables_clock import Clock


async def claim_next(
    tx: Transaction, member: Member, speaks: Sequence[str], at: int, wanted: Sequence[ColumnElement[bool]] = ()
) -> str:
    """Claim it, as far as `wanted` says which; of many who ask at once, each gets another one. Its id.

    Urgency comes first, then a language that they speak, then the queue's own order.
    Raises Refused: not_allowed, nothing_waits.
    """
    member.need("work")
    urgency, *rest = queue.order()
    free = select(Referral.id).outerjoin(Clock, Clock.referral_id == Referral.id)
    free = free.where(queue.in_part("waiting"), *wanted).order_by(urgency, case((_in(speaks), 0), else_=1), *rest)
    found = await tx.scalar(free.limit(1).with_for_update(skip_locked=True, of=Referral))
    if found is None:
        raise Refused("nothing_waits")
    await acts.claim(tx, found, member, at)
    return str(found)


def _in(languages: Sequence[str]) -> ColumnElement[bool]:
    """Whether somebody who speaks these can speak with the person."""
    spoken = cast(Referral.languages, String)
    return or_(false(), *(spoken.contains(f'"{code}"', autoescape=True) for code in languages))
