"""How acts are chained: each record's hash is over the one before it.

In PostgreSQL the server does it, at the commit (services/tables/audit.py), so that the chain's end, where all who act
pass one after the other, is locked while the commit is written and not a trip longer. In SQLite, which has one writer
at a time, it is done at once.
"""

import hashlib
import secrets
from typing import TypeAlias

from sqlalchemy import bindparam, func, insert, select, text, update

from services.database import Transaction
from services.sealing import bound
from services.tables.audit import AuditHead, AuditRecord

Act: TypeAlias = tuple[int, str, str, str | None, str]  # at, actor, action, referral's id, detail

START = bytes(32)
NAMES = ("at", "actor", "action", "referral_id", "detail")
CHANNEL = "passerelle_queue"
ADD = insert(AuditRecord)
ADD_AND_TELL = ADD.returning(func.pg_notify(CHANNEL, ""))
END = select(AuditHead.last_id, AuditHead.hash).where(AuditHead.id == 1)
BEGIN = insert(AuditHead).values(id=1, last_id=0, hash=START)
MOVE = update(AuditHead).where(AuditHead.id == 1).values(last_id=bindparam("last"), hash=bindparam("digest"))
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7272002)")


async def add(tx: Transaction, act: Act, *, told: bool) -> None:
    """Write an act down; several of one transaction follow each other. It has its number and its hash by the commit.

    `told`: PostgreSQL tells at the commit whoever listens (services/changes.py).
    """
    row = dict(zip(NAMES, act, strict=True))
    if tx.dialect.name == "postgresql":
        unchained = {"id": -1 - secrets.randbits(62), "previous_hash": b"", "hash": b""}
        await tx.execute(ADD_AND_TELL if told else ADD, row | unchained)
        return
    found = await end(tx)
    if found is None:
        await tx.execute(BEGIN)
    last, previous = found or (0, START)
    hashed = digest(previous, (last + 1, *act))
    await tx.execute(ADD, row | {"id": last + 1, "previous_hash": previous, "hash": hashed})
    await tx.execute(MOVE, {"last": last + 1, "digest": hashed})


async def hold(tx: Transaction) -> None:
    """Keep all others who hold waiting until the commit. Who only writes acts down passes."""
    if tx.dialect.name == "postgresql":
        await tx.execute(ONE_AT_A_TIME)


async def end(tx: Transaction) -> tuple[int, bytes] | None:
    """Where the chain ends: the last record's number and hash; None before the first."""
    head = (await tx.execute(END)).one_or_none()
    return (int(head.last_id), bytes(head.hash)) if head else None


def digest(previous: bytes, values: tuple[object, ...]) -> bytes:
    """The hash of a record: over the hash before it, its number and the act."""
    return hashlib.sha256(_told(previous, values)).digest()


def fits(found: bytes, previous: bytes, values: tuple[object, ...]) -> bool:
    """Whether a record has the hash that it must have. Before PostgreSQL did the chaining, the hash was BLAKE2b."""
    told = _told(previous, values)
    return found in (hashlib.sha256(told).digest(), hashlib.blake2b(told, digest_size=32).digest())


def _told(previous: bytes, values: tuple[object, ...]) -> bytes:
    return bound(previous, *("-" if value is None else f"={value}" for value in values))
