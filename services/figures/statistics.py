"""The yearly figures: frozen once, a month after the year's end, of the referrals whose person agreed to be counted.

What is frozen stays as it is: who takes the agreement back later is counted no more in the years to come, and is not
taken off from what was made (the agreement says so). Only what may be shown is kept (services/figures/suppression.py).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, exists, func, insert, or_, select

from services import audit
from services.database import Transaction
from services.figures import counting
from services.figures.counting import CATEGORIES, SHARED
from services.figures.suppression import SMALLEST, hidden_cells, hidden_of
from services.tables import Referral
from services.tables.consent import FrozenYear, GivenConsent

PARIS = ZoneInfo("Europe/Paris")
FROZEN_IN_MONTH = 2
"""From the first day of this month on, the year before is frozen by itself: January is for what is still being done."""
Shown = int | None


class NotOver(ValueError):
    """The year has not come to its end: nothing can be frozen."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is shown of a year; None is a count that is hidden.

    `total`: of all who are counted, None under 11, and then nothing else is shown. `one_way`: by classification and
    category. `two_way`: by classification, then form, then category.
    """

    year: int
    frozen_at: int
    total: Shown
    one_way: Mapping[str, Mapping[str, Shown]]
    two_way: Mapping[str, Mapping[str, Mapping[str, Shown]]]

    @property
    def digest(self) -> str:
        """32 hexadecimal letters that change with any count; the record of who did what keeps them."""
        told = json.dumps([self.year, self.total, self.one_way, self.two_way], sort_keys=True)
        return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def made_of(people: Sequence[counting.Counted], year: int, at: int) -> Figures:
    """The figures of these referrals. Pure: the same referrals in any order give the same figures."""
    if len(people) < SMALLEST:
        return Figures(year, at, None, {}, {})
    counts = {name: counting.one_way(people, name) for name in CATEGORIES}
    hidden = {name: hidden_of(table) for name, table in counts.items()}
    one_way = {
        name: {category: None if category in hidden[name] else count for category, count in table.items()}
        for name, table in counts.items()
    }
    two_way = {name: _crossed(people, name, hidden) for name in CATEGORIES if name != SHARED}
    return Figures(year, at, len(people), one_way, two_way)


def _crossed(
    people: Sequence[counting.Counted], name: str, hidden: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, Shown]]:
    cells = counting.two_way(people, name)
    unshown = hidden_cells(cells, hidden[SHARED], hidden[name])
    return {
        form: {other: None if (form, other) in unshown else cells[form, other] for other in CATEGORIES[name]}
        for form in CATEGORIES[SHARED]
    }


async def freeze(tx: Transaction, year: int, at: int, actor: str = "system") -> Figures:
    """Make a year's figures, once; those that were made are given back as they are. Raises NotOver."""
    if year >= year_of(at):
        raise NotOver(f"{year} is not over")
    await audit.hold(tx)  # one process at a time
    if (made := await frozen(tx, year)) is not None:
        return made
    figures = made_of(await _counted(tx, year), year, at)
    content = {name: value for name, value in asdict(figures).items() if name not in ("year", "frozen_at")}
    await tx.execute(insert(FrozenYear), {"year": year, "frozen_at": at, "figures": content})
    await audit.record(tx, at, actor, "figures_frozen", detail=f"{year}:{figures.digest}")
    return figures


async def freeze_due(tx: Transaction, at: int) -> int | None:
    """Freeze the last year whose time has come, where anything was asked in it; the year, or None."""
    now = datetime.fromtimestamp(at, PARIS)
    year = now.year - (1 if now.month >= FROZEN_IN_MONTH else 2)
    if await frozen(tx, year) is not None or not await _any(tx, year):
        return None
    await freeze(tx, year, at)
    return year


async def frozen(tx: Transaction, year: int) -> Figures | None:
    """A year's figures, or None."""
    row = (await tx.execute(select(FrozenYear.__table__).where(FrozenYear.year == year))).one_or_none()
    return _read(row) if row is not None else None


async def years(tx: Transaction) -> Sequence[int]:
    """The years that were frozen, newest first."""
    return list(await tx.scalars(select(FrozenYear.year).order_by(FrozenYear.year.desc())))


def year_of(at: int) -> int:
    """The year in Paris of a time."""
    return datetime.fromtimestamp(at, PARIS).year


def _bounds(year: int) -> tuple[int, int]:
    first, next_first = (int(datetime(y, 1, 1, tzinfo=PARIS).timestamp()) for y in (year, year + 1))
    return first, next_first


async def _any(tx: Transaction, year: int) -> bool:
    begin, end = _bounds(year)
    within = (Referral.created_at >= begin) & (Referral.created_at < end)
    return bool(await tx.scalar(select(exists().where(within))))


async def _counted(tx: Transaction, year: int) -> Sequence[Row[Any]]:
    """The referrals of a year whose person agrees to be counted, and that were not taken back; each person once."""
    begin, end = _bounds(year)
    within = (Referral.created_at >= begin) & (Referral.created_at < end)
    rows = list(await tx.execute(select(Referral.__table__).where(within, _countable())))
    again = await _again(tx)
    return [row for row in rows if row.id not in again]


def _countable() -> ColumnElement[bool]:
    agreed = exists().where(
        GivenConsent.referral_id == Referral.id, GivenConsent.purpose == "statistics", GivenConsent.ended_at.is_(None)
    )
    return agreed & (Referral.state != "withdrawn")


async def _again(tx: Transaction) -> frozenset[str]:
    """Those that are of somebody who is counted already, in this year or an earlier one.

    Of requests that were linked as of one person, the oldest that may be counted is; the others are here.
    """
    first = func.coalesce(Referral.same_as, Referral.id).label("first")
    linked = Referral.id.in_(select(Referral.same_as).where(Referral.same_as.is_not(None)))
    query = select(Referral.id, first).where(_countable(), or_(Referral.same_as.is_not(None), linked))
    rows = list(await tx.execute(query.order_by(Referral.created_at, Referral.same_as.is_not(None), Referral.id)))
    counts = {row.first: row.id for row in reversed(rows)}
    return frozenset(row.id for row in rows if counts[row.first] != row.id)


def _read(row: Row[Any]) -> Figures:
    return Figures(row.year, row.frozen_at, **row.figures)


def told(figures: Figures) -> dict[str, Any]:
    """The figures for a machine: what JSON files, the API and the command line give. A hidden count is null."""
    return asdict(figures) | {"smallest": SMALLEST, "digest": figures.digest}
