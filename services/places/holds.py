"""Places held for a request: for a limited time, never twice; given back, prolonged, run out, or counted off.

Which places a request holds is sealed under the key file; what needs no key is in services/referrals/holding.py.
"""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from services import audit
from services.database import Database, Transaction
from services.keys import Keys
from services.places import places
from services.places.capacity import TERMS, Capacity, Terms
from services.places.places import Held
from services.referrals import holding, steps
from services.referrals.holding import holding as held_by
from services.rights import Member, Refused
from services.tables.places import PlaceHold

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
    if await holding.standing(tx, referral):
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
    longer = update(PlaceHold).where(held_by(referral)).values(until=at + terms.hold_hours * HOUR_S)
    if (await tx.execute(longer)).rowcount != 1:
        raise Refused("no_hold")
    await audit.record(tx, at, str(by.id), "place_held", referral)


async def let_go(tx: Transaction, by: Member, referral: str, at: int) -> None:
    """Give them back. Raises Refused: not_allowed, no_hold."""
    by.need("places")
    if not await holding.drop(tx, referral):
        raise Refused("no_hold")
    await audit.record(tx, at, str(by.id), "place_let_go", referral)


async def of(tx: Transaction, keys: Keys, referral: str) -> Hold | None:
    """What a request holds."""
    found = await tx.execute(select(PlaceHold.until, PlaceHold.box).where(held_by(referral)))
    row = found.one_or_none()
    if row is None:
        return None
    held = places.open_hold(keys, referral, row.box)
    return Hold(held.persons, row.until, await places.find(tx, keys, held.group))


async def look_after(database: Database, keys: Keys, at: int) -> dict[str, int]:
    """Let holds run out whose time is over, and count off who arrived; how many of each.

    `place_late`: of how many the coordination was told that a place which somebody agreed to is past its time.
    """
    async with database.read() as tx:
        due, untold = await holding.over(tx, at), await holding.untold(tx, at)
        ended = late = 0
    for referral in due:
        async with database.begin() as tx:
            ended += await _run_out(tx, referral, at)
    for referral in set(untold) - set(due):
        async with database.begin() as tx:
            late += await _tell_late(tx, referral, at)
    async with database.begin() as tx:
        return {"run_out": ended, "settled": await settle(tx, keys), "place_late": late}


async def would_look_after(database: Database, at: int) -> dict[str, int]:
    """How many `look_after` would let run out now, count off and tell of."""
    async with database.read() as tx:
        due, untold = await holding.over(tx, at), await holding.untold(tx, at)
        settled = await tx.scalar(select(func.count()).select_from(PlaceHold).where(PlaceHold.until.is_(None)))
    return {"run_out": len(due), "settled": settled or 0, "place_late": len(set(untold) - set(due))}


async def settle(tx: Transaction, keys: Keys) -> int:
    """Count off the places of those who arrived, and forget who went where; how many there were."""
    arrived = select(PlaceHold.referral_id, PlaceHold.box).where(PlaceHold.until.is_(None))
    rows = await tx.execute(arrived.with_for_update(skip_locked=True))
    holds = [(places.open_hold(keys, row.referral_id, row.box), row.referral_id) for row in rows]
    for held, referral in sorted(holds, key=lambda one: (one[0].group, one[1])):  # as in places.confirm
        await places.take(tx, keys, held)
        await tx.execute(delete(PlaceHold).where(PlaceHold.referral_id == referral))
    return len(holds)


async def _run_out(tx: Transaction, referral: str, at: int) -> bool:
    """One whose time is over, once its row is locked, unless it was prolonged meanwhile. Offered, or agreed to a week
    ago: searching again.
    """
    now = await steps.stands(tx, referral)
    if now is None or referral not in await holding.over(tx, at):
        return False
    if now.state in ("place_offered", "agreed"):
        await steps.step(tx, referral, "searching", at, "itself")
    await holding.drop(tx, referral)
    await audit.record(tx, at, "system", "place_run_out", referral)
    return True


async def _tell_late(tx: Transaction, referral: str, at: int) -> bool:
    """Tell the coordination, once its row is locked, unless somebody did, or prolonged it, meanwhile."""
    if await steps.stands(tx, referral) is None or referral not in await holding.untold(tx, at):
        return False
    await audit.record(tx, at, "system", holding.TOLD_LATE, referral)
    return True
