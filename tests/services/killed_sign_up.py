"""Turns that sign up for a training, killed at each point: `python -m tests.services.killed_sign_up URL FOLDER`.

After the lines of killing.py, one on the order of all.
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from services.database import Database, Transaction
from services.rights import Member
from services.tables.training import SignUp, SignUpKey
from services.trainings import sign_ups, trainings
from tests.services.coordination import open_coordination
from tests.services.killing import Story
from tests.services.training_stage import PLAN, receipt

MEMBER = Member(1, "somebody", "coordinator")
AT = 1_795_000_000


async def prepare(database: Database) -> None:
    await open_coordination(database)
    async with database.begin() as tx:
        await trainings.plan(tx, MEMBER, replace(PLAN, seats=trainings.MOST_SEATS), 1)


async def announced(tx: Transaction) -> str:
    return (await trainings.known(tx, AT))[0].id


async def write(tx: Transaction, number: int, training: str) -> None:
    await trainings.lock(tx, training)
    await sign_ups.add(tx, training, "social", f"{number}@service.example", receipt(), at=number, language="fr")


async def count(tx: Transaction, number: int) -> dict[str, int]:
    mine = select(SignUp.id).where(SignUp.created_at == number)
    keys = select(func.count()).select_from(SignUpKey).where(SignUpKey.sign_up_id.in_(mine))
    return {"sign_ups": len((await tx.execute(mine)).all()), "keys": int(await tx.scalar(keys) or 0)}


async def order(database: Database) -> dict[str, Any]:
    async with database.read() as tx:
        listed = await sign_ups.listed(tx, await announced(tx))
    return {"numbers": [one.number for one in listed], "seats": sum(one.state == "seat" for one in listed)}


if __name__ == "__main__":
    Story(prepare, write, count, announced, order).told(sys.argv[1], Path(sys.argv[2]))
