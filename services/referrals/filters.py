"""Which part of the queue somebody wants to see: by what was asked, by who holds it, by how long it has waited."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, String, cast

from services.referrals import clock
from services.referrals.targets import Targets
from services.tables import Referral
from services.tables.clock import Clock

Whose: TypeAlias = Literal["mine", "free", "others"]
Waits: TypeAlias = Literal["late", "soon_late", "wrote", "unanswered"]
Group: TypeAlias = Literal["adults", "minors"]
WHOSE: tuple[Whose, ...] = get_args(Whose)
WAITS: tuple[Waits, ...] = get_args(Waits)
GROUPS: tuple[Group, ...] = get_args(Group)
NOT_SAID = "none"
Conditions: TypeAlias = Sequence[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted; "" for whatever there is. `waits`: late, soon late, a message, no answer in time."""

    urgency: str = ""
    language: str = ""
    department: str = ""
    form: str = ""
    whose: str = ""
    waits: str = ""
    group: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return any(getattr(self, field.name) for field in fields(self))


def conditions(wanted: Wanted, member: int, targets: Targets, at: int) -> Conditions:
    """The conditions of what is wanted, for a query that joins `Clock`. What is not known matches nothing."""
    found: list[ColumnElement[bool]] = []
    if wanted.urgency:
        found.append(Referral.urgency == wanted.urgency)
    if wanted.department:
        none = wanted.department == NOT_SAID
        found.append(Referral.department.is_(None) if none else Referral.department == wanted.department)
    for column, code in ((Referral.languages, wanted.language), (Referral.forms, wanted.form)):
        if code:
            found.append(cast(column, String).contains(f'"{code}"', autoescape=True))
    if wanted.whose:
        found.append(_whose(wanted.whose, member))
    if wanted.waits:
        found.append(_waits(wanted.waits, targets, at))
    if wanted.group:
        found.append(of_minors() if wanted.group == "minors" else ~of_minors())
    return found


def of_minors() -> ColumnElement[bool]:
    """Those for child protection."""
    return Referral.liaison | (Referral.age_group == "minor")


def _whose(whose: str, member: int) -> ColumnElement[bool]:
    mine = Referral.claimed_by == member
    return {"mine": mine, "free": Referral.claimed_by.is_(None)}.get(whose, ~mine)


def _waits(waits: str, targets: Targets, at: int) -> ColumnElement[bool]:
    match waits:
        case "late":
            return clock.late(targets, at)
        case "soon_late":
            return clock.soon_late(targets, at)
        case "unanswered":
            return clock.unanswered(targets, at)
        case _:
            return Clock.wrote_at.is_not(None)
