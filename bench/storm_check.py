"""After the storm: nothing that was confirmed is missing, nothing is there twice, and states went along the table."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import func, select

from bench.storm import NO_TOKEN, Act, Stage, noted
from services import audit
from services.database import Database, Transaction
from services.referrals import life, messages, referrals
from services.referrals.history import ANSWERED
from services.referrals.life import Who
from services.tables import Message, MessageCopy, Receipt, Referral, SealedKey, SealedPart
from services.tables.audit import AuditRecord
from services.tables.clock import Step
from services.tools import handing_in


@dataclass(frozen=True, slots=True)
class Said:
    """What all journals say: the acts that were begun, and how those ended that were done."""

    begun: Sequence[Act]
    done: Mapping[str, str]

    def of(self, kind: str) -> Iterator[Act]:
        """The acts of a kind."""
        return (act for act in self.begun if act.kind == kind)

    def sure(self, kind: str) -> Iterator[Act]:
        """Those that were confirmed."""
        return (act for act in self.of(kind) if self.done.get(act.id) in ("ok", "seen"))


def journals(stage: Stage) -> Said:
    """All of them."""
    read = [noted(stage.folder / f"journal-{number}") for number in stage.people]
    return Said(
        [act for begun, _ in read for act in begun], {name: how for _, done in read for name, how in done.items()}
    )


async def faults(database: Database, stage: Stage) -> list[str]:
    """Everything that is wrong, in words; nothing when nothing was lost."""
    said, found = journals(stage), list[str]()
    async with database.read() as tx:
        withdrawn = set(await tx.scalars(select(Referral.id).where(Referral.state == "withdrawn")))
        found += [f"{act.id} was begun and never ended" for act in said.begun if act.id not in said.done]
        found += [f"{act.id}: {said.done[act.id]}" for act in said.begun if "mistake" in said.done.get(act.id, "")]
        found += [line async for line in _submitted(tx, stage, said, withdrawn)]
        found += [line async for line in _written(tx, stage, said, withdrawn)]
        found += [line async for line in _recorded(tx, stage, said)]
        found += [line async for line in _states(tx)]
        broken = await audit.verify(tx)
        found += [f"the audit is broken at record {broken.id}"] if broken else []
    return found


async def _submitted(tx: Transaction, stage: Stage, said: Said, withdrawn: set[str]) -> AsyncIterator[str]:
    """Each referral whole and once: its receipt, its key, its note, its record."""
    there = set(await tx.scalars(select(Referral.id)))
    begun = {handing_in.referral_of(NO_TOKEN, act.id): act for act in said.of("submit")}
    for act in said.sure("submit"):
        if act.referral not in there:
            yield f"referral {act.referral} was confirmed and is lost"
    for referral in there:
        if referral not in begun:
            yield f"referral {referral} was handed in by nobody"
            continue
        kept = [await _count(tx, table, referral) for table in (Receipt, SealedKey, SealedPart)]
        records = Counter(record.action for record in await audit.of_referral(tx, referral))
        if kept != ([1, 0, 0] if referral in withdrawn else [1, 1, 1]) or records["submitted"] != 1:
            yield f"referral {referral} is there in part: {kept}, {dict(records)}"
        elif referral not in withdrawn:
            note = (await referrals.read_sealed(tx, referral, stage.private)).get("note")
            if note != f"note {begun[referral].id}":
                yield f"the note of {referral} is another one"


async def _written(tx: Transaction, stage: Stage, said: Said, withdrawn: set[str]) -> AsyncIterator[str]:
    """Each message once, and both its copies; of what was withdrawn, none."""
    read: Counter[str] = Counter()
    for referral in await tx.scalars(select(Message.referral_id).distinct()):
        if referral in withdrawn:
            yield f"{referral} was withdrawn, and has messages"
        read.update(letter.text for letter in await messages.read_for_coordination(tx, referral, stage.private))
    begun = {act.id for kind in ("write", "answer") for act in said.of(kind)}
    for text in [text for text, times in read.items() if times > 1 or text not in begun]:
        yield f"message {text} is there {read[text]} times"
    for kind in ("write", "answer"):
        for act in said.sure(kind):
            if act.referral not in withdrawn and read[act.id] != 1:
                yield f"{kind} {act.id} was confirmed and is there {read[act.id]} times"
    copies = await tx.scalar(select(func.count()).select_from(MessageCopy)) or 0
    if copies != 2 * sum(read.values()):
        yield f"{sum(read.values())} messages have {copies} copies"


async def _recorded(tx: Transaction, stage: Stage, said: Said) -> AsyncIterator[str]:
    """Each act of the desk is in the audit: once where it was confirmed, at most once where it was begun."""
    names = {"claim": "claimed", "release": "released", "answer": "answered", "decide": "set_state"}
    rows = await tx.execute(
        select(AuditRecord.actor, AuditRecord.action, AuditRecord.referral_id, func.count()).group_by(
            AuditRecord.actor, AuditRecord.action, AuditRecord.referral_id
        )
    )
    there = {(row[0], row[1], row[2]): row[3] for row in rows}
    for number in stage.people:
        begun, done = noted(stage.folder / f"journal-{number}")
        for kind, action in names.items():
            tried = Counter(act.referral for act in begun if act.kind == kind)
            sure = Counter(act.referral for act in begun if act.kind == kind and done.get(act.id) == "ok")
            for referral in tried:
                times = there.get((str(number), action, referral), 0)
                if not sure[referral] <= times <= tried[referral]:
                    yield f"{number} {action} {referral}: {sure[referral]} confirmed, {times} recorded"


async def _states(tx: Transaction) -> AsyncIterator[str]:
    """Follow the records of each referral along the table: they lead to where it stands, and to who holds it."""
    now = {row.id: row for row in await tx.execute(select(Referral.id, Referral.state, Referral.claimed_by))}
    state: dict[str, str] = dict.fromkeys(now, "received")
    holder: dict[str, str | None] = dict.fromkeys(now)
    rows = await tx.execute(
        select(AuditRecord.actor, AuditRecord.action, AuditRecord.referral_id, AuditRecord.detail).order_by(
            AuditRecord.id
        )
    )
    for actor, action, referral, detail in rows:
        if referral is None:
            continue
        to, held = _after(action, detail, state[referral], holder[referral], actor)
        if action == "claimed" and holder[referral] is not None:
            yield f"{referral} was claimed by {actor} while {holder[referral]} held it"
        if to != state[referral] and not _allowed(state[referral], to):
            yield f"{referral} went from {state[referral]} to {to}"
        state[referral], holder[referral] = to, held
    steps: dict[str, list[str]] = {referral: [] for referral in now}
    for step in await tx.execute(select(Step.referral_id, Step.step).where(Step.step != ANSWERED).order_by(Step.id)):
        steps[step.referral_id].append(step.step)
    for referral, path in steps.items():
        if path[:1] != ["received"] or path[-1] != now[referral].state or not all(map(_allowed, path, path[1:])):
            yield f"{referral} is {now[referral].state}; its history is {' → '.join(path)}"
    for referral, row in now.items():
        claimed = None if row.claimed_by is None else str(row.claimed_by)
        if row.state != state[referral] or (claimed != holder[referral] and row.state in life.HELD):
            yield f"{referral} is {row.state} of {claimed}; its records say {state[referral]} of {holder[referral]}"


def _after(action: str, detail: str, state: str, holder: str | None, actor: str) -> tuple[str, str | None]:
    """Where an act leads, and who holds it then."""
    match action:
        case "submitted":  # it is acknowledged at once, by itself, which is nobody's act
            return "acknowledged", None
        case "claimed":
            return ("claimed" if state in life.WAITING else state), actor
        case "released":
            return ("acknowledged" if state == "claimed" else state), None
        case "withdrawn":
            return "withdrawn", holder
        case "set_state":
            to = detail.partition(":")[0]
            return to, (None if to in life.WAITING else holder)
        case _:
            return state, holder


def _allowed(start: str, to: str) -> bool:
    return life.may(start, to, get_args(Who), minor=False)


async def _count(tx: Transaction, table: type[Receipt | SealedKey | SealedPart], referral: str) -> int:
    return int(await tx.scalar(select(func.count()).select_from(table).where(table.referral_id == referral)) or 0)
