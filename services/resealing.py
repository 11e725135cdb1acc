"""Sealing anew: a new key pair for the coordination, and every box that still matters moved to it, in small steps.

Wherever it stops, what was sealed opens for whoever has access: their ring holds both keys until the last box is moved.
The old private key is then held by nobody. `reseal` goes on where it stopped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, func, insert, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute

from services import audit
from services.database import Database, Transaction
from services.people import access, console_sessions, recovery
from services.rights import MAY, Opened, Refused
from services.sealing import Unreadable, key_pair, keys_of, moved, new_key_pair
from services.tables import (
    CoordinationKey,
    Coordinator,
    CoordinatorGrant,
    IssuedCode,
    MessageCopy,
    SealedKey,
)
from services.tables.api import ApiToken
from services.tables.life import Note, SafeWord
from services.tables.places import Partner
from services.tables.training import SignUpKey

STEP = 200  # boxes in one transaction: a tenth of a second

# Every column that is sealed to the coordination; beside each, `coordination_key_id` says to which of its keys.
BOXES: tuple[InstrumentedAttribute[bytes], ...] = (
    SealedKey.box,
    MessageCopy.box,
    SignUpKey.box,
    IssuedCode.name_box,
    ApiToken.name_box,
    Partner.label_box,
    Note.box,
    SafeWord.box,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands: the number of the newest key, whether older ones are still in use, and for how many boxes."""

    key: int
    made_at: int
    left_at: int | None
    under_way: bool = False
    left: int = 0


async def standing(tx: Transaction) -> Standing | None:
    """How it stands; None before there is a key. `left_at`: when somebody who held the newest key was taken out."""
    columns = select(CoordinationKey.id, CoordinationKey.created_at, CoordinationKey.left_at)
    newest = (await tx.execute(columns.order_by(CoordinationKey.id.desc()).limit(1))).one_or_none()
    if newest is None:
        return None
    under_way = bool(await _older(tx, newest.id))
    left = sum([await _left(tx, box, newest.id) for box in BOXES]) if under_way else 0
    return Standing(newest.id, newest.created_at, newest.left_at, under_way, left)


async def begin(tx: Transaction, opened: Opened, at: int) -> None:
    """A new key pair, given to everybody who has access now and to the recovery key; everybody's session is locked.

    Where one is under way already, nothing is begun. Raises Refused: not_allowed, no_access.
    """
    opened.member.need("keys")
    await audit.hold(tx)  # one at a time
    key = await access.current_key(tx)
    if key is None or opened.private_key is None:
        raise Refused("no_access")
    if await _older(tx, key.id):
        return
    access.fits(opened.private_key, key)
    pair = new_key_pair()
    row = {"public_key": pair.public, "created_at": at}
    new = (await tx.execute(insert(CoordinationKey).values(row).returning(CoordinationKey.id))).scalar_one()
    for receiver in await _receivers(tx, key.id):
        await access.give(tx, receiver.id, receiver.public_key, new, pair.private, opened.member.id, at)
    await recovery.give(tx, new, pair.private)
    await console_sessions.lock_all(tx)
    await audit.record(tx, at, str(opened.member.id), "reseal_begun")


async def step(tx: Transaction, private_key: bytes) -> int:
    """Move at most 200 boxes to the newest key; how many were moved. `private_key`: a ring with the older keys.

    A box that its key does not open (spoilt, or sealed wrongly by another program) opens for nobody: it stays as it is.
    Raises Refused: no_access (the ring lacks one of the keys).
    """
    new = await access.current_key(tx)
    if new is None:
        return 0
    await _holds_all(tx, private_key, new.id)
    for box in BOXES:
        rows = list(await tx.execute(_waiting(box, new.id).limit(STEP).with_for_update()))
        for row in rows:
            await _move(tx, box, row, _moved(private_key, row[-1], new.public_key), new.id)
        if rows:
            return len(rows)
    return 0


async def finish(tx: Transaction, by: int, at: int) -> bool:
    """Give up the older keys, once nothing is sealed to them; False while something is, or is being written.

    Whoever seals holds their key's row until they commit (services/referrals/referrals.py:coordination).
    """
    await audit.hold(tx)
    new = await access.current_key(tx)
    older = [] if new is None else await _older(tx, new.id)
    rows = select(CoordinationKey.id).where(CoordinationKey.id.in_(older)).with_for_update(skip_locked=True)
    free = set(await tx.scalars(rows))
    if new is None or free != set(older) or any([await _left(tx, box, new.id) for box in BOXES]):
        return False
    await tx.execute(delete(CoordinatorGrant).where(CoordinatorGrant.coordination_key_id.in_(older)))
    await recovery.forget(tx, older)
    if older:
        await audit.record(tx, at, str(by), "resealed")
    return True


async def reseal(database: Database, opened: Opened, at: int, steps: int | None = None) -> bool:
    """All of it, or at most so many `steps`; whether it is done. Raises Refused as `begin`."""
    async with database.begin() as tx:
        await begin(tx, opened, at)
    while steps is None or steps > 0:
        async with database.begin() as tx:
            if not await step(tx, opened.private_key or b""):
                return await finish(tx, opened.member.id, at)
        steps = None if steps is None else steps - 1
    return False


def covered() -> Iterator[Table]:
    """The tables whose boxes are moved."""
    return (_table(box) for box in BOXES)


async def _older(tx: Transaction, newest: int) -> list[int]:
    """The older keys that somebody still holds."""
    held = select(CoordinatorGrant.coordination_key_id).where(CoordinatorGrant.coordination_key_id < newest)
    return sorted(await tx.scalars(held.distinct()))


async def _holds_all(tx: Transaction, private_key: bytes, newest: int) -> None:
    older = CoordinationKey.id.in_(await _older(tx, newest))
    ring = {key_pair(private).public for private in keys_of(private_key)}
    if not set(await tx.scalars(select(CoordinationKey.public_key).where(older))) <= ring:
        raise Refused("no_access")


def _moved(private_key: bytes, box: bytes, public: bytes) -> bytes:
    try:
        return moved(private_key, box, public)
    except Unreadable:
        return box


async def _receivers(tx: Transaction, key: int) -> list[Row[int, bytes, str]]:
    """Everybody who has access, with their own public keys."""
    query = (
        select(Coordinator.id, Coordinator.public_key, Coordinator.role)
        .join(CoordinatorGrant, CoordinatorGrant.coordinator_id == Coordinator.id)
        .where(Coordinator.active, CoordinatorGrant.coordination_key_id == key)
    )
    return [row for row in await tx.execute(query) if "open" in MAY[row.role]]


def _table(box: InstrumentedAttribute[bytes]) -> Table:
    table = box.class_.__table__
    assert isinstance(table, Table)  # noqa: S101 - a mapped class of ours has one
    return table


def _elsewhere(box: InstrumentedAttribute[bytes], key: int) -> ColumnElement[bool]:
    """What is sealed to another key; a row sealed to nobody of the coordination has no number there."""
    return _table(box).c.coordination_key_id != key


def _waiting(box: InstrumentedAttribute[bytes], key: int) -> Any:
    table = _table(box)
    return select(*table.primary_key, table.c[box.key]).where(_elsewhere(box, key)).order_by(*table.primary_key)


async def _left(tx: Transaction, box: InstrumentedAttribute[bytes], key: int) -> int:
    return await tx.scalar(select(func.count()).select_from(_table(box)).where(_elsewhere(box, key))) or 0


async def _move(tx: Transaction, box: InstrumentedAttribute[bytes], row: Row[Any], words: bytes, key: int) -> None:
    table = _table(box)
    here = tuple_(*table.primary_key) == tuple_(*row[:-1])
    await tx.execute(update(table).where(here).values({box.key: words, "coordination_key_id": key}))
