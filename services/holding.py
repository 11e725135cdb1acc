"""What a request holds follows its state, in the same transaction; for this no key is needed."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, exists, select, update

from services.database import Transaction
from services.life import State
from services.rights import Refused
from services.tables import Referral
from services.tables_places import PlaceHold


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
    """The requests whose time for a place is over, by id. Where the person agreed, it never is by itself."""
    ended = select(PlaceHold.referral_id).join(Referral, Referral.id == PlaceHold.referral_id)
    ended = ended.where(PlaceHold.until <= at, Referral.state != "agreed")
    return list(await tx.scalars(ended.order_by(PlaceHold.referral_id)))


def holding(referral: str) -> ColumnElement[bool]:
    """The hold of a request, unless the person has arrived."""
    return (PlaceHold.referral_id == referral) & PlaceHold.until.is_not(None)
