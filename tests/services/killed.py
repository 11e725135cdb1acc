"""Turns that submit a referral, killed at each point: `python -m tests.services.killed URL FOLDER` (see killing.py)."""

import os
import sys
from pathlib import Path

from sqlalchemy import func, select

from services.database import Database, Transaction
from services.receipts import new_code
from services.referrals import referrals
from services.referrals.claims import Derived
from services.sealing import new_key_pair
from services.tables import Receipt, Referral, SealedKey
from tests.services.coordination import AGREED, PROFESSIONAL, open_coordination
from tests.services.killing import Story


async def prepare(database: Database) -> None:
    await open_coordination(database)


def receipts() -> list[Derived]:
    """Two receipts without the slow hash, which needs no database."""
    return [Derived(new_code(), os.urandom(8), os.urandom(32), new_key_pair()) for _ in range(2)]


async def write(tx: Transaction, number: int, _: str) -> None:
    await referrals.submit(tx, PROFESSIONAL, AGREED, receipts(), at=number, language="fr", note="a note")


async def count(tx: Transaction, number: int) -> dict[str, int]:
    mine = select(Referral.id).where(Referral.created_at == number)
    counts = {
        table.__tablename__: await tx.scalar(select(func.count()).select_from(table).where(table.referral_id.in_(mine)))
        or 0
        for table in (Receipt, SealedKey)
    }
    return counts | {"referrals": len((await tx.execute(mine)).all())}


if __name__ == "__main__":
    Story(prepare, write, count).told(sys.argv[1], Path(sys.argv[2]))
