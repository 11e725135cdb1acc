"""The coordinators' queue, read: what waits, who holds it, what has ended."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from dialogs.commands import NO_SHELTER
from services.database import Transaction
from services.referrals import clock, life
from services.referrals.filters import of_minors
from services.referrals.steps import Stands
from services.rights import Refused
from services.sealing import bound
from services.tables import Coordinator, Message, Referral, SealedKey
from services.tables.clock import Clock

PAGE = 100
ENDED_ORDER = (Referral.ended_at.desc(), Referral.id)
Part: TypeAlias = Literal["waiting", "held", "ended", "any"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class Queued:
    """A referral's clear fields, its state and its claim; nothing of what is sealed.

    Times are Unix seconds, `safe_until` is a day (YYYY-MM-DD); `revision` changes with every act on the referral.
    `unread`: how many messages came that nobody has opened, the newest `heard_at` (0: none).
    `begun_at`, `free_since`, `answered_at`, `wrote_at`: services/tables/clock.py.
    `liaison`: it concerns a minor, for child protection; it is never matched with a place.
    """

    id: str
    created_at: int
    state: life.State
    referrer: str
    liaison: bool
    urgency: str
    age_group: str
    gender: str
    department: str | None
    avoid: tuple[str, ...]
    languages: tuple[str, ...]
    interpreter: str
    forms: tuple[str, ...]
    needs: tuple[str, ...]
    pregnancy: str
    dependants: tuple[str, ...]
    status: str
    complaint: str
    wishes: tuple[str, ...]
    safe_until: str | None
    consent_hash: bytes
    consent_language: str
    consent_version: str
    claimed_by: int | None
    claimed_at: int | None
    decline_reason: str | None
    decline_alternative: str | None
    ended_at: int | None
    acknowledged_at: int | None
    read_message: int
    call_checked_at: int | None
    same_as: str | None
    claimant: str | None
    sealed: bool
    last_message: int
    unread: int
    heard_at: int
    begun_at: int
    free_since: int
    answered_at: int | None
    wrote_at: int | None

    @property
    def for_a_minor(self) -> bool:
        """Whether it is for child protection, and so never for a place."""
        return self.liaison or self.age_group == "minor"

    @property
    def stands(self) -> Stands:
        """What a step of it goes by, where it was locked before it was read."""
        return Stands(self.state, self.for_a_minor, self.ended_at, self.claimed_by)

    @property
    def waits(self) -> clock.Waits:
        """What its clocks go by."""
        times = (self.begun_at, self.free_since, self.answered_at, self.wrote_at)
        return clock.Waits(self.state, self.urgency, self.claimed_by, *times, unread=self.unread)

    @property
    def revision(self) -> str:
        """A short digest of what an act changes: state, claim, decision, messages."""
        told = (
            self.state, self.claimed_by, self.claimed_at, self.decline_reason, self.ended_at, self.last_message,
            self.call_checked_at, self.same_as, self.liaison,
        )  # fmt: skip
        return hashlib.blake2b(bound(*(str(part) for part in told)), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """At most a hundred referrals of a part of the queue; `more`: whether others follow."""

    rows: Sequence[Queued] = ()
    more: bool = False


async def page(
    tx: Transaction, part: Part, number: int, *, minors: bool, wanted: Sequence[ColumnElement[bool]] = ()
) -> Page:
    """The page of that number, from 0, of the adults or of the minors in a part of the queue, as far as `wanted`.

    The most urgent first, then the roof that ends soonest, then the longest wait; what has ended: the newest first.
    Only the ids of a part are put in order; the rest is read for the page alone.
    """
    ids = _ids(part, minors).where(*wanted).offset(number * PAGE).limit(PAGE + 1)
    found = list(await tx.scalars(ids))
    shown = await tx.execute(_shown(part == "ended"), {"ids": found[:PAGE]})
    return Page([_queued(row) for row in shown], len(found) > PAGE)


def in_part(part: Part) -> ColumnElement[bool]:
    """The referrals of a part of the queue. One that was put back waits, in whatever state its work had come to."""
    match part:
        case "ended":
            return Referral.state.in_(life.ENDED)
        case "any":
            return true()
        case "held":
            return Referral.state.in_(life.UNDER_WAY) & Referral.claimed_by.is_not(None)
        case _:
            return Referral.state.in_(life.UNDER_WAY) & Referral.claimed_by.is_(None)


async def held_by(tx: Transaction, member: int) -> int:
    """How many referrals a coordinator holds."""
    mine = (Referral.claimed_by == member) & Referral.state.in_(life.HELD)
    return await tx.scalar(select(func.count()).select_from(Referral).where(mine)) or 0


async def count(tx: Transaction, *which: ColumnElement[bool]) -> int:
    """How many referrals there are of those."""
    joined = select(func.count()).select_from(Referral).outerjoin(Clock, Clock.referral_id == Referral.id)
    return await tx.scalar(joined.where(*which)) or 0


async def one(tx: Transaction, referral_id: str) -> Queued:
    """One referral. Raises Refused: missing."""
    row = (await tx.execute(_one(), {"referral": referral_id})).one_or_none()
    if row is None:
        raise Refused("missing")
    return _queued(row)


async def counts(tx: Transaction) -> Mapping[str, int]:
    """How many referrals are in each state and in each part of the queue; two of one person count once.

    `immediate`: of those that nobody holds; `unread`: with new messages.
    """
    held = Referral.claimed_by.is_not(None)
    query = select(Referral.state, held, Referral.urgency, func.count())
    query = query.where(once()).group_by(Referral.state, held, Referral.urgency)
    told = dict.fromkeys((*life.STATES, *PARTS, "immediate"), 0)
    for state, claimed, urgency, many in await tx.execute(query):
        part = "ended" if state in life.ENDED else "held" if claimed else "waiting"
        now = ("immediate",) if urgency == "immediate" and part == "waiting" else ()
        for name in (state, part, *now):
            told[name] += many
    unread = await tx.scalar(select(func.count()).select_from(Referral).where(exists().where(clock.unread())))
    return told | {"unread": unread or 0}


def once() -> ColumnElement[bool]:
    """Of requests of one person: the first. Another one counts only while it is worked on and the first is not."""
    first = aliased(Referral)
    others = exists().where(first.id == Referral.same_as, first.state.in_(life.UNDER_WAY))
    return or_(Referral.same_as.is_(None), Referral.state.in_(life.UNDER_WAY) & ~others)


async def triage_rows(tx: Transaction) -> list[dict[str, object]]:
    """Every referral as `passerelle queue list --json` prints it: what waits first, what has ended last."""
    part = case((in_part("waiting"), 0), (in_part("held"), 1), else_=2)
    return [_triage(_queued(row)) for row in await tx.execute(_select().order_by(part, *order()))]


@cache
def _ids(part: Part, minors: bool) -> Select[Any]:
    """The ids of a part, in its order."""
    of = of_minors() if minors else ~of_minors()
    ids = select(Referral.id).outerjoin(Clock, Clock.referral_id == Referral.id)
    return ids.where(in_part(part), of).order_by(*(ENDED_ORDER if part == "ended" else order()))


@cache
def _shown(ended: bool) -> Select[Any]:
    some = Referral.id.in_(bindparam("ids", expanding=True))
    return _select().where(some).order_by(*(ENDED_ORDER if ended else order()))


@cache
def _one() -> Select[Any]:
    return _select().where(Referral.id == bindparam("referral"))


def _select() -> Select[Any]:
    sealed = exists().where(SealedKey.referral_id == Referral.id)
    last = select(func.coalesce(func.max(Message.id), 0)).where(Message.referral_id == Referral.id).scalar_subquery()
    claimant = select(Coordinator.name).where(Coordinator.id == Referral.claimed_by).scalar_subquery()
    new = clock.unread()
    return select(
        Referral.__table__,
        claimant.label("claimant"),
        sealed.label("sealed"),
        last.label("last_message"),
        select(func.count()).select_from(Message).where(new).scalar_subquery().label("unread"),
        select(func.coalesce(func.max(Message.created_at), 0)).where(new).scalar_subquery().label("heard_at"),
        func.coalesce(Clock.begun_at, Referral.created_at).label("begun_at"),
        func.coalesce(Clock.free_since, Referral.created_at).label("free_since"),
        Clock.answered_at,
        Clock.wrote_at,
    ).outerjoin(Clock, Clock.referral_id == Referral.id)


def order() -> tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]:
    """The queue's order: urgency, then how soon the roof ends, then the wait."""
    urgency = case((Referral.urgency == "immediate", 0), (Referral.urgency == "soon", 1), else_=2)
    return (urgency, Referral.safe_until.is_(None), Referral.safe_until, Referral.created_at, Referral.id)


def _queued(row: Row[Any]) -> Queued:
    return Queued(**row._mapping)


def _triage(referral: Queued) -> dict[str, object]:
    return {
        "id": referral.id,
        "created": datetime.fromtimestamp(referral.created_at, UTC).isoformat().replace("+00:00", "Z"),
        "state": referral.state,
        "urgency": referral.urgency,
        "age_group": referral.age_group,
        "department": referral.department,
        "avoid": list(referral.avoid),
        "languages": list(referral.languages),
        "forms": list(referral.forms),
        "needs": list(referral.needs),
        "safe_until": "none" if referral.safe_until == NO_SHELTER else referral.safe_until,
        "referrer": referral.referrer,
        "sealed": referral.sealed,
    }
