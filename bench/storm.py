"""What people do at once, in processes that are killed: hand in, write, claim, decide, answer, take back.

Each process notes an act before it begins and after it was committed; after a kill the next one repeats what was begun.
What a person does is repeated as a message is that comes twice; what a coordinator does, as a form that is sent again.
"""

import asyncio
import json
import os
import random
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from dialogs.commands import Triage
from services import audit, outbox, store
from services.database import Database, Transaction, open_database
from services.keys import Keys
from services.receipts import new_code
from services.referrals import acts, life, messages, queue, referrals
from services.referrals.acts import Decision
from services.referrals.claims import Derived
from services.referrals.messages import NotTaken
from services.referrals.referrals import Agreed
from services.referrals.steps import NotInTable
from services.rights import Member, Opened, Refused
from services.sealing import new_key_pair
from services.tables import Referral
from services.tools import handing_in

AGREED = Agreed(bytes(32), "fr", "storm")
GONE = (DBAPIError, OSError)  # the database went away
NO = (Refused, NotTaken, NotInTable)
KINDS = {"submit": 3, "write": 3, "claim": 3, "decide": 4, "answer": 2, "open": 1, "release": 1, "take_back": 1}
AGAIN_S = 0.05
NO_TOKEN = 0  # nobody hands in over the API here: the ids are made as there


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody does. `choice`: the state that is decided for; `revision`: of the page it was done on."""

    id: str
    kind: str
    referral: str
    choice: str = ""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What every process knows: the database, who works there, with the coordination's private key."""

    url: str
    folder: Path
    people: Mapping[int, str]
    private: bytes
    key: bytes


class Worker:
    """One process, in the place of coordinator `number`."""

    def __init__(self, stage: Stage, number: int) -> None:
        """Nothing is opened yet."""
        self._stage, self._number = stage, number
        self._database: Database = open_database(stage.url)
        self._keys = Keys(stage.key)
        member = Member(number, stage.people[number], "supervisor", access=True)
        self._me = Opened(member, stage.private)
        self._journal = stage.folder / f"journal-{number}"
        self._dice = random.Random(secrets.randbits(64))

    async def run(self, *, finish: bool) -> None:
        """Repeat what was begun; then go on until killed, unless only to `finish`."""
        begun = unfinished(self._journal)
        if begun:
            await self._done(begun)
        while not finish:
            act = await self._insist(self._next)
            if act is not None:
                self._note({"begun": asdict(act)})
                await self._done(act)
        await self._database.close()

    async def _done(self, act: Act) -> None:
        told = await self._insist(lambda: self._do(act))
        self._note({"done": act.id, "how": told})

    async def _insist(self, work: Callable[[], Awaitable[Any]]) -> Any:
        """Do it, and again where the database went away."""
        while True:
            try:
                return await work()
            except IntegrityError:
                return "not: it was there already, which is our mistake"
            except GONE:
                await asyncio.sleep(AGAIN_S)

    def _note(self, line: Mapping[str, Any]) -> None:
        with self._journal.open("a") as journal:
            journal.write(json.dumps(line) + "\n")

    async def _next(self) -> Act | None:
        kind = self._dice.choices(tuple(KINDS), tuple(KINDS.values()))[0]
        name = secrets.token_urlsafe(18)
        if kind == "submit":
            return Act(name, kind, handing_in.referral_of(NO_TOKEN, name))
        async with self._database.read() as tx:
            found = await _any(tx, self._fits(kind))
            if found is None:
                return Act(name, "submit", handing_in.referral_of(NO_TOKEN, name))
            one = await queue.one(tx, found)
        ways = acts.settable(one, self._me.member) if kind == "decide" else ()
        if kind == "decide" and not ways:
            return None
        return Act(name, kind, found, self._dice.choice(ways) if ways else "", one.revision)

    def _fits(self, kind: str) -> ColumnElement[bool]:
        if kind in ("write", "take_back"):
            return Referral.state.not_in(life.OVER)
        if kind == "claim":
            return Referral.claimed_by.is_(None) & Referral.state.not_in(life.ENDED)
        return Referral.claimed_by == self._number

    async def _do(self, act: Act) -> str:
        """What came of it: ok, seen (it had been done), or why not."""
        try:
            if act.kind in ("submit", "write", "take_back"):
                return await self._of_a_person(act)
            await self._of_the_desk(act)
        except NO as fault:
            return f"not: {type(fault).__name__} {fault}"
        return "ok"

    async def _of_a_person(self, act: Act) -> str:
        """As the host does a message: what was handled is seen."""
        speaker, at = self._keys.speaker("telegram", act.id), int(time.time())
        async with self._database.begin() as tx:
            locked = await store.lock(tx, self._keys, speaker, "1", at)
            if locked.seen:
                return "seen"
            await store.save(tx, speaker, b"{}", 1, at + 1000)
            await self._acts(tx, act, at)
            await outbox.put(tx, self._keys, speaker, "1", b"reply", at)
        return "ok"

    async def _acts(self, tx: Transaction, act: Act, at: int) -> None:
        match act.kind:
            case "submit":
                triage = Triage("professional", age_group="adult", urgency=self._dice.choice(("immediate", "soon")))
                note = f"note {act.id}"
                await referrals.submit(
                    tx, triage, AGREED, receipts(), at=at, language="fr", note=note, referral=act.referral
                )
                await audit.record(tx, at, "professional", "submitted", act.referral)
            case "write":
                await messages.post_from_holder(tx, act.referral, "professional", act.id, at)
            case _:
                if await referrals.withdraw(tx, act.referral, at):
                    await audit.record(tx, at, "person", "withdrawn", act.referral)

    async def _of_the_desk(self, act: Act) -> None:
        at = int(time.time())
        async with self._database.begin() as tx:
            match act.kind:
                case "claim":
                    await acts.claim(tx, act.referral, self._me.member, at)
                case "decide":
                    await acts.set_state(tx, act.referral, self._me.member, _decision(act.choice), act.revision, at)
                case "answer":
                    await acts.answer(tx, act.referral, self._me, act.id, act.revision, at)
                case "open":
                    await acts.open_sealed(tx, act.referral, self._me, at)
                case _:
                    await acts.release(tx, act.referral, self._me.member, act.revision, at)


def unfinished(journal: Path) -> Act | None:
    """The act that was begun and not done."""
    begun, done = noted(journal)
    return begun[-1] if begun and begun[-1].id not in done else None


def noted(journal: Path) -> tuple[Sequence[Act], Mapping[str, str]]:
    """What was begun, in order; how each ended that was done. A line that a kill cut was not begun."""
    begun: list[Act] = []
    done: dict[str, str] = {}
    for line in journal.read_text().splitlines() if journal.exists() else ():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        if "begun" in told:
            begun.append(Act(**told["begun"]))
        else:
            done[told["done"]] = told["how"]
    return begun, done


def receipts() -> list[Derived]:
    """A receipt without the slow hash, which needs no database."""
    return [Derived(new_code(), os.urandom(8), os.urandom(32), new_key_pair())]


async def _any(tx: Transaction, fits: ColumnElement[bool]) -> str | None:
    found: str | None = await tx.scalar(select(Referral.id).where(fits).order_by(func.random()).limit(1))
    return found


def _decision(to: str) -> Decision:
    match to:
        case "declined":
            return Decision(to, life.REASONS[0], life.ALTERNATIVES[0])
        case "transferred":
            return Decision(to, None, life.ALTERNATIVES[0])
        case _:
            return Decision(to, adult_checked=True)
