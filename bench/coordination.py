"""`python -m bench coordination`: the queue at 1,000 to 100,000 referrals, with 20 coordinators in two processes."""

import asyncio
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench.child import Child, running
from bench.databases import server
from bench.filling import fill
from bench.kills import prepare
from bench.report import Report
from bench.storm import Stage
from services.database import open_database
from services.referrals import life
from services.tables import Referral

COORDINATORS = 20
RESTLESS_S, CALM_S = (0.1, 0.3), (2.0, 6.0)  # between two rounds: as machines work, as people do


@dataclass(frozen=True, slots=True)
class Plan:
    """How much: sizes of the queue, seconds of work at each, claims raced for, requests a second."""

    postgresql: tuple[int, ...] = (1_000, 10_000, 100_000)
    sqlite: tuple[int, ...] = (1_000, 20_000)
    seconds: float = 15
    races: int = 5_000
    rate: float = 100


QUICK = Plan((1_000, 5_000), (1_000,), 4, 200, 100)


async def measure(plan: Plan) -> Report:
    """All of it."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="bench") as folder, server() as there:
        for size in plan.postgresql if there else ():
            assert there is not None
            url, group = there.new(f"q{size}"), f"PostgreSQL, {size:,} referrals, two processes"
            await _at(Queue(report, group, url, Path(folder), size, 2, there.cpu), plan, size == max(plan.postgresql))
        for size in plan.sqlite:
            url, group = f"sqlite:///{folder}/q{size}.sqlite", f"SQLite, {size:,} referrals, one process"
            await _at(Queue(report, group, url, Path(folder), size, 1), plan, size == max(plan.sqlite))
    return report


@dataclass(frozen=True, slots=True)
class Queue:
    """What is measured, and where it is written down. `server`: the CPU seconds of a server so far."""

    report: Report
    group: str
    url: str
    folder: Path
    size: int
    processes: int
    server: Callable[[], float] = lambda: 0.0

    def add(self, name: str, unit: str, value: float, digits: int = 0) -> None:
        """A figure."""
        self.report.add(self.group, name, unit, value, digits)


async def _at(its: Queue, plan: Plan, largest: bool) -> None:
    """One size: fill it, work, take requests in, and at the largest race for claims."""
    stage, now = await prepare(its.url, its.folder, COORDINATORS), int(time.time())
    database = open_database(its.url)
    begun = time.perf_counter()
    await fill(database, its.size, [*stage.people], now)
    its.add("filled in", "s", time.perf_counter() - begun)
    await database.close()
    async with _desks(stage, its.processes) as desks:
        await _ask(its, desks, {"do": "day", "seconds": 2, "at": now, "rest": RESTLESS_S}, quiet=True)
        before = [child.megabytes for child in desks]
        await _ask(its, desks, {"do": "day", "seconds": plan.seconds, "at": now, "rest": RESTLESS_S})
        calm = {"do": "day", "seconds": 3 * plan.seconds, "at": now, "rest": CALM_S}
        await _ask(its, desks, calm, note=", at people's pace")
        rate = plan.rate / its.processes
        told = await _ask(its, desks, {"do": "intake", "seconds": plan.seconds, "rate": rate, "at": now})
        its.add("intake, refused for want of a connection in 30 s", "requests", sum(one["refused"] for one in told))
        if largest:
            await _race(its, stage, desks, plan.races, now)
        grown = max(child.megabytes - was for child, was in zip(desks, before, strict=True))
        its.add("memory of a process, at the end", "MB", max(child.megabytes for child in desks))
        its.add("… grown by", "MB", grown)


@asynccontextmanager
async def _desks(stage: Stage, processes: int) -> AsyncIterator[list[Child]]:
    """The coordinators in so many processes."""
    people = [*stage.people]
    async with AsyncExitStack() as stack:
        shares = [people[number::processes] for number in range(processes)]
        yield [
            await stack.enter_async_context(
                running(
                    ["bench.desk", stage.url, json.dumps(share), stage.private.hex(), str(stage.folder)],
                    "ready",
                    stage.folder,
                )
            )
            for share in shares
        ]


async def _race(its: Queue, stage: Stage, desks: list[Child], races: int, now: int) -> None:
    """Everybody goes for the same referrals at the same time; each is won once."""
    database = open_database(stage.url)
    free = select(Referral.id).where(Referral.claimed_by.is_(None), Referral.state.in_(life.WAITING)).limit(races)
    async with database.read() as tx:
        ids = list(await tx.scalars(free))
    told = await _ask(its, desks, {"do": "race", "ids": ids, "at": now})
    won, tried = sum(one["won"] for one in told), sum(one["tried"] for one in told)
    async with database.read() as tx:
        held = await tx.scalars(select(Referral.id).where(Referral.id.in_(ids), Referral.claimed_by.is_not(None)))
        left = len(ids) - len(list(held))
    await database.close()
    its.add(f"{len(ids):,} claims raced for, tries", "tries", tried)
    its.add("… won twice", "claims", won - (len(ids) - left))
    its.add("… left over", "claims", left)


async def _ask(
    its: Queue, desks: Sequence[Child], what: dict[str, Any], *, quiet: bool = False, note: str = ""
) -> list[dict[str, Any]]:
    """Let all processes do it at once, and note how long it took, and what CPU for each time it was done."""
    cpu, served = sum(child.cpu for child in desks), its.server()
    told = [json.loads(line) for line in await asyncio.gather(*(child.ask(json.dumps(what)) for child in desks))]
    cpu, served = sum(child.cpu for child in desks) - cpu, its.server() - served
    times: dict[str, list[float]] = defaultdict(list)
    for one in told:
        for name, took in _read(one["times"]).items():
            times[name] += took
    for name, took in () if quiet else times.items():
        hundredths = statistics.quantiles(took, n=100) if len(took) > 1 else took * 99
        its.add(f"{name}{note}, p50 of {len(took):,}", "ms", hundredths[49], 1)
        its.add(f"{name}{note}, p99", "ms", hundredths[98], 1)
    done = len(max(times.values(), key=len, default=[]))
    if not quiet and done:
        each = ("round" if what["do"] == "day" else what["do"]) + note
        its.add(f"CPU each {each}, our processes", "ms", cpu * 1000 / done, 1)
        if served:
            its.add(f"CPU each {each}, PostgreSQL", "ms", served * 1000 / done, 1)
    return told


def _read(path: str) -> dict[str, list[float]]:
    told: dict[str, list[float]] = json.loads(Path(path).read_text())
    return told
