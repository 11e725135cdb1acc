"""`python -m bench kills`: processes are killed and PostgreSQL crashes, hundreds of times, in mid-work."""

import asyncio
import os
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from bench.databases import server
from bench.storm import Stage, Worker
from bench.storm_check import faults, journals
from services.database import added_id, open_database, upgrade
from services.sealing import new_key_pair
from services.tables import CoordinationKey, Coordinator, CoordinatorGrant

LIVES_S = (0.02, 0.4)  # how long a process lives, about: from before its first act to after some twenty


@dataclass(frozen=True, slots=True)
class Plan:
    """How often processes are killed, how many there are, and after how many kills PostgreSQL crashes (0: never)."""

    kills: int = 300
    workers: int = 4
    crash_each: int = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the storm did, and what is wrong after it."""

    kills: int
    crashes: int
    acts: Counter[str]
    faults: list[str]

    def told(self) -> str:
        """In a few lines."""
        listed = ", ".join(f"{count} {name}" for name, count in sorted(self.acts.items()))
        wrong = "\n".join(self.faults) or "nothing lost, nothing twice, every state along the table, the audit whole"
        return f"{self.kills} kills, {self.crashes} crashes of the database; confirmed: {listed}\n{wrong}"


async def prepare(url: str, folder: Path, workers: int) -> Stage:
    """A database with the tables, the coordination's key, and somebody for each process."""
    pair, database = new_key_pair(), open_database(url)
    await upgrade(database)
    async with database.begin() as tx:
        key = added_id(await tx.execute(insert(CoordinationKey), {"public_key": pair.public, "created_at": 1}))
        people = {}
        for number in range(workers):
            row: dict[str, object] = {"name": f"worker {number}", "role": "supervisor", "password_hash": ""}
            row |= {"public_key": b"", "private_key_box": b"", "salt": b"", "active": True, "created_at": 1}
            added = added_id(await tx.execute(insert(Coordinator), row))
            people[added] = f"worker {number}"
            grant = {"coordinator_id": added, "coordination_key_id": key, "box": b"", "granted_at": 1}
            await tx.execute(insert(CoordinatorGrant), grant)
    await database.close()
    return Stage(url, folder, people, pair.private, bytes(32))


def storm(stage: Stage, plan: Plan, crash: Callable[[], None] | None) -> Outcome:
    """Start, kill, start again; then let each finish what it began, and look."""
    living = {_start(stage, number, finish=False): number for number in stage.people}
    dice, crashes = random.Random(plan.kills), 0
    for kill in range(1, plan.kills + 1):
        time.sleep(dice.uniform(*LIVES_S) / len(living))
        pid = dice.choice(sorted(living))
        number = living.pop(pid)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        living[_start(stage, number, finish=False)] = number
        if crash and plan.crash_each and kill % plan.crash_each == 0:
            crash()
            crashes += 1
    for pid in living:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    for number in stage.people:
        os.waitpid(_start(stage, number, finish=True), 0)
    said = journals(stage)
    confirmed = Counter(act.kind for act in said.begun if said.done.get(act.id) in ("ok", "seen"))
    return Outcome(plan.kills, crashes, confirmed, asyncio.run(looked(stage)))


def _start(stage: Stage, number: int, *, finish: bool) -> int:
    """A process of its own, with what is imported here; its id."""
    child = os.fork()
    if child:
        return child
    try:
        asyncio.run(Worker(stage, number).run(finish=finish))
    finally:
        os._exit(0)


async def looked(stage: Stage) -> list[str]:
    """Everything that is wrong."""
    database = open_database(stage.url)
    try:
        return await faults(database, stage)
    finally:
        await database.close()


def run(plan: Plan) -> int:
    """On both databases; 1 where anything is wrong."""
    wrong = 0
    with server() as there, tempfile.TemporaryDirectory(prefix="storm") as folder:
        for kind in ("SQLite", "PostgreSQL") if there else ("SQLite",):
            place = Path(folder) / kind
            place.mkdir()
            url = there.new("storm") if there and kind == "PostgreSQL" else f"sqlite:///{place}/storm.sqlite"
            stage = asyncio.run(prepare(url, place, plan.workers))
            outcome = storm(stage, plan, there.crash if there and kind == "PostgreSQL" else None)
            print(f"{kind}: {outcome.told()}", flush=True)
            wrong += len(outcome.faults)
    return 1 if wrong else 0
