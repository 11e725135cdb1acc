"""A turn in processes of their own, killed (SIGKILL) at each point where it waits; then the same turn again.

`Story.told` prints a line of JSON a point: what the kill left, and what the repeat made of it. The last line of these
is of the turn that came to its end. Each point has a speaker and a time of its own.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from services import outbox, store
from services.database import Database, Transaction, open_database
from services.keys import Keys
from services.words import word_list

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


async def nothing(_: Database) -> None:
    """What most stories tell at their end."""


@dataclass(frozen=True)
class Story:
    """What a turn does, and how it is looked at.

    `prepare`: before all turns. `look`: outside the turn's transaction, what it needs to know. `write`: what turn
    `number` keeps. `count`: how much there is of it, by name. `end`: a last line after all turns, or None.
    """

    prepare: Callable[[Database], Awaitable[None]]
    write: Callable[[Transaction, int, str], Awaitable[None]]
    count: Callable[[Transaction, int], Awaitable[dict[str, int]]]
    look: Callable[[Transaction], Awaitable[str]] | None = None
    end: Callable[[Database], Awaitable[dict[str, Any] | None]] = nothing

    def told(self, url: str, folder: Path) -> None:
        """Kill the turn at each of its points, each time in a process of its own, and print what came of it."""
        open_database(url)
        word_list("fr")  # what is imported and read here, the processes need not
        in_a_process(self._prepared(url))
        points = next(at for at in count(1) if not in_a_process(self._run(url, at, sent_at(folder, at))))
        in_a_process(self._repeat(url, points, folder))

    async def _prepared(self, url: str) -> None:
        database = open_database(url)
        await self.prepare(database)
        await database.close()

    async def _run(self, url: str, point: int, sent: Path) -> None:
        database = open_database(url)
        await Killed(self._turn(database, point, sent), point)
        await database.close()

    async def _turn(self, database: Database, number: int, sent: Path) -> None:
        """What the host does with one message: the turn, then the sending."""
        speaker, known = KEYS.speaker("telegram", str(number)), ""
        if self.look:
            async with database.read() as tx:
                known = await self.look(tx)
        async with database.begin() as tx:
            locked = await store.lock(tx, KEYS, speaker, "1", number)
            if not locked.seen:
                await store.save(tx, speaker, b"moved", 1, number + 1000)
                await self.write(tx, number, known)
                await outbox.put(tx, KEYS, speaker, "1", b"reply", number)
        async with database.read() as tx:
            waiting = await outbox.find(tx, KEYS, speaker, "1", number)
        if waiting:
            send(sent, waiting.payload)
            await asyncio.sleep(0)
            async with database.begin() as tx:
                await outbox.delivered(tx, [waiting.id])

    async def _state(self, database: Database, number: int, sent: Path) -> dict[str, int]:
        """What there is of turn `number`."""
        speaker = KEYS.speaker("telegram", str(number))
        async with database.read() as tx:
            return await self.count(tx, number) | {
                "turn": getattr(await store.find(tx, speaker, number), "turn", 0),
                "seen": await store.seen(tx, KEYS, speaker, "1"),
                "waiting": await outbox.find(tx, KEYS, speaker, "1", number) is not None,
                "sent": times(sent),
            }

    async def _repeat(self, url: str, points: int, folder: Path) -> None:
        """Look at each turn, do it again, look again; then at the end."""
        database = open_database(url)
        for point in range(1, points + 1):
            sent = sent_at(folder, point)
            left = await self._state(database, point, sent)
            await self._turn(database, point, sent)
            tell({"point": point, "left": left, "after": await self._state(database, point, sent)})
        last = await self.end(database)
        if last is not None:
            tell(last)
        sys.stdout.flush()
        await database.close()


def tell(line: dict[str, Any]) -> None:
    print(json.dumps(line))  # noqa: T201


def send(sent: Path, payload: bytes) -> None:
    with sent.open("ab") as file:
        file.write(payload + b"\n")


def times(sent: Path) -> int:
    return len(sent.read_bytes().splitlines()) if sent.exists() else 0


def sent_at(folder: Path, point: int) -> Path:
    return folder / f"sent-{point}"


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
