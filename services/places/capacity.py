"""What the network can offer, without any address: a partner's places of one sort, how many are free, how sure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

Kind: TypeAlias = Literal["woman", "man", "mixed", "couple", "trans"]
Suit: TypeAlias = Literal["mobility", "treatment", "pregnancy", "mental_health", "addiction", "hearing_sight"]
Standing: TypeAlias = Literal["fresh", "faded", "gone", "unconfirmed"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WHO: tuple[Kind, ...] = ("woman", "man", "mixed")  # for whom a place is at all; the others are said beside
AGES = ("child_0_2", "child_3_11", "child_12_17")  # of children who come along; nobody under 18 comes alone
SUITS: tuple[Suit, ...] = get_args(Suit)
MOST = 200
MOST_DEPARTMENTS = 20


@dataclass(frozen=True, slots=True)
class Terms:
    """The network's terms: days after which unconfirmed capacity fades, then is not proposed; hours of a hold."""

    fade_days: int = 7
    gone_days: int = 21
    hold_hours: int = 48


TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Details:
    """What places of one sort are like. `departments`: codes, several for a larger zone; `free_from`: a day, or "".

    `children`: the ages (AGES) that may come along; `suited`: which needs it meets; `total`: how many there are in all.
    """

    departments: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    suited: tuple[str, ...] = ()
    total: int = 0
    free_from: str = ""
    short_delay: bool = False


@dataclass(frozen=True, slots=True)
class Capacity:
    """A partner's places of one sort. `free`: as the partner said it on `confirmed_on` (a day; "": nobody ever did).

    `held`: how many of these are reserved now. `known`: the entry of known_places.toml that it came from, or "".
    """

    id: int
    partner: int
    details: Details
    free: int = 0
    held: int = 0
    confirmed_on: str = ""
    known: str = ""
    revision: int = 0

    @property
    def left(self) -> int:
        """How many can still be reserved."""
        return max(0, self.free - self.held)

    def days(self, today: date) -> int | None:
        """Days since it was confirmed; None when it never was."""
        return max(0, (today - date.fromisoformat(self.confirmed_on)).days) if self.confirmed_on else None

    def standing(self, today: date, terms: Terms) -> Standing:
        """How sure the figures are."""
        days = self.days(today)
        if days is None:
            return "unconfirmed"
        return "gone" if days >= terms.gone_days else "faded" if days >= terms.fade_days else "fresh"


def faults(details: Details, departments: Mapping[str, str]) -> tuple[str, ...]:
    """The fields that are not right. `departments`: names by code."""
    wrong = {
        "departments": not 0 < len(details.departments) <= MOST_DEPARTMENTS
        or not set(details.departments) <= set(departments),
        "kinds": not set(details.kinds) <= set(KINDS),
        "children": not set(details.children) <= set(AGES),
        "suited": not set(details.suited) <= set(SUITS),
        "total": not 0 < details.total <= MOST,
        "free_from": bool(details.free_from) and not is_day(details.free_from),
    }
    return tuple(name for name, is_wrong in wrong.items() if is_wrong)


def unsure(details: Details) -> bool:
    """Whether it is not known for whom it is, so that nobody can confirm it yet."""
    return not set(details.kinds) & set(WHO)


def is_day(text: str) -> bool:
    """Whether it is a day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
