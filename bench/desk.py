"""A process of coordinators at work, or of requests coming in: a line in says what to do, a line out what it took.

The times, in milliseconds, go into a file, by what was done.
"""

import asyncio
import json
import os
import random
import secrets
import sys
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import TimeoutError as NoConnection

from bench.loading import megabytes
from bench.storm import AGREED, receipts
from dialogs.commands import Triage
from services import audit, outbox, store
from services.database import Database, open_database
from services.keys import Keys
from services.referrals import acts, next_one, queue, referrals
from services.rights import Member, Opened, Refused

NEXT = 0.5  # of all claims, those of whatever is next
GROUPS = 5  # so that each referral is raced for by a fifth of all
REPLY = b"r" * 1500


class Desk:
    """So many coordinators over one database."""

    def __init__(self, database: Database, people: list[int], private: bytes) -> None:
        """They all work in this process."""
        self._database, self._keys = database, Keys(bytes(32))
        self._people = [Opened(Member(one, f"c{one}", "coordinator", access=True), private) for one in people]
        self.times: dict[str, list[float]] = defaultdict(list)

    async def day(self, seconds: float, at: int, rest: tuple[float, float]) -> dict[str, int]:
        """Each rests so long, looks at the list, claims one of its first page, answers, puts it back, and so on."""
        until = time.monotonic() + seconds
        await asyncio.gather(*(self._coordinator(one, until, at, rest) for one in self._people))
        return {}

    async def race(self, ids: list[str], at: int) -> dict[str, int]:
        """Groups go through the same referrals in the same order and claim each: how often somebody had it."""
        shares = [ids[number % GROUPS :: GROUPS] for number in range(len(self._people))]
        won = await asyncio.gather(*(self._racer(one, of, at) for one, of in zip(self._people, shares, strict=True)))
        return {"won": sum(won), "tried": sum(map(len, shares))}

    async def intake(self, seconds: float, rate: float, at: int) -> dict[str, int]:
        """Requests come in at a steady rate, whatever became of those before; each is timed from when it was due."""
        begun, coming = time.perf_counter(), []
        for number in range(int(seconds * rate)):
            due = begun + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            coming.append(asyncio.create_task(self._comes(due, at)))
        done = await asyncio.gather(*coming, return_exceptions=True)
        return {"came": len(coming), "refused": sum(isinstance(one, NoConnection) for one in done)}

    async def _coordinator(self, me: Opened, until: float, at: int, rest: tuple[float, float]) -> None:
        dice = random.Random(me.member.id)
        while time.monotonic() < until:
            await asyncio.sleep(dice.uniform(*rest))
            async with self._timed("list"), self._database.read() as tx:
                page = await queue.page(tx, "waiting", 0, minors=False)
            if not page.rows:
                continue
            one = dice.choice(page.rows).id
            try:
                if dice.random() < NEXT:
                    async with self._timed("claim the next"), self._database.begin() as tx:
                        one = await next_one.claim_next(tx, me.member, ("fr", "en"), at)
                else:
                    async with self._timed("claim"), self._database.begin() as tx:
                        await acts.claim(tx, one, me.member, at)
            except Refused:
                continue
            async with self._timed("one"), self._database.read() as tx:
                revision = (await queue.one(tx, one)).revision
            async with self._timed("post"), self._database.begin() as tx:
                await acts.answer(tx, one, me, "We look for something, and answer tomorrow.", revision, at)
            async with self._timed("release"), self._database.begin() as tx:
                revision = (await queue.one(tx, one)).revision
                await acts.release(tx, one, me.member, revision, at)

    async def _racer(self, me: Opened, ids: list[str], at: int) -> int:
        won = 0
        for one in ids:
            try:
                async with self._timed("race"), self._database.begin() as tx:
                    await acts.claim(tx, one, me.member, at)
                won += 1
            except Refused:
                pass
        return won

    async def _comes(self, due: float, at: int) -> None:
        """What the host does with the last tap of a request, save the dialogue and the slow hash."""
        speaker = self._keys.speaker("web", secrets.token_hex(8))
        triage = Triage("self", age_group="adult", urgency="soon", department="06", languages=("fr",))
        async with self._database.begin() as tx:
            await store.lock(tx, self._keys, speaker, "1", at)
            await store.save(tx, speaker, REPLY, 1, at + 1800)
            note = "I can leave on Friday."
            made = await referrals.submit(tx, triage, AGREED, receipts(), at=at, language="fr", note=note)
            await audit.record(tx, at, "person", "submitted", made.referral)
            await outbox.put(tx, self._keys, speaker, "1", REPLY, at)
        self.times["intake"].append((time.perf_counter() - due) * 1000)

    @asynccontextmanager
    async def _timed(self, what: str) -> AsyncIterator[None]:
        """Time a transaction, its commit included."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.times[what].append((time.perf_counter() - begun) * 1000)


async def main(url: str, people: str, private: str, folder: str) -> None:
    """Serve until there is no more input."""
    database = open_database(url)
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked: dict[str, Any] = json.loads(line)
        desk = Desk(database, json.loads(people), bytes.fromhex(private))
        told = await getattr(desk, asked.pop("do"))(**asked)
        path = Path(folder) / f"times-{os.getpid()}-{secrets.token_hex(4)}"
        path.write_text(json.dumps(desk.times))
        print(json.dumps(told | {"times": str(path), "mb": megabytes()}), flush=True)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
