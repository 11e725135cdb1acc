"""The board: the queue of this moment in numbers, and how long things took of late. Nobody is in it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
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
from sqlalchemy.orm import aliased

from services.database import Transaction
from services.referrals import clock, history, life, queue
from services.referrals.targets import Targets
from services.tables import Referral
from services.tables.clock import Clock, Step

Query: TypeAlias = Select[*tuple[Any, ...]]

PERIOD_S = 90 * 24 * 3600
KNOWN_S = 60
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
    """Requests of one urgency: those that nobody holds, that somebody works on, that are late, that soon are.

    Two of one person count once, but each is late by itself: somebody waits for an answer to each.
    """

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


@dataclass(frozen=True, slots=True)
class Period:
    """What the last 90 days say: `took`, `ended` and `silent` of the board."""

    took: Mapping[tuple[str, str], Took]
    ended: int
    silent: int


class Lately:
    """The last 90 days, reckoned at most once a minute in a process: it takes long, and hardly moves meanwhile."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._known: tuple[int, Period] | None = None

    async def of(self, tx: Transaction, at: int) -> Period:
        """What they say at `at`, or said less than a minute before."""
        if self._known is None or not 0 <= at - self._known[0] < KNOWN_S:
            self._known = at, await period(tx, at)
        return self._known[1]


async def board(tx: Transaction, targets: Targets, at: int, lately: Lately | None = None) -> Board:
    """The numbers of this moment; `lately`: where those of the last 90 days are kept for a minute."""
    past = await (lately or Lately()).of(tx, at)
    groups = list(await tx.execute(_groups(targets, at)))
    return Board(
        unanswered=sum(row.unanswered for row in groups),
        messages=sum(row.messages for row in groups),
        now=_now(groups),
        languages=_languages(groups),
        took=past.took,
        ended=past.ended,
        silent=past.silent,
        late_with=_late_with(groups),
    )


async def period(tx: Transaction, at: int) -> Period:
    """What the 90 days before `at` say."""
    ended, silent = (await tx.execute(_ended(at - PERIOD_S))).one()
    return Period(await _took(tx, at - PERIOD_S), ended or 0, silent or 0)


def _groups(targets: Targets, at: int) -> Query:
    """What goes on, counted by urgency, who holds it and languages: one look for all that is told of now."""
    once = queue.once()
    flags = {
        "waiting": queue.in_part("waiting") & once,
        "held": queue.in_part("held") & once,
        "once": once,
        "late": clock.late(targets, at),
        "soon": clock.soon_late(targets, at),
        "unanswered": clock.unanswered(targets, at),
        "messages": clock.RUNNING["reply"][0],
    }
    spoken = cast(Referral.languages, String).label("spoken")
    columns = [case((which, 1), else_=0).label(name) for name, which in flags.items()]
    each = _going_on(select(Referral.urgency, Referral.claimed_by, spoken, *columns)).subquery()
    group = (each.c.urgency, each.c.claimed_by, each.c.spoken)
    soon = func.sum(each.c.soon * (1 - each.c.late)).label("soon_late")
    return select(*group, *(func.sum(each.c[name]).label(name) for name in flags if name != "soon"), soon).group_by(
        *group
    )


def _now(groups: Sequence[Row[Any]]) -> Mapping[str, Now]:
    found: dict[str, Now] = {}
    for row in groups:
        so_far = found.get(row.urgency, Now())
        more = {field.name: getattr(so_far, field.name) + getattr(row, field.name) for field in fields(Now)}
        found[row.urgency] = Now(**more)
    return found


def _languages(groups: Sequence[Row[Any]]) -> Sequence[tuple[str, int, int]]:
    """Each language with how many requests go on in it, and how many of these are late."""
    many, late = Counter[str](), Counter[str]()
    for row in groups:
        for code in json.loads(row.spoken) or [NOT_SAID]:
            many[code] += row.once
            late[code] += row.late
    return [(code, many[code], late[code]) for code in sorted(many, key=lambda code: (-many[code], code))]


def _late_with(groups: Sequence[Row[Any]]) -> Mapping[int | None, int]:
    late = Counter[int | None]()
    for row in groups:
        late[row.claimed_by] += row.late
    return {who: many for who, many in late.items() if many}


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
    """What is under way, and what has ended and has a message that waits; each of both is found by an index."""
    going = aliased(Referral)
    found = union_all(
        select(going.id).where(going.state.in_(life.UNDER_WAY)),
        select(Clock.referral_id).where(Clock.wrote_at.is_not(None)),
    )
    joined = query.select_from(Referral).outerjoin(Clock, Clock.referral_id == Referral.id)
    return joined.where(Referral.id.in_(found), or_(Referral.state.in_(life.UNDER_WAY), clock.RUNNING["reply"][0]))


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))
