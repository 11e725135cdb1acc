"""Into which category of the yearly figures a referral falls, once for each classification.

After the published categories of MIPROF (purpose of exploitation, domestic work under labour; adult or minor; sex) and
of Eurostat (crim_thb: sexual, forced labour, other; sex; age): facts §8. Every referral falls into exactly one category
of each classification, so that rows add up to their totals.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from services.figures.suppression import Cell
from services.figures.zones import ZONE_OF, ZONES
from services.referrals.life import State

DAY = 24 * 3600
UNKNOWN = "unknown"
COUNTED_AS = {
    "sexual": "sexual", "labour": "labour", "domestic": "labour", "begging": "begging", "crime": "crime",
    "organ": "other", "other": "other",
}  # fmt: skip
LANGUAGES = (
    "fr", "en", "es", "ar", "pcm", "bin", "ro", "pt", "zh", "bg", "sq", "ru", "uk", "tr", "fa", "bn", "vi", "tl", "hu",
    "it", "sr",
)  # fmt: skip
OUTCOMES: Mapping[str, tuple[State, ...]] = {
    "open": ("received", "acknowledged", "reopened", "claimed", "evaluation", "searching", "place_offered", "agreed"),
    "placed": ("arrived", "follow_up"),
    "child_protection": ("passed_on", "followed"),
    "declined": ("declined",),
    "transferred": ("transferred",),
    "no_contact": ("contact_lost", "did_not_come"),
    "closed": ("closed",),
}
"""How a referral stands, by its state (services/referrals/life.py). What was taken back is not counted."""
SPANS = (("one_day", DAY), ("three_days", 3 * DAY), ("one_week", 7 * DAY), ("one_month", 30 * DAY))


class Counted(Protocol):
    """The clear fields of a referral that figures are made of."""

    @property
    def forms(self) -> Sequence[str]: ...
    @property
    def age_group(self) -> str: ...
    @property
    def gender(self) -> str: ...
    @property
    def department(self) -> str | None: ...
    @property
    def languages(self) -> Sequence[str]: ...
    @property
    def state(self) -> str: ...
    @property
    def created_at(self) -> int: ...
    @property
    def claimed_at(self) -> int | None: ...
    @property
    def ended_at(self) -> int | None: ...


def form(one: Counted) -> str:
    """The form of exploitation; `several` where more than one was named."""
    named = {COUNTED_AS[name] for name in one.forms if name in COUNTED_AS}
    return UNKNOWN if not named else named.pop() if len(named) == 1 else "several"


def span(begin: int, end: int | None) -> str:
    """How long, in bands; `not_yet` where it has not come to an end."""
    if end is None:
        return "not_yet"
    return next((name for name, most in SPANS if end - begin <= most), "longer")


def language(one: Counted) -> str:
    """The first language named."""
    first = next(iter(one.languages), UNKNOWN)
    return first if first in (*LANGUAGES, UNKNOWN) else "other"


OUTCOME_OF: Mapping[str, str] = {state: name for name, states in OUTCOMES.items() for state in states}
_LENGTHS = (*(name for name, _ in SPANS), "longer", "not_yet")
CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "form": ("sexual", "labour", "begging", "crime", "other", "several", UNKNOWN),
    "age": ("adult", "minor", UNKNOWN),
    "sex": ("woman", "man", "trans", UNKNOWN),
    "zone": (*ZONES, UNKNOWN),
    "language": (*LANGUAGES, "other", UNKNOWN),
    "outcome": tuple(OUTCOMES),
    "claimed": _LENGTHS,
    "ended": _LENGTHS,
}
"""The classifications and their categories, in the order in which they are shown."""
CATEGORY_OF: Mapping[str, Callable[[Counted], str]] = {
    "form": form,
    "age": lambda one: one.age_group if one.age_group in ("adult", "minor") else UNKNOWN,
    "sex": lambda one: one.gender if one.gender in ("woman", "man", "trans") else UNKNOWN,
    "zone": lambda one: ZONE_OF.get(one.department or "", UNKNOWN),
    "language": language,
    "outcome": lambda one: OUTCOME_OF[one.state],
    "claimed": lambda one: span(one.created_at, one.claimed_at),
    "ended": lambda one: span(one.created_at, one.ended_at),
}
SHARED = "form"
"""The side that every two-way table has: tables that share one side alone tell no more together than each by itself."""


def one_way(people: Iterable[Counted], name: str) -> dict[str, int]:
    """How many fall into each category of a classification."""
    counts = dict.fromkeys(CATEGORIES[name], 0)
    for one in people:
        counts[CATEGORY_OF[name](one)] += 1
    return counts


def two_way(people: Iterable[Counted], name: str) -> dict[Cell, int]:
    """How many fall into each pair of a form and a category."""
    counts = {(row, column): 0 for row in CATEGORIES[SHARED] for column in CATEGORIES[name]}
    for one in people:
        counts[CATEGORY_OF[SHARED](one), CATEGORY_OF[name](one)] += 1
    return counts
