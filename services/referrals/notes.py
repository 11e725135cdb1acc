"""The coordination's notes on a referral: sealed to the coordination alone, in the order of writing."""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import insert, select

from services.database import Transaction
from services.referrals.referrals import Coordination
from services.sealing import bound, open_sealed, seal_to
from services.tables import Coordinator
from services.tables.life import Note

ID_SIZE = 8


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, opened: who wrote it (the name they have now), when (Unix seconds), what."""

    by: str
    at: int
    text: str = field(repr=False)


async def add(tx: Transaction, referral: str, by: int, key: Coordination, text: str, at: int) -> None:
    """Keep a note, sealed to the coordination's key."""
    note = secrets.token_hex(ID_SIZE)
    box = seal_to(key.public_key, text.encode(errors="replace"), _label(referral, note))
    row = {"id": note, "referral_id": referral, "written_by": by, "written_at": at}
    await tx.execute(insert(Note), row | {"coordination_key_id": key.id, "box": box})


async def read(tx: Transaction, referral: str, private_key: bytes) -> tuple[Noted, ...]:
    """All of them, oldest first, with the coordination's private key. Raises Unreadable."""
    query = (
        select(Note.id, Note.written_at, Note.box, Coordinator.name)
        .join(Coordinator, Coordinator.id == Note.written_by)
        .where(Note.referral_id == referral)
        .order_by(Note.written_at, Note.id)
    )
    rows = list(await tx.execute(query))
    return tuple(
        Noted(row.name, row.written_at, open_sealed(private_key, row.box, _label(referral, row.id)).decode())
        for row in rows
    )


async def count(tx: Transaction, referral: str) -> int:
    """How many there are: told without opening any."""
    return len(list(await tx.scalars(select(Note.id).where(Note.referral_id == referral))))


def _label(referral: str, note: str) -> bytes:
    return bound("notes", referral, note)
