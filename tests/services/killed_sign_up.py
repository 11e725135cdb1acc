"""Turns that sign up for a training, in processes of their own, killed (SIGKILL) at each point where they wait.

`python -m tests.services.killed_sign_up URL FOLDER` prints a line of JSON a point, as tests/services/killed.py does.
"""

import asyncio
import json
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from sqlalchemy import func, select

from services import outbox, sign_ups, store, trainings
from services.coordinators import Member
from services.database import Database, open_database
from services.tables_training import SignUp, SignUpKey
from services.words import word_list
from tests.services.coordination import open_coordination
from tests.services.killed import KEYS, Killed, in_a_process, send, sent_at, times
from tests.services.training_stage import PLAN, receipt

MEMBER = Member(1, "somebody", "coordinator")
AT = 1_795_000_000


async def announced(database: Database) -> str:
    async with database.read() as tx:
        return (await trainings.known(tx, AT))[0].id


async def turn(database: Database, number: int, sent: Path) -> None:
    """What the host does with one message that signs up: the turn, then the sending."""
    speaker, training = KEYS.speaker("telegram", str(number)), await announced(database)
    async with database.begin() as tx:
        locked = await store.lock(tx, KEYS, speaker, "1", number)
        if not locked.seen:
            await trainings.lock(tx, training)
            await store.save(tx, speaker, b"moved", 1, number + 1000)
            await sign_ups.add(tx, training, "social", f"{number}@service.example", receipt(), at=number, language="fr")
            await outbox.put(tx, KEYS, speaker, "1", b"reply", number)
    async with database.read() as tx:
        waiting = await outbox.find(tx, KEYS, speaker, "1", number)
    if waiting:
        send(sent, waiting.payload)
        await asyncio.sleep(0)
        async with database.begin() as tx:
            await outbox.delivered(tx, [waiting.id])


async def state(database: Database, number: int, sent: Path) -> dict[str, int]:
    """What there is of turn `number`."""
    speaker = KEYS.speaker("telegram", str(number))
    mine = select(SignUp.id).where(SignUp.created_at == number)
    async with database.read() as tx:
        keys = select(func.count()).select_from(SignUpKey).where(SignUpKey.sign_up_id.in_(mine))
        return {
            "sign_ups": len((await tx.execute(mine)).all()),
            "keys": int(await tx.scalar(keys) or 0),
            "turn": getattr(await store.find(tx, speaker, number), "turn", 0),
            "seen": await store.seen(tx, KEYS, speaker, "1"),
            "waiting": await outbox.find(tx, KEYS, speaker, "1", number) is not None,
            "sent": times(sent),
        }


async def run(url: str, number: int, sent: Path, point: int) -> None:
    database = open_database(url)
    await Killed(turn(database, number, sent), point)
    await database.close()


async def repeat(url: str, points: int, folder: Path) -> None:
    """Look at each turn, do it again, look again; then at the order."""
    database = open_database(url)
    for point in range(1, points + 1):
        sent = sent_at(folder, point)
        left = await state(database, point, sent)
        await turn(database, point, sent)
        print(json.dumps({"point": point, "left": left, "after": await state(database, point, sent)}))  # noqa: T201
    async with database.read() as tx:
        listed = await sign_ups.listed(tx, await announced(database))
    print(json.dumps({"numbers": [one.number for one in listed], "seats": sum(one.state == "seat" for one in listed)}))  # noqa: T201
    sys.stdout.flush()
    await database.close()


async def prepare(url: str) -> None:
    database = open_database(url)
    await open_coordination(database)
    async with database.begin() as tx:
        await trainings.plan(tx, MEMBER, replace(PLAN, seats=trainings.MOST_SEATS), 1)
    await database.close()


def main(url: str, folder: Path) -> None:
    open_database(url)
    word_list("fr")  # what is imported and read here, the processes need not
    in_a_process(prepare(url))
    points = next(point for point in count(1) if not in_a_process(run(url, point, sent_at(folder, point), point)))
    in_a_process(repeat(url, points, folder))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
