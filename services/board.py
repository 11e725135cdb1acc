"""The board: the queue of this moment in numbers, and how long things took of late. Nobody is in it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from services import clock, history, life, queue
from services.database import Transaction
from services.tables import Referral
from services.tables_clock import Clock, Step
from services.targets import Targets

Query: TypeAlias = Select[*tuple[Any, ...]]

PERIOD_S = 90 * 24 * 3600
NOT_SAID = ""
STEPS: Mapping[str, tuple[str, ...]] = {
    "acknowledge": ("acknowledged",),
    "claim": ("claimed",),
    "answer": (history.ANSWERED,),
    "outcome": ("arrived", "passed_on", *life.ENDED),
}
"""What is measured from when a request was sent, and with which of its steps it ends: the first of them."""


@dataclass(frozen=True, slots=True)
class Now:
    """Requests of one urgency: those that nobody holds, that somebody works on, that are late, that soon are."""

    waiting: int = 0
    held: int = 0
    late: int = 0
    soon_late: int = 0


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, in seconds: for half of `count` requests at most `median`, for nine in ten `most`."""

    count: int
    median: int
    most: int


@dataclass(frozen=True, slots=True)
class Board:
    """All the numbers. `unanswered`: that nobody answered in time. By urgency; languages by those asked for most.

    `took`: by what is measured and urgency. `silent`, of `ended`: how many ended in the period without any answer.
    `late_with`: how many late ones each coordinator holds; under None those that nobody does.
    """

    unanswered: int
    messages: int
    now: Mapping[str, Now]
    languages: Sequence[tuple[str, int, int]]
    took: Mapping[tuple[str, str], Took]
    ended: int
    silent: int
    late_with: Mapping[int | None, int]


async def board(tx: Transaction, targets: Targets, at: int) -> Board:
    """The numbers of this moment."""
    ended, silent = (await tx.execute(_ended(at - PERIOD_S))).one()
    return Board(
        unanswered=await queue.count(tx, clock.unanswered(targets, at)),
        messages=await queue.count(tx, clock.RUNNING["reply"][0]),
        now=await _now(tx, targets, at),
        languages=await _languages(tx, targets, at),
        took=await _took(tx, at - PERIOD_S),
        ended=ended or 0,
        silent=silent or 0,
        late_with=await _late_with(tx, targets, at),
    )


async def _now(tx: Transaction, targets: Targets, at: int) -> Mapping[str, Now]:
    late, soon = clock.late(targets, at), clock.soon_late(targets, at)
    columns = (queue.in_part("waiting"), queue.in_part("held"), late, soon & ~late)
    query = _going_on(select(Referral.urgency, *map(_sum, columns))).group_by(Referral.urgency)
    return {row[0]: Now(*row[1:]) for row in await tx.execute(query)}


async def _languages(tx: Transaction, targets: Targets, at: int) -> Sequence[tuple[str, int, int]]:
    """Each language with how many requests go on in it, and how many of these are late."""
    spoken = cast(Referral.languages, String)
    query = _going_on(select(spoken, func.count(), _sum(clock.late(targets, at)))).group_by(spoken)
    many, late = Counter[str](), Counter[str]()
    for told, count, behind in await tx.execute(query):
        for code in json.loads(told) or [NOT_SAID]:
            many[code] += count
            late[code] += behind
    return [(code, many[code], late[code]) for code in sorted(many, key=lambda code: (-many[code], code))]


async def _late_with(tx: Transaction, targets: Targets, at: int) -> Mapping[int | None, int]:
    query = _going_on(select(Referral.claimed_by, func.count())).where(clock.late(targets, at))
    return {row[0]: row[1] for row in await tx.execute(query.group_by(Referral.claimed_by))}


async def _took(tx: Transaction, since: int) -> Mapping[tuple[str, str], Took]:
    """The middle one and the one that nine in ten do not exceed, by rank."""
    lasted = _lasted(since).subquery()
    group = (lasted.c.stage, lasted.c.urgency)
    rank = func.row_number().over(partition_by=group, order_by=lasted.c.seconds).label("rank")
    many = func.count().over(partition_by=group).label("many")
    ranked = select(*group, lasted.c.seconds, rank, many).subquery()
    middle, ninth = (ranked.c.many + 1) // 2, (9 * ranked.c.many + 9) // 10
    wanted = select(ranked).where(or_(ranked.c.rank == middle, ranked.c.rank == ninth))
    found: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in await tx.execute(wanted.order_by(ranked.c.seconds)):
        found.setdefault((row.stage, row.urgency), []).append(row)
    return {key: Took(rows[0].many, rows[0].seconds, rows[-1].seconds) for key, rows in found.items()}


def _lasted(since: int) -> CompoundSelect[*tuple[Any, ...]]:
    """Of each request of the period: how long each thing took that has happened."""
    return union_all(*(_until(stage, steps, since) for stage, steps in STEPS.items()))


def _until(stage: str, steps: Sequence[str], since: int) -> Query:
    seconds = (func.min(Step.at) - Referral.created_at).label("seconds")
    return (
        select(literal(stage).label("stage"), Referral.urgency, seconds)
        .join(Step, Step.referral_id == Referral.id)
        .where(Step.step.in_(steps), Step.at > since, Referral.created_at > since)
        .group_by(Referral.id, Referral.urgency, Referral.created_at)
    )


def _ended(since: int) -> Query:
    """How many ended in the period, and how many of these without any answer."""
    joined = select(func.count(), _sum(Clock.answered_at.is_(None))).select_from(Referral)
    return joined.outerjoin(Clock, Clock.referral_id == Referral.id).where(Referral.ended_at > since)


def _going_on(query: Query) -> Query:
    """What is under way, and what has ended and has a message that waits."""
    joined = query.select_from(Referral).outerjoin(Clock, Clock.referral_id == Referral.id)
    return joined.where(or_(Referral.state.in_(life.UNDER_WAY), clock.RUNNING["reply"][0]))


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))
