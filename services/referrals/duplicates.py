"""Likely the same person twice: a readable rule over the clear fields of two referrals, and those that it finds.

It only shows: whether they are of one person, somebody of the coordination asks, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from services.database import Transaction
from services.referrals.queue import Queued
from services.tables import Referral

DAY = 24 * 3600
NEAR = 14 * DAY
ENOUGH = 3
MOST = 5
LOOKED_AT = 200  # rows of the same days
UNSAID = ("unknown", "unsaid", "any", "none", "", None)
# One value each: where both are said and differ, it is somebody else. (A département may be told less exactly.)
ONE_OF = ("age_group", "gender", "department", "pregnancy")
# Several: what both have in common speaks for it, and nothing against it.
SOME_OF = ("languages", "forms", "needs", "dependants", "avoid")
COMMON = ("fr", "en")  # languages that many have: they say nothing


@dataclass(frozen=True, slots=True)
class Alike:
    """A referral that may be of the same person, and the fields that speak for it."""

    id: str
    state: str
    created_at: int
    fields: tuple[str, ...]


def shared(one: object, other: object) -> tuple[str, ...] | None:
    """The fields that two referrals have in common; None where something speaks against one person.

    Both have the attributes of dialogs/commands.py:Triage.
    """
    found = []
    for field in ONE_OF:
        here, there = getattr(one, field), getattr(other, field)
        if here in UNSAID or there in UNSAID:
            continue
        if here != there:
            return None
        found.append(field)
    return (*found, *(field for field in SOME_OF if _common(field, one, other)))


def likely(fields: Sequence[str] | None) -> bool:
    """Whether so much in common is likely one person: a place or a language among three fields."""
    return fields is not None and len(fields) >= ENOUGH and not {"department", "languages"}.isdisjoint(fields)


async def alike(tx: Transaction, referral: Queued) -> Sequence[Alike]:
    """The referrals of two weeks before, not taken back, that may be of the same person: the nearest first.

    Of two that came in one second one is the older by its id, so that no two are linked to each other.
    """
    near = Referral.created_at.between(referral.created_at - NEAR, referral.created_at)
    older = (Referral.created_at < referral.created_at) | (Referral.id < referral.id)
    query = select(Referral.__table__).where(near, older, Referral.state != "withdrawn")
    rows = await tx.execute(query.order_by(Referral.created_at.desc()).limit(LOOKED_AT))
    judged = ((row, shared(referral, row)) for row in rows)
    found = [Alike(row.id, row.state, row.created_at, fields) for row, fields in judged if fields and likely(fields)]
    return found[:MOST]


def _common(field: str, one: object, other: object) -> bool:
    both = set(getattr(one, field)) & set(getattr(other, field))
    return bool(both - {*COMMON, "unknown", "other", "none"})
