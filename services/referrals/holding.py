"""What a request holds follows its state, in the same transaction; for this no key is needed."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, exists, or_, select, update

from services.database import Transaction
from services.referrals.life import State
from services.rights import Refused
from services.tables import Referral
from services.tables.audit import AuditRecord
from services.tables.places import PlaceHold

AGREED_S = 7 * 24 * 3600
"""How long a place stays kept after its time for somebody who agreed to it: they may be on their way. When the time is
over the coordination is told, and has so long to say how it goes on."""
TOLD_LATE = "place_late"


async def follow(tx: Transaction, referral: str, to: State) -> None:
    """A request comes to state `to`: offered needs a hold, agreed keeps it, an arrival takes it, else it is given back.

    Raises Refused: no_hold.
    """
    match to:
        case "place_offered":
            if not await standing(tx, referral):
                raise Refused("no_hold")
        case "agreed":
            pass
        case "arrived":
            await tx.execute(update(PlaceHold).where(holding(referral)).values(until=None))
        case _:
            await drop(tx, referral)


async def standing(tx: Transaction, referral: str) -> bool:
    """Whether a request holds places: until it gives them back, also where their time is over and nobody looked yet."""
    return bool((await tx.execute(select(exists().where(holding(referral))))).scalar_one())


async def drop(tx: Transaction, referral: str) -> bool:
    """Give back what a request holds; whether it held anything. What was taken by an arrival stays taken."""
    return bool((await tx.execute(delete(PlaceHold).where(holding(referral)))).rowcount)


async def over(tx: Transaction, at: int) -> Sequence[str]:
    """The requests whose time for a place is over, by id. Where the person agreed, only a week after that."""
    ended = select(PlaceHold.referral_id).join(Referral, Referral.id == PlaceHold.referral_id)
    ended = ended.where(PlaceHold.until <= at, or_(Referral.state != "agreed", PlaceHold.until <= at - AGREED_S))
    return list(await tx.scalars(ended.order_by(PlaceHold.referral_id)))


async def untold(tx: Transaction, at: int) -> Sequence[str]:
    """The requests whose person agreed to a place, whose time is over, and of which nobody was told that, by id."""
    told = exists().where(
        AuditRecord.referral_id == PlaceHold.referral_id,
        AuditRecord.action == TOLD_LATE,
        AuditRecord.at >= PlaceHold.until,
    )
    late = select(PlaceHold.referral_id).join(Referral, Referral.id == PlaceHold.referral_id)
    late = late.where(PlaceHold.until <= at, Referral.state == "agreed", ~told)
    return list(await tx.scalars(late.order_by(PlaceHold.referral_id)))


async def past(tx: Transaction, at: int) -> frozenset[str]:
    """The ids of `overdue`."""
    return frozenset(await tx.scalars(select(PlaceHold.referral_id).where(PlaceHold.until <= at)))


def overdue(at: int) -> ColumnElement[bool]:
    """Of referrals, those whose time for a place is over."""
    return exists().where(PlaceHold.referral_id == Referral.id, PlaceHold.until <= at)


def holding(referral: str) -> ColumnElement[bool]:
    """The hold of a request, unless the person has arrived."""
    return (PlaceHold.referral_id == referral) & PlaceHold.until.is_not(None)
