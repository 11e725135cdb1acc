"""The agenda in the database: planned, changed and called off by the coordination, read by everybody."""

import re
import secrets
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, update

from dialogs import agenda
from dialogs.agenda import MODULES, ORGANISATIONS, SIGN_UP_DAYS, TRAINING_STATES, TrainingDay
from dialogs.flows.referral.fields import LANGUAGES
from dialogs.library import time_of
from services import audit
from services.database import Transaction
from services.rights import Member, Refused
from services.tables.training import SignUp, Training

DEPARTMENT = re.compile(r"0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5]|97[1-68]")
TOWN = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’-])*")
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
DAY_S = 24 * 3600
MOST_SEATS = 100
MOST_DAYS = 3
LONGEST_TOWN, LONGEST_REMARK, LONGEST_MODULE, MOST_MODULES = 60, 300, 120, 10
ACTIVE = ("signed_up", "confirmed", "attended", "absent")  # a sign-up that stands


@dataclass(frozen=True, slots=True)
class Plan:
    """What the coordination fills in for a training; fields as in dialogs/agenda.Training."""

    days: tuple[TrainingDay, ...]
    town: str
    department: str
    seats: int
    modules: tuple[str, ...] = ()
    own_modules: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    language: str = "fr"
    remark: str = ""


def new_id(kind: str) -> str:
    """A short random id, for an address and for the audit: `kind` (one letter) and eight more."""
    return kind + "".join(secrets.choice(LETTERS) for _ in range(8))


async def known(tx: Transaction, at: int) -> tuple[agenda.Training, ...]:
    """The agenda, the soonest first: what is to come, and what a receipt may still be of."""
    query = _select().where(Training.ends_at > at - SIGN_UP_DAYS * DAY_S).order_by(Training.begins_at, Training.id)
    return tuple(_training(row) for row in await tx.execute(query))


async def past(tx: Transaction, at: int, most: int = 100) -> tuple[agenda.Training, ...]:
    """What is over, the latest first."""
    query = _select().where(Training.ends_at <= at).order_by(Training.begins_at.desc(), Training.id).limit(most)
    return tuple(_training(row) for row in await tx.execute(query))


async def one(tx: Transaction, name: str) -> agenda.Training:
    """One training. Raises Refused: missing."""
    row = (await tx.execute(_select().where(Training.id == name))).one_or_none()
    if row is None:
        raise Refused("missing")
    return _training(row)


async def lock(tx: Transaction, name: str) -> None:
    """Keep a training, and the order of its sign-ups, to this transaction. Nothing is locked where there is none."""
    await tx.execute(select(Training.id).where(Training.id == name).with_for_update())


async def plan(tx: Transaction, member: Member, planned: Plan, at: int) -> str:
    """Announce a training; its id.

    Raises Refused: not_allowed, bad_training (a field is not as `faults` would have it).
    """
    member.need("training")
    if faults(planned):
        raise Refused("bad_training")
    name = new_id("t")
    values = _values(planned) | {"id": name, "state": "open", "revision": 1, "changed_at": at}
    await tx.execute(insert(Training).values(values))
    await audit.record(tx, at, str(member.id), "planned", detail=f"training:{name}")
    return name


async def change(tx: Transaction, member: Member, name: str, planned: Plan, revision: int, at: int) -> None:
    """Announce it anew. Nobody loses a seat by it.

    Raises Refused: not_allowed, missing, changed (somebody else did meanwhile), bad_training, seats_taken (fewer seats
    than are held).
    """
    training = await _held(tx, member, name, revision)
    if faults(planned):
        raise Refused("bad_training")
    if planned.seats < min(training.seats, training.signed_up):
        raise Refused("seats_taken")
    await _update(tx, name, _values(planned) | {"revision": revision + 1, "changed_at": at})
    await audit.record(tx, at, str(member.id), "replanned", detail=f"training:{name}")


async def set_state(tx: Transaction, member: Member, name: str, to: str, revision: int, at: int) -> None:
    """Open it, close the sign-up, or cancel it; a cancelled one stays so. Raises Refused: as `change`, not_possible."""
    training = await _held(tx, member, name, revision)
    if to not in TRAINING_STATES or training.state == "cancelled":
        raise Refused("not_possible")
    more = {"revision": revision + 1} if to == "cancelled" else {}
    await _update(tx, name, {"state": to, "changed_at": at, **more})
    await audit.record(tx, at, str(member.id), f"training_{to}", detail=f"training:{name}")


def faults(planned: Plan) -> tuple[str, ...]:
    """Which fields of a plan cannot be announced, by name."""
    checks = {
        "days": _days_fit(planned.days),
        "town": len(planned.town) <= LONGEST_TOWN and bool(TOWN.fullmatch(planned.town)),
        "department": bool(DEPARTMENT.fullmatch(planned.department)),
        "seats": 1 <= planned.seats <= MOST_SEATS,
        "modules": set(planned.modules) <= set(MODULES) and bool(planned.modules or planned.own_modules),
        "own_modules": len(planned.own_modules) <= MOST_MODULES
        and all(0 < len(words) <= LONGEST_MODULE for words in planned.own_modules),
        "audience": set(planned.audience) <= set(ORGANISATIONS),
        "language": planned.language in LANGUAGES,
        "remark": len(planned.remark) <= LONGEST_REMARK,
    }
    return tuple(name for name, fits in checks.items() if not fits)


def _days_fit(days: tuple[TrainingDay, ...]) -> bool:
    """Whether the days follow each other, each with its end after its beginning, in the years that calendars know."""
    try:
        times = [(time_of(one.day, one.begins), time_of(one.day, one.ends)) for one in days]
        dates = [date.fromisoformat(one.day) for one in days]
    except (ValueError, OverflowError):
        return False
    follow = all(earlier < later for earlier, later in pairwise(dates))
    likely = all(2020 <= day.year <= 2100 for day in dates)
    return 0 < len(days) <= MOST_DAYS and follow and likely and all(begins < ends for begins, ends in times)


def _values(planned: Plan) -> dict[str, Any]:
    first, last = planned.days[0], planned.days[-1]
    own = ("town", "department", "seats", "modules", "own_modules", "audience", "language", "remark")
    return {name: getattr(planned, name) for name in own} | {
        "days": tuple(f"{one.day} {one.begins} {one.ends}" for one in planned.days),
        "begins_at": time_of(first.day, first.begins),
        "ends_at": time_of(last.day, last.ends),
    }


async def _held(tx: Transaction, member: Member, name: str, revision: int) -> agenda.Training:
    member.need("training")
    await lock(tx, name)
    training = await one(tx, name)
    if training.revision != revision:
        raise Refused("changed")
    return training


async def _update(tx: Transaction, name: str, values: dict[str, Any]) -> None:
    await tx.execute(update(Training).where(Training.id == name).values(values))


def standing() -> ColumnElement[bool]:
    """The sign-ups of a training that stand."""
    return (SignUp.training_id == Training.id) & SignUp.state.in_(ACTIVE)


def _select() -> Select[Any]:
    signed_up = select(func.count()).select_from(SignUp).where(standing()).scalar_subquery()
    return select(Training.__table__, signed_up.label("signed_up"))


def _training(row: Row[Any]) -> agenda.Training:
    days = tuple(TrainingDay(*one.split(" ")) for one in row.days)
    return agenda.Training(**dict(row._mapping) | {"days": days})
