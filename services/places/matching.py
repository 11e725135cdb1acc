"""Which places fit somebody: what rules a place out, what speaks for and against it, best first. Pure.

Nobody is placed by this: a coordinator reads the reasons, and decides (docs/places.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from dialogs.commands import NO_SHELTER
from services.places.capacity import AGES, TERMS, Capacity, Terms

Side: TypeAlias = Literal["excludes", "for", "against"]
Refusal: TypeAlias = Literal["minor", "age"]
Regions: TypeAlias = Mapping[str, Sequence[str]]

SOON_DAYS = 3  # a roof that ends within so many days needs a place at short delay
OVERSEAS = 3  # figures in the code of a département overseas

# What rules a place out, whatever speaks for it.
EXCLUDES = (
    "unconfirmed",  # nobody ever said that these places are there
    "gone",  # nobody has for too long
    "avoided",  # a département to avoid is in its zone
    "danger",  # the département of the danger is in its zone
    "women",  # asked for with women, and none such
    "men",
    "trans",  # asked for where trans people are welcome
    "children",  # children come along, and none may
    "child_age",  # they may, and not of this age
    "mobility",  # stairs
    "treatment",  # the treatment would be interrupted
    "full",  # fewer free than would come
)

# What speaks for a place (above 0) and against it (below), and how much. A need that is met and one that is not are
# worth the same whatever the need, so that one more need never lifts a place that lacks it.
WEIGHTS: Mapping[str, int] = {
    "other_region": 4,
    "same_region": -4,
    "danger_unknown": 0,
    "wishes_distance": -3,  # beside same_region, where the person wishes to be far away
    "sea": -2,
    "free_now": 2,
    "free_in_time": 1,
    "free_too_late": -5,
    "free_later": -2,
    "short_delay": 3,
    "no_short_delay": -3,
    "among_women": 2,
    "among_men": 2,
    "mixed": -2,
    "language": 3,
    "no_language": -3,
    "couple": 2,
    "no_couple": -2,
    "met": 2,
    "not_met": -3,
    "faded": 0,  # it ranks last in any case
}


@dataclass(frozen=True, slots=True)
class Seeker:
    """Who a place is looked for: the clear triage fields that matter. `adult`: known, or checked by a coordinator."""

    adult: bool
    minor: bool = False
    urgency: str = "normal"
    department: str | None = None
    avoid: tuple[str, ...] = ()
    gender: str = "unsaid"
    languages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    pregnancy: str = "unsaid"
    dependants: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    safe_until: str | None = None

    @property
    def persons(self) -> int:
        """How many places are needed at least."""
        ages = [one for one in self.dependants if one in AGES]
        children = max(len(ages), 2 if "several_children" in self.dependants else 0)
        return 1 + children + ("adult" in self.dependants)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, or why not. `what`: which need, language, département or age it is about; `count`: days, or places."""

    id: str
    side: Side
    what: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """A place with its reasons, those that rule it out first, then those for, then those against."""

    capacity: Capacity
    reasons: tuple[Reason, ...]
    faded: bool = False

    @property
    def excluded(self) -> bool:
        """Whether something rules it out."""
        return any(reason.side == "excludes" for reason in self.reasons)

    @property
    def weight(self) -> int:
        """What speaks for it, less what speaks against it."""
        return sum(WEIGHTS[reason.id] for reason in self.reasons if reason.side != "excludes")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The places that fit, best first, and those that are ruled out. `refusal`: why none is looked for at all."""

    fitting: tuple[Fit, ...] = ()
    excluded: tuple[Fit, ...] = ()
    refusal: Refusal | None = None


def propose(
    seeker: Seeker, capacities: Iterable[Capacity], regions: Regions, today: date, terms: Terms = TERMS
) -> Proposal:
    """Judge every place. `regions`: the codes of each region's départements. In which order they come changes nothing.

    A minor is never matched with a place, nor is somebody whose age nobody has checked (design §5).
    """
    if seeker.minor or not seeker.adult:
        return Proposal(refusal="minor" if seeker.minor else "age")
    fits = sorted((_fit(seeker, one, regions, today, terms) for one in capacities), key=_order)
    return Proposal(tuple(fit for fit in fits if not fit.excluded), tuple(fit for fit in fits if fit.excluded))


def _order(fit: Fit) -> tuple[bool, int, int]:
    return (fit.faded, -fit.weight, fit.capacity.id)


def _fit(seeker: Seeker, one: Capacity, regions: Regions, today: date, terms: Terms) -> Fit:
    faded = one.standing(today, terms) == "faded"
    found = [
        *_ruled_out(seeker, one, today, terms),
        *_distance(seeker, one, regions),
        *_time(seeker, one, today),
        *_company(seeker, one),
        *_needs(seeker, one),
        *([_soft("faded", count=one.days(today) or 0)] if faded else ()),
    ]
    sides = ("excludes", "for", "against")
    return Fit(one, tuple(sorted(found, key=lambda reason: sides.index(reason.side))), faded)


def _ruled_out(seeker: Seeker, one: Capacity, today: date, terms: Terms) -> Iterator[Reason]:
    zone, standing = one.details.departments, one.standing(today, terms)
    if standing in ("unconfirmed", "gone"):
        yield _hard(standing, count=one.days(today) or 0)
    if avoided := tuple(code for code in zone if code in seeker.avoid):
        yield _hard("avoided", avoided)
    if seeker.department in zone:
        yield _hard("danger", (seeker.department,))
    yield from _not_for(seeker, one)
    if one.left < seeker.persons:
        yield _hard("full", count=seeker.persons)


def _not_for(seeker: Seeker, one: Capacity) -> Iterator[Reason]:
    kinds, children = one.details.kinds, one.details.children
    asked = {"woman": ("women", {"woman", "mixed"}), "man": ("men", {"man", "mixed"}), "trans": ("trans", {"trans"})}
    if seeker.gender in asked and not asked[seeker.gender][1] & set(kinds):
        yield _hard(asked[seeker.gender][0])
    coming = tuple(one for one in seeker.dependants if one in AGES)
    if (coming or "several_children" in seeker.dependants) and not children:
        yield _hard("children")
    elif missing := tuple(age for age in coming if age not in children):
        yield _hard("child_age", missing)


def _distance(seeker: Seeker, one: Capacity, regions: Regions) -> Iterator[Reason]:
    dangerous = {*seeker.avoid, *((seeker.department,) if seeker.department else ())}
    if not dangerous:
        yield _soft("danger_unknown")
        return
    near = tuple(
        name for name, codes in regions.items() if dangerous & set(codes) and set(one.details.departments) & set(codes)
    )
    if near:
        yield _soft("same_region", near)
        if "distance" in seeker.wishes:
            yield _soft("wishes_distance")
    else:
        yield _soft("other_region")
    if seeker.department and any(_overseas(code) != _overseas(seeker.department) for code in one.details.departments):
        yield _soft("sea")


def _overseas(code: str) -> bool:
    return len(code) == OVERSEAS


def _time(seeker: Seeker, one: Capacity, today: date) -> Iterator[Reason]:
    ends = None if seeker.safe_until is None else max(today, date.fromisoformat(seeker.safe_until))
    begins = max(today, date.fromisoformat(one.details.free_from)) if one.details.free_from else today
    if begins == today:
        yield _soft("free_now")
    elif ends is None:
        yield _soft("free_later", count=(begins - today).days)
    else:
        late = (begins - ends).days
        yield _soft("free_too_late" if late > 0 else "free_in_time", count=max(0, late))
    in_haste = seeker.urgency == "immediate" or seeker.safe_until == NO_SHELTER
    if in_haste or (ends is not None and ends - today <= timedelta(days=SOON_DAYS)):
        yield _soft("short_delay" if one.details.short_delay else "no_short_delay")


def _company(seeker: Seeker, one: Capacity) -> Iterator[Reason]:
    own = {"woman": "among_women", "man": "among_men"}.get(seeker.gender)
    if own and seeker.gender in one.details.kinds:
        yield _soft(own)
    elif own and "mixed" in one.details.kinds:
        yield _soft("mixed")
    if seeker.languages:
        shared = tuple(code for code in seeker.languages if code in one.details.languages)
        yield _soft("language" if shared else "no_language", shared)
    if "adult" in seeker.dependants:
        yield _soft("couple" if "couple" in one.details.kinds else "no_couple")


def _needs(seeker: Seeker, one: Capacity) -> Iterator[Reason]:
    needed = (*seeker.needs, *(("pregnancy",) if seeker.pregnancy == "yes" else ()))
    for need in dict.fromkeys(needed):
        if need in one.details.suited:
            yield _soft("met", (need,))
        else:
            yield _hard(need) if need in EXCLUDES else _soft("not_met", (need,))


def _soft(name: str, what: tuple[str, ...] = (), count: int = 0) -> Reason:
    return Reason(name, "for" if WEIGHTS[name] > 0 else "against", what, count)


def _hard(name: str, what: tuple[str, ...] = (), count: int = 0) -> Reason:
    return Reason(name, "excludes", what, count)
