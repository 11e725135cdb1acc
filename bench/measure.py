"""One run: everything is started, then measured round by round, so that the machine's moods hit all alike."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import engine, understanding
from bench.child import Child, running
from bench.databases import postgresql, prepare
from bench.phones import Phones
from bench.report import Report
from bench.start import address, seconds_to_answer, serving
from bench.talk import Talk, talks
from bot.app import content
from bot.channels.telegram.channel import HOOK
from bot.turns import Content

CHATS = 32
SETTLE_S = 0.3  # what is written down after a reply belongs to its turn
IDLE_S = 3.0
ENGINE, FLOORS = "ENGINE, one core", "FLOORS"
TURN = f"A WHOLE TURN: update in by webhook, committed, reply sent; {CHATS} chats in flight"
RATIOS, START, MEMORY = "RATIOS, in CPU", "START, until GET / is answered", "MEMORY of the serving process"
READING = "UNDERSTANDING a text of the conversations"


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot under measurement: its name, process and webhook; `real`: the assistant, not an echo."""

    name: str
    child: Child
    hook: str
    secret: str
    real: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int
    length: int
    upserts: int


class Bench:
    """What is measured, over what."""

    def __init__(self, plan: Plan, phones: Phones, folder: Path) -> None:
        """Reads the content, and walks the conversations."""
        self.plan, self.report = plan, Report()
        self._phones, self._folder = phones, folder
        self._content: Content = content()
        self._talks: list[Talk] = talks(self._content, CHATS, plan.length)
        self._turns = sum(len(talk.moves) for talk in self._talks)

    async def run(self) -> None:
        """Everything, one round after the other."""
        with postgresql() as server:
            async with AsyncExitStack() as stack:
                urls = {"SQLite": f"sqlite:///{self._folder}/turns.sqlite"}
                floors = {"SQLite": f"sqlite:///{self._folder}/upserts.sqlite"}
                if server is not None:
                    new, self._server_cpu = server
                    urls["PostgreSQL"], floors["PostgreSQL"] = new("turns"), new("upserts")
                bots = [await stack.enter_async_context(self._assistant(kind, url)) for kind, url in urls.items()]
                bots += [await stack.enter_async_context(self._echo(kind)) for kind in ("plain", "alike")]
                stores = {
                    kind: await stack.enter_async_context(running(["bench.upsert", url], "ready", self._folder))
                    for kind, url in floors.items()
                }
                advice = await stack.enter_async_context(understanding.rasa())
                await self._rounds(bots, stores, advice)

    async def _rounds(self, bots: list[Bot], stores: dict[str, Child], advice: understanding.Server | None) -> None:
        await asyncio.sleep(IDLE_S)
        idle = {bot.name: bot.child.megabytes for bot in bots if bot.real}
        warm = Report()
        for number in range(self.plan.rounds + 1):
            report = self.report if number else warm  # the first round fills every cache, and does not count
            self._engine(report)
            costs = {bot.name: await self._turn(report, bot) for bot in bots}
            upserts = {kind: await self._upsert(report, kind, child) for kind, child in stores.items()}
            _ratios(report, costs, upserts)
            if number:
                await self._start(number)
                await understanding.embedded(report)
                if advice:
                    await understanding.advised(report, advice)
        for bot in bots:
            if bot.real:
                self.report.add(MEMORY, f"{bot.name}, idle", "MB", idle[bot.name], 0)
                self.report.add(MEMORY, f"{bot.name}, after all rounds", "MB", bot.child.megabytes, 0)
                self.report.add(MEMORY, f"{bot.name}, highest (two receipts are made at start)", "MB",
                                bot.child.peak_megabytes, 0)  # fmt: skip

    @asynccontextmanager
    async def _assistant(self, kind: str, url: str) -> AsyncIterator[Bot]:
        token = f"{len(kind)}:{kind}"
        key_file = self._folder / f"{kind}.key"
        await prepare(url, key_file)
        settings = {
            "PASSERELLE_DATABASE_URL": url,
            "PASSERELLE_KEY_FILE": str(key_file),
            "PASSERELLE_TELEGRAM_TOKEN": token,
            "PASSERELLE_TELEGRAM_API": self._phones.api,
            "PASSERELLE_TELEGRAM_WEBHOOK": "http://127.0.0.1",
        }
        async with serving(self._folder, settings) as (child, base):
            yield Bot(kind, child, base + HOOK, await self._phones.secret(token), real=True)

    @asynccontextmanager
    async def _echo(self, kind: str) -> AsyncIterator[Bot]:
        arguments = ["bench.echo", "1:echo", self._phones.api, kind]
        async with running(arguments, "http", self._folder) as child:
            yield Bot(kind, child, address(child) + "/", "", real=False)

    def _engine(self, report: Report) -> None:
        works = {"a turn": engine.bare, "a turn, session stored and re-read": engine.stored,
                 "the same, text understood and screens in words": engine.in_and_out}  # fmt: skip
        for name, work in works.items():
            cpu = engine.cpu_seconds(work, self._content, self._talks)
            report.add(ENGINE, name, "turns/s", self._turns / cpu, 0)
        texts = engine.parse(self._content, self._talks)
        cpu = engine.cpu_seconds(engine.parse, self._content, self._talks)
        report.add(READING, "redacted and understood", "µs", cpu / texts * 1e6, 0)

    async def _turn(self, report: Report, bot: Bot) -> float:
        server = self._server_cpu() if bot.name == "PostgreSQL" else 0.0
        before = bot.child.cpu
        seconds = await self._phones.load(bot.hook, bot.secret, self._talks, exact=bot.real)
        await asyncio.sleep(SETTLE_S)
        cost = (bot.child.cpu - before) * 1000 / self._turns
        group, name = (TURN, bot.name) if bot.real else (FLOORS, f"echo bot, {ECHOES[bot.name]}")
        report.add(group, name, "CPU ms", cost)
        report.add(group, name, "turns/s", self._turns / seconds, 0)
        if bot.name == "PostgreSQL":
            spent = (self._server_cpu() - server) * 1000 / self._turns
            report.add(group, "PostgreSQL: its server's own, not counted above", "CPU ms", spent)
        return cost

    async def _upsert(self, report: Report, kind: str, child: Child) -> float:
        cpu, seconds = json.loads(await child.ask(str(self.plan.upserts)))
        report.add(FLOORS, f"one durable upsert, {kind}, one after the other", "CPU ms", cpu * 1000 / self.plan.upserts)
        report.add(FLOORS, f"one durable upsert, {kind}, one after the other", "a second",
                   self.plan.upserts / seconds, 0)  # fmt: skip
        return float(cpu) * 1000 / self.plan.upserts

    async def _start(self, number: int) -> None:
        folder = self._folder / f"start{number}"
        folder.mkdir()
        self.report.add(START, "first run, new database", "s", await seconds_to_answer(folder))
        self.report.add(START, "later run", "s", await seconds_to_answer(folder))


ECHOES = {"plain": "one message back", "alike": "the calls and the size of a real turn"}


def _ratios(report: Report, costs: dict[str, float], upserts: dict[str, float]) -> None:
    for kind, upsert in upserts.items():
        for echo, about in ECHOES.items():
            report.add(
                RATIOS, f"{kind}: turn / (echo, {about} + upsert)", "times", costs[kind] / (costs[echo] + upsert)
            )


async def measure(plan: Plan) -> Report:
    """A whole run in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        async with Phones() as phones:
            bench = Bench(plan, phones, Path(folder))
            await bench.run()
            return bench.report
