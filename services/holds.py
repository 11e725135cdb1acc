"""Places held for a request: for a limited time, never twice; let go, taken by who arrives, or run out by themselves.

Which places a request holds is sealed under the key file: the person's own receipt and a withdrawal need not know it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, insert, select, update

from services import audit, places
from services.capacity import TERMS, Capacity, Terms
from services.database import Transaction
from services.keys import Keys
from services.places import Held
from services.rights import Member, Refused
from services.tables_places import PlaceHold

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Hold:
    """What is held for a request until `until` (Unix seconds). `capacity`: None once it has left the board."""

    persons: int
    until: int
    capacity: Capacity | None


async def place(
    tx: Transaction, keys: Keys, by: Member, referral: str, held: Held, at: int, terms: Terms = TERMS
) -> None:
    """Hold places for a request that its caller has locked. Of many who try at once, no place is given twice.

    Raises Refused: not_allowed, missing, held_already, no_room (fewer are free).
    """
    by.need("places")
    if await standing(tx, referral):
        raise Refused("held_already")
    capacity = await places.lock(tx, keys, held.group)
    if not 0 < held.persons <= capacity.left:
        raise Refused("no_room")
    box, until = places.seal_hold(keys, referral, held), at + terms.hold_hours * HOUR_S
    await tx.execute(insert(PlaceHold).values(referral_id=referral, until=until, box=box))
    await audit.record(tx, at, str(by.id), "place_held", referral)


async def prolong(tx: Transaction, by: Member, referral: str, at: int, terms: Terms = TERMS) -> None:
    """Hold them for the whole time once more, from now. Raises Refused: not_allowed, no_hold."""
    by.need("places")
    longer = update(PlaceHold).where(_holding(referral)).values(until=at + terms.hold_hours * HOUR_S)
    if (await tx.execute(longer)).rowcount != 1:
        raise Refused("no_hold")
    await audit.record(tx, at, str(by.id), "place_held", referral)


async def let_go(tx: Transaction, by: Member, referral: str, at: int) -> None:
    """Give them back. Raises Refused: not_allowed, no_hold."""
    by.need("places")
    if not await drop(tx, referral):
        raise Refused("no_hold")
    await audit.record(tx, at, str(by.id), "place_let_go", referral)


async def of(tx: Transaction, keys: Keys, referral: str) -> Hold | None:
    """What a request holds."""
    found = await tx.execute(select(PlaceHold.until, PlaceHold.box).where(_holding(referral)))
    row = found.one_or_none()
    if row is None:
        return None
    held = places.open_hold(keys, referral, row.box)
    return Hold(held.persons, row.until, await places.find(tx, keys, held.group))


async def standing(tx: Transaction, referral: str) -> bool:
    """Whether a request holds places: until it gives them back, also where the time is over and `run_out` will tell."""
    return bool((await tx.execute(select(exists().where(_holding(referral))))).scalar_one())


async def drop(tx: Transaction, referral: str) -> bool:
    """Give back what a request holds; whether it held anything. What was taken by an arrival stays taken."""
    return bool((await tx.execute(delete(PlaceHold).where(_holding(referral)))).rowcount)


async def arrive(tx: Transaction, referral: str) -> None:
    """The person is there: what was held is taken, until `settle` counts it off. Raises Refused: no_hold."""
    if (await tx.execute(update(PlaceHold).where(_holding(referral)).values(until=None))).rowcount != 1:
        raise Refused("no_hold")


async def settle(tx: Transaction, keys: Keys) -> int:
    """Count off the places of those who arrived, and forget who went where; how many there were."""
    arrived = select(PlaceHold.referral_id, PlaceHold.box).where(PlaceHold.until.is_(None))
    rows = await tx.execute(arrived.with_for_update(skip_locked=True))
    holds = [(places.open_hold(keys, row.referral_id, row.box), row.referral_id) for row in rows]
    for held, referral in sorted(holds, key=lambda one: (one[0].group, one[1])):  # as in places.confirm
        await places.take(tx, keys, held)
        await tx.execute(delete(PlaceHold).where(PlaceHold.referral_id == referral))
    return len(holds)


async def run_out(tx: Transaction, at: int) -> Sequence[str]:
    """The requests whose time for a place is over, by id."""
    ended = select(PlaceHold.referral_id).where(PlaceHold.until <= at).order_by(PlaceHold.referral_id)
    return list(await tx.scalars(ended))


def _holding(referral: str) -> ColumnElement[bool]:
    return (PlaceHold.referral_id == referral) & PlaceHold.until.is_not(None)
