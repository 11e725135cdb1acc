"""The coordinators' queue: what waits, who holds it, what each state allows, and what only a claim opens."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from dialogs.events import Holder
from services import audit, coordinators, messages, referrals
from services.database import Transaction
from services.rights import Member, Opened, Refused
from services.sealing import Unreadable, bound
from services.tables import Coordinator, Message, Referral, SealedKey

State: TypeAlias = Literal["received", "claimed", "accepted", "declined", "closed", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)

# What may follow each state. received → claimed is `claim`, claimed → received is `release`, withdrawn is the
# person's; the rest is `set_state`, by the one who holds the claim or a supervisor.
NEXT: Mapping[State, tuple[State, ...]] = {
    "received": ("claimed", "withdrawn"),
    "claimed": ("received", "accepted", "declined", "withdrawn"),
    "accepted": ("received", "declined", "closed", "withdrawn"),
    "declined": ("closed", "withdrawn"),
    "closed": (),
    "withdrawn": (),
}
SETTABLE: tuple[State, ...] = ("accepted", "declined", "closed")
ENDED: tuple[State, ...] = ("declined", "closed", "withdrawn")
OPEN: tuple[State, ...] = ("claimed", "accepted", "declined")
REASONS = (
    "minor",
    "no_agreement",
    "conditions",
    "no_place",
    "emergency_first",
    "other_support",
    "double",
    "no_news",
)
ALTERNATIVES = ("siao", "local_partner", "child_protection", "ccem", "emergency", "other_department")
LONGEST_ANSWER = 4000
PAGE = 100
Part: TypeAlias = Literal["waiting", "held", "ended"]
IN_PART: Mapping[Part, tuple[State, ...]] = {"waiting": ("received",), "held": coordinators.HELD, "ended": ENDED}


@dataclass(frozen=True, slots=True)
class Queued:
    """A referral's clear fields, its state and its claim; nothing of what is sealed.

    Times are Unix seconds, `safe_until` is a day (YYYY-MM-DD); `revision` changes with every act on the referral.
    `unread`: how many messages came that nobody has opened, the newest `heard_at` (0: none).
    `liaison`: it concerns a minor, for child protection; it is never matched with a place.
    """

    id: str
    created_at: int
    state: State
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
    read_message: int
    claimant: str | None
    sealed: bool
    last_message: int
    unread: int
    heard_at: int

    @property
    def for_a_minor(self) -> bool:
        """Whether it is for child protection, and so never for a place."""
        return self.liaison or self.age_group == "minor"

    @property
    def revision(self) -> str:
        """A short digest of what an act changes: state, claim, decision, messages."""
        told = (self.state, self.claimed_by, self.claimed_at, self.decline_reason, self.ended_at, self.last_message)
        return hashlib.blake2b(bound(*(str(part) for part in told)), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a claim opens: the sealed fields by purpose (`note`, `callback`), and the exchange, oldest first."""

    parts: Mapping[str, str]
    letters: Sequence[messages.Exchanged]


@dataclass(frozen=True, slots=True)
class Page:
    """At most a hundred referrals of a part of the queue; `more`: whether others follow."""

    rows: Sequence[Queued] = ()
    more: bool = False


async def page(tx: Transaction, part: Part, number: int, *, minors: bool) -> Page:
    """The page of that number, from 0, of the adults or of the minors in a part of the queue.

    The most urgent first, then the roof that ends soonest, then the longest wait; what has ended: the newest first.
    Only the ids of a part are put in order; the rest is read for the page alone.
    """
    order = (Referral.ended_at.desc(), Referral.id) if part == "ended" else _order()
    ids = select(Referral.id).where(Referral.state.in_(IN_PART[part]), _of_minors() if minors else ~_of_minors())
    found = list(await tx.scalars(ids.order_by(*order).offset(number * PAGE).limit(PAGE + 1)))
    shown = await tx.execute(_select().where(Referral.id.in_(found[:PAGE])).order_by(*order))
    return Page([_queued(row) for row in shown], len(found) > PAGE)


async def held_by(tx: Transaction, member: int) -> int:
    """How many referrals a coordinator holds."""
    mine = (Referral.claimed_by == member) & Referral.state.in_(coordinators.HELD)
    return await tx.scalar(select(func.count()).select_from(Referral).where(mine)) or 0


async def one(tx: Transaction, referral_id: str) -> Queued:
    """One referral. Raises Refused: missing."""
    row = (await tx.execute(_select().where(Referral.id == referral_id))).one_or_none()
    if row is None:
        raise Refused("missing")
    return _queued(row)


async def counts(tx: Transaction) -> Mapping[str, int]:
    """How many referrals are in each state; `immediate`: of those that nobody holds; `unread`: with new messages."""
    immediate = case(((Referral.urgency == "immediate") & (Referral.state == "received"), 1), else_=0)
    query = select(Referral.state, func.count(), func.sum(immediate)).group_by(Referral.state)
    found = list(await tx.execute(query))
    unread = await tx.scalar(select(func.count()).select_from(Referral).where(exists().where(_new())))
    told = {"immediate": sum(row[2] for row in found), "unread": unread or 0}
    return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in found} | told


async def triage_rows(tx: Transaction) -> list[dict[str, object]]:
    """Every referral as `passerelle queue list --json` prints it: what waits first, what has ended last."""
    order = case((Referral.state == "received", 0), (Referral.state.in_(ENDED), 2), else_=1)
    return [_triage(_queued(row)) for row in await tx.execute(_select().order_by(order, *_order()))]


async def claim(tx: Transaction, referral_id: str, member: Member, at: int) -> None:
    """Take a referral that nobody holds; of many who try at once, one succeeds.

    Raises Refused: not_allowed, missing, taken (somebody was first, or it is not waiting any more).
    """
    member.need("work")
    free = (Referral.id == referral_id) & Referral.claimed_by.is_(None) & (Referral.state == "received")
    taken = {"state": "claimed", "claimed_by": member.id, "claimed_at": at}
    if (await tx.execute(update(Referral).where(free).values(taken))).rowcount != 1:
        await one(tx, referral_id)
        raise Refused("taken")
    await audit.record(tx, at, str(member.id), "claimed", referral_id)


async def release(tx: Transaction, referral_id: str, member: Member, revision: str, at: int) -> None:
    """Put a claimed or accepted referral back in the queue, for anybody to claim. Raises Refused: as `set_state`."""
    await _held(tx, referral_id, member, revision, to="received")
    back = {"state": "received", "claimed_by": None, "claimed_at": None}
    await tx.execute(update(Referral).where(Referral.id == referral_id).values(back))
    await audit.record(tx, at, str(member.id), "released", referral_id)


@dataclass(frozen=True, slots=True)
class Decision:
    """A state to set. `reason` and `alternative` are needed to decline; `adult_checked` to accept an unknown age."""

    to: str
    reason: str | None = None
    alternative: str | None = None
    adult_checked: bool = False


async def set_state(
    tx: Transaction, referral_id: str, member: Member, decision: Decision, revision: str, at: int
) -> None:
    """Accept, decline or close, by the one who holds the claim or a supervisor.

    For a minor's liaison, accepted says that the liaison is taken up: it is never for a place.
    Raises Refused: not_allowed, missing, not_yours, changed, not_possible, reason_needed, not_declined (a reason with
    another state), age_unchecked.
    """
    if decision.to not in SETTABLE:
        raise Refused("not_possible")
    held = await _held(tx, referral_id, member, revision, to=decision.to)
    values, detail = _decided(held, decision, at)
    await tx.execute(update(Referral).where(Referral.id == referral_id).values(values))
    await audit.record(tx, at, str(member.id), "set_state", referral_id, detail)


async def open_sealed(tx: Transaction, referral_id: str, opened: Opened, at: int) -> Unsealed:
    """Read what is sealed: only the one who holds the claim; every time is recorded.

    Raises Refused: not_allowed, no_access (no key), missing, not_yours, not_possible (not claimed, or over).
    """
    private = await _may_read(tx, referral_id, opened)
    await audit.record(tx, at, str(opened.member.id), "opened", referral_id)
    await messages.mark_read(tx, referral_id)
    try:
        parts = await referrals.read_sealed(tx, referral_id, private)
        return Unsealed(parts, await messages.read_for_coordination(tx, referral_id, private))
    except Unreadable:
        raise Refused("no_access") from None


async def answer(
    tx: Transaction,
    referral_id: str,
    opened: Opened,
    text: str,
    revision: str,
    at: int,
    to: Sequence[Holder] = messages.HOLDERS,
) -> None:
    """Write to the holders of the receipts, or to one of them. A form sent twice is refused the second time (changed).

    Raises Refused: as `open_sealed`; changed, empty, too_long (4,000 characters).
    """
    text = text.strip()
    if not text or len(text) > LONGEST_ANSWER:
        raise Refused("too_long" if text else "empty")
    await _may_read(tx, referral_id, opened)
    if (await one(tx, referral_id)).revision != revision:
        raise Refused("changed")
    await messages.post_from_coordination(tx, referral_id, text, at, to)
    await audit.record(tx, at, str(opened.member.id), "answered", referral_id)


async def _held(tx: Transaction, referral_id: str, member: Member, revision: str, to: str) -> Queued:
    """The referral, locked, once it is sure that `member` may bring it to state `to`."""
    member.need("work")
    referral = await _locked(tx, referral_id)
    if referral.claimed_by != member.id and not member.may("supervise"):
        raise Refused("not_yours")
    if referral.revision != revision:
        raise Refused("changed")
    if to not in NEXT[referral.state]:
        raise Refused("not_possible")
    return referral


async def _may_read(tx: Transaction, referral_id: str, opened: Opened) -> bytes:
    opened.member.need("open")
    referral = await _locked(tx, referral_id)
    if referral.claimed_by != opened.member.id:
        raise Refused("not_yours")
    if referral.state not in OPEN:
        raise Refused("not_possible")
    if opened.private_key is None:
        raise Refused("no_access")
    return opened.private_key


async def _locked(tx: Transaction, referral_id: str) -> Queued:
    await tx.execute(select(Referral.id).where(Referral.id == referral_id).with_for_update())
    return await one(tx, referral_id)


def _decided(referral: Queued, decision: Decision, at: int) -> tuple[dict[str, object], str]:
    """The columns to set, and the word for the audit."""
    if decision.to != "declined" and (decision.reason or decision.alternative):
        raise Refused("not_declined")
    match decision.to:
        case "declined":
            if decision.reason not in REASONS or decision.alternative not in ALTERNATIVES:
                raise Refused("reason_needed")
            told = {"decline_reason": decision.reason, "decline_alternative": decision.alternative}
            return {"state": "declined", "ended_at": at, **told}, f"declined:{decision.reason}:{decision.alternative}"
        case "accepted" if referral.for_a_minor:
            return {"state": "accepted"}, "liaison"
        case "accepted":
            if referral.age_group != "adult" and not decision.adult_checked:
                raise Refused("age_unchecked")
            return {"state": "accepted"}, "accepted"
        case _:
            return {"state": "closed", "ended_at": referral.ended_at or at}, "closed"


def _select() -> Select[Any]:
    sealed = exists().where(SealedKey.referral_id == Referral.id)
    last = select(func.coalesce(func.max(Message.id), 0)).where(Message.referral_id == Referral.id).scalar_subquery()
    claimant = select(Coordinator.name).where(Coordinator.id == Referral.claimed_by).scalar_subquery()
    new = _new()
    return select(
        Referral.__table__,
        claimant.label("claimant"),
        sealed.label("sealed"),
        last.label("last_message"),
        select(func.count()).select_from(Message).where(new).scalar_subquery().label("unread"),
        select(func.coalesce(func.max(Message.created_at), 0)).where(new).scalar_subquery().label("heard_at"),
    )


def _new() -> ColumnElement[bool]:
    """Messages to the coordination that nobody has opened."""
    return (
        (Message.referral_id == Referral.id) & (Message.author != "coordination") & (Message.id > Referral.read_message)
    )


def _of_minors() -> ColumnElement[bool]:
    """As `Queued.for_a_minor`."""
    return Referral.liaison | (Referral.age_group == "minor")


def _order() -> tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]:
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
        "safe_until": referral.safe_until,
        "referrer": referral.referrer,
        "sealed": referral.sealed,
    }
