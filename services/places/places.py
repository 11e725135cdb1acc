"""The capacity board in the database: what each partner can offer, sealed under the key file, counted and confirmed.

A stolen database tells how many groups each numbered partner has, and nothing of what they are (docs/places.md).
"""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from dialogs.library import day_of
from services import audit
from services.database import Transaction
from services.keys import Keys
from services.places import partners
from services.places.capacity import MOST, Capacity, Details, Terms, faults, is_day, unsure
from services.rights import Member, Refused
from services.sealing import Box, bound
from services.tables.places import PlaceGroup, PlaceHold


@dataclass(frozen=True, slots=True)
class Held:
    """What a hold's box tells: which places, and how many of them."""

    group: int
    persons: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The network's capacity in figures. `free`: confirmed lately enough, not held; `faded`: of these, no longer sure.

    `unsure`: groups of places that nobody has confirmed, or not for too long.
    """

    total: int = 0
    free: int = 0
    held: int = 0
    faded: int = 0
    unsure: int = 0


async def board(tx: Transaction, keys: Keys, partner: int | None = None) -> list[Capacity]:
    """All groups of places, or one partner's, by partner and number."""
    wanted = select(PlaceGroup.__table__).order_by(PlaceGroup.partner_id, PlaceGroup.id)
    if partner is not None:
        wanted = wanted.where(PlaceGroup.partner_id == partner)
    held = await held_by_group(tx, keys)
    return [_capacity(row, keys, held) for row in await tx.execute(wanted)]


async def one(tx: Transaction, keys: Keys, group: int) -> Capacity:
    """One group of places. Raises Refused: missing."""
    found = await find(tx, keys, group)
    if found is None:
        raise Refused("missing")
    return found


async def find(tx: Transaction, keys: Keys, group: int) -> Capacity | None:
    """One group of places; None where there is none."""
    row = (await tx.execute(select(PlaceGroup.__table__).where(PlaceGroup.id == group))).one_or_none()
    return _capacity(row, keys, await held_by_group(tx, keys)) if row is not None else None


async def lock(tx: Transaction, keys: Keys, group: int) -> Capacity:
    """One group, kept to this transaction: nobody else holds one of its places, or counts them, meanwhile.

    Raises Refused: missing.
    """
    await tx.execute(select(PlaceGroup.id).where(PlaceGroup.id == group).with_for_update())
    return await one(tx, keys, group)


def totals(capacities: Iterable[Capacity], at: int, terms: Terms) -> Totals:
    """The board in figures, for those who see no single place."""
    today, found = day_of(at), Totals()
    for one in capacities:
        standing = one.standing(today, terms)
        sure = standing in ("fresh", "faded")
        found = Totals(
            found.total + one.details.total,
            found.free + (one.left if sure else 0),
            found.held + one.held,
            found.faded + (one.left if standing == "faded" else 0),
            found.unsure + (not sure),
        )
    return found


async def add(tx: Transaction, keys: Keys, by: Member, partner: int, details: Details, at: int, known: str = "") -> int:
    """A new group of places, none free, unconfirmed; its number. Raises Refused: not_allowed, missing, bad_places."""
    by.need("places")
    _check(details)
    if not await partners.there(tx, partner):
        raise Refused("missing")
    row = {"partner_id": partner, "revision": 0, "box": b""}
    number = int((await tx.execute(insert(PlaceGroup).values(row).returning(PlaceGroup.id))).scalar_one())
    await _write(tx, keys, Capacity(number, partner, details, known=known))
    await audit.record(tx, at, str(by.id), "places_added", detail=f"places:{number}")
    return number


async def change(tx: Transaction, keys: Keys, by: Member, group: int, details: Details, revision: int, at: int) -> None:
    """Say anew what they are like; how many are free stays, and whether it was confirmed.

    Raises Refused: not_allowed, missing, changed (somebody else did meanwhile), bad_places.
    """
    by.need("places")
    _check(details)
    now = await _same(tx, keys, group, revision)
    await _write(tx, keys, replace(now, details=details))
    await audit.record(tx, at, str(by.id), "places_changed", detail=f"places:{group}")


async def count(tx: Transaction, keys: Keys, by: Member, group: int, step: int, at: int) -> None:
    """One more is free, or one less (`step`: 1 or -1); that confirms the rest. Not under 0, not more than there are.

    Raises Refused: missing (also another partner's), not_possible, places_unsure.
    """
    now = await _mine(tx, keys, by, group)
    if abs(step) != 1 or not 0 <= now.free + step <= (now.details.total or MOST):
        raise Refused("not_possible")
    await _confirmed(tx, keys, replace(now, free=now.free + step), at)
    await audit.record(tx, at, str(by.id), "places_counted", detail=f"places:{group}")


async def free_from(tx: Transaction, keys: Keys, by: Member, group: int, day: str, at: int) -> None:
    """From which day (YYYY-MM-DD; "": now) they are free; confirms the rest. Raises Refused: as `count`, bad_places."""
    now = await _mine(tx, keys, by, group)
    if day and not is_day(day):
        raise Refused("bad_places")
    await _confirmed(tx, keys, replace(now, details=replace(now.details, free_from=day)), at)
    await audit.record(tx, at, str(by.id), "places_counted", detail=f"places:{group}")


async def confirm(tx: Transaction, keys: Keys, by: Member, groups: Sequence[int], at: int) -> None:
    """Nothing changed: the figures are right today. Raises Refused: missing (also another partner's), places_unsure."""
    mine = [await _mine(tx, keys, by, group) for group in sorted(groups)]  # in this order: nobody waits for each other
    for one in mine:
        await _confirmed(tx, keys, one, at)
    for one in mine:
        await audit.record(tx, at, str(by.id), "places_confirmed", detail=f"places:{one.id}")


async def retire(tx: Transaction, keys: Keys, by: Member, group: int, revision: int, at: int) -> None:
    """Take a group off the board. Raises Refused: not_allowed, missing, changed, not_possible (some are held)."""
    by.need("places")
    if (await _same(tx, keys, group, revision)).held:
        raise Refused("not_possible")
    await tx.execute(delete(PlaceGroup).where(PlaceGroup.id == group))
    await audit.record(tx, at, str(by.id), "places_retired", detail=f"places:{group}")


async def take(tx: Transaction, keys: Keys, held: Held) -> None:
    """Somebody arrived: so many fewer are free. Nothing is done where the group is on the board no more."""
    await tx.execute(select(PlaceGroup.id).where(PlaceGroup.id == held.group).with_for_update())
    now = await find(tx, keys, held.group)
    if now is not None:
        await _write(tx, keys, replace(now, free=max(0, now.free - held.persons)))


async def holders(tx: Transaction, keys: Keys) -> Mapping[int, list[str]]:
    """The requests that hold places of each group, for who must call about them."""
    found: dict[int, list[str]] = {}
    for row in await tx.execute(select(PlaceHold.referral_id, PlaceHold.box).order_by(PlaceHold.until)):
        found.setdefault(open_hold(keys, row.referral_id, row.box).group, []).append(row.referral_id)
    return found


async def held_by_group(tx: Transaction, keys: Keys) -> Mapping[int, int]:
    """How many places of each group are held, or taken by who arrived; what has run out counts until it is dropped."""
    found: Counter[int] = Counter()
    for row in await tx.execute(select(PlaceHold.referral_id, PlaceHold.box)):
        held = open_hold(keys, row.referral_id, row.box)
        found[held.group] += held.persons
    return found


def seal_hold(keys: Keys, referral: str, held: Held) -> bytes:
    """A hold's box, good for this referral alone."""
    return box(keys).seal(json.dumps(dataclasses.asdict(held)).encode(), bound("place hold", referral))


def open_hold(keys: Keys, referral: str, sealed: bytes) -> Held:
    """What a hold's box tells. Raises Unreadable."""
    return Held(**json.loads(box(keys).open(sealed, bound("place hold", referral))))


def box(keys: Keys) -> Box:
    """What all that is told of places is sealed with: whoever has the key file, and so our process, opens it."""
    return Box(keys.purpose("places"))


def _check(details: Details) -> None:
    if faults(details, dict.fromkeys(details.departments, "")):
        raise Refused("bad_places")


async def _mine(tx: Transaction, keys: Keys, by: Member, group: int) -> Capacity:
    """A group, locked, that this member may count: the coordination all, a partner its own."""
    now = await lock(tx, keys, group)
    if not by.may("places"):
        by.need("own_places")
        if await partners.of(tx, by) != now.partner:
            raise Refused("missing")
    return now


async def _same(tx: Transaction, keys: Keys, group: int, revision: int) -> Capacity:
    now = await lock(tx, keys, group)
    if now.revision != revision:
        raise Refused("changed")
    return now


async def _confirmed(tx: Transaction, keys: Keys, now: Capacity, at: int) -> None:
    if unsure(now.details):
        raise Refused("places_unsure")
    await _write(tx, keys, replace(now, confirmed_on=day_of(at).isoformat()))


async def _write(tx: Transaction, keys: Keys, now: Capacity) -> None:
    told = {name: getattr(now, name) for name in ("free", "confirmed_on", "known")}
    words = json.dumps(told | {"details": dataclasses.asdict(now.details)}).encode()
    values = {"box": box(keys).seal(words, _bound(now.id, now.partner)), "revision": now.revision + 1}
    await tx.execute(update(PlaceGroup).where(PlaceGroup.id == now.id).values(values))


def _capacity(row: Row[Any], keys: Keys, held: Mapping[int, int]) -> Capacity:
    told: dict[str, Any] = json.loads(box(keys).open(row.box, _bound(row.id, row.partner_id)))
    details: dict[str, Any] = told.pop("details")
    lists: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in details.items()}
    return Capacity(row.id, row.partner_id, Details(**lists), held=held.get(row.id, 0), revision=row.revision, **told)


def _bound(group: int, partner: int) -> bytes:
    return bound("place group", group, partner)
