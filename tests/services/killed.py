"""Turns in processes of their own, killed (SIGKILL) at each point where they wait; then the same turn again.

`python -m tests.services.killed URL FOLDER` prints a line of JSON a point: what the kill left, and what the repeat made
of it. The last line is of the turn that came to its end. Each point has a speaker and a time of its own.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Generator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from services import outbox, referrals, store
from services.claims import Derived
from services.database import Database, open_database
from services.keys import Keys
from services.receipts import new_code
from services.sealing import new_key_pair
from services.tables import Receipt, Referral, SealedKey
from services.words import word_list
from tests.services.coordination import AGREED, PROFESSIONAL, open_coordination

KEYS = Keys(bytes(32))


@dataclass
class Killed(Awaitable[None]):
    """Awaits `work`; kills this process at its `point`-th point: odd when it begins to wait, even when it goes on."""

    work: Awaitable[None]
    point: int

    def __await__(self) -> Generator[Any, Any, None]:
        steps, passed = self.work.__await__(), 0
        while True:
            try:
                waited = next(steps)
            except StopIteration:
                return
            for step in (1, 2):
                if passed + step == self.point:
                    os.kill(os.getpid(), signal.SIGKILL)
                if step == 1:
                    yield waited
            passed += 2


async def turn(database: Database, number: int, sent: Path) -> None:
    """What the host does with one message that submits a referral: the turn, then the sending."""
    speaker = KEYS.speaker("telegram", str(number))
    async with database.begin() as tx:
        locked = await store.lock(tx, KEYS, speaker, "1", number)
        if not locked.seen:
            await store.save(tx, speaker, b"moved", 1, number + 1000)
            await referrals.submit(tx, PROFESSIONAL, AGREED, receipts(), at=number, language="fr", note="a note")
            await outbox.put(tx, KEYS, speaker, "1", b"reply", number)
    async with database.read() as tx:
        waiting = await outbox.find(tx, KEYS, speaker, "1", number)
    if waiting:
        send(sent, waiting.payload)
        await asyncio.sleep(0)
        async with database.begin() as tx:
            await outbox.delivered(tx, [waiting.id])


def send(sent: Path, payload: bytes) -> None:
    with sent.open("ab") as file:
        file.write(payload + b"\n")


def times(sent: Path) -> int:
    return len(sent.read_bytes().splitlines()) if sent.exists() else 0


def receipts() -> list[Derived]:
    """Two receipts without the slow hash, which needs no database."""
    return [Derived(new_code(), os.urandom(8), os.urandom(32), new_key_pair()) for _ in range(2)]


async def state(database: Database, number: int, sent: Path) -> dict[str, int]:
    """What there is of turn `number`."""
    speaker = KEYS.speaker("telegram", str(number))
    mine = select(Referral.id).where(Referral.created_at == number)
    async with database.read() as tx:
        counts = {
            table.__tablename__: await tx.scalar(
                select(func.count()).select_from(table).where(table.referral_id.in_(mine))
            )
            or 0
            for table in (Receipt, SealedKey)
        }
        return counts | {
            "referrals": len((await tx.execute(mine)).all()),
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
    """Look at each turn, do it again, look again."""
    database = open_database(url)
    for point in range(1, points + 1):
        sent = sent_at(folder, point)
        left = await state(database, point, sent)
        await turn(database, point, sent)
        told = {"point": point, "left": left, "after": await state(database, point, sent)}
        print(json.dumps(told))  # noqa: T201
    sys.stdout.flush()
    await database.close()


async def coordination(url: str) -> None:
    database = open_database(url)
    await open_coordination(database)
    await database.close()


def in_a_process(work: Awaitable[None]) -> bool:
    """Do `work` in a process of its own; True if it was killed."""
    child = os.fork()
    if child == 0:
        asyncio.run(work)  # type: ignore[arg-type]
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, -signal.SIGKILL):
        raise SystemExit(f"a turn ended with {code}")
    return code != 0


def sent_at(folder: Path, point: int) -> Path:
    return folder / f"sent-{point}"


def main(url: str, folder: Path) -> None:
    open_database(url)
    word_list("fr")  # what is imported and read here, the processes need not
    in_a_process(coordination(url))
    points = next(point for point in count(1) if not in_a_process(run(url, point, sent_at(folder, point), point)))
    in_a_process(repeat(url, points, folder))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
