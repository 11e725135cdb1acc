"""Which places are proposed: a table of cases with their outcomes, and what holds whatever the case."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dialogs.commands import NO_SHELTER
from dialogs.flows.referral.fields import OPTIONS
from dialogs.reading import read_library
from services.places import matching
from services.places.capacity import AGES, KINDS, SUITS, Capacity, Details, Terms
from services.places.matching import EXCLUDES, WEIGHTS, Fit, Proposal, Seeker, propose

TODAY = date(2027, 1, 15)
CASES = tomllib.loads(Path(__file__).with_name("matching.toml").read_text("utf-8"))["case"]
LIBRARY = read_library()
REGIONS = LIBRARY.anonymity.regions
OWN = ("free", "held")


def seeker(told: dict[str, Any]) -> Seeker:
    lists: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in told.items()}
    return Seeker(**({"adult": True} | lists))


def capacity(number: int, said: dict[str, Any]) -> Capacity:
    told: dict[str, Any] = {"departments": ["59"], "kinds": ["mixed"], "total": 9, "free": 1, "held": 0, **said}
    days = told.pop("confirmed", 0)
    own = {name: told.pop(name) for name in OWN}
    lists: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in told.items()}
    details = Details(**lists)
    confirmed = "" if days == "never" else (TODAY - timedelta(days)).isoformat()
    return Capacity(number, 1, details, confirmed_on=confirmed, **own)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_table_of_cases(case: dict[str, Any]):
    numbers = {name: number for number, name in enumerate(case["places"], 1)}
    names = {number: name for name, number in numbers.items()}
    places = [capacity(numbers[name], dict(told)) for name, told in case["places"].items()]
    found = propose(seeker(case["seeker"]), places, REGIONS, TODAY)
    assert found.refusal == case.get("refusal")
    assert [names[fit.capacity.id] for fit in found.fitting] == case["best"]
    out = {names[fit.capacity.id]: [one.id for one in fit.reasons if one.side == "excludes"] for fit in found.excluded}
    assert out == case.get("out", {})
    for fit in (*found.fitting, *found.excluded):
        said = {reason.id for reason in fit.reasons}
        assert said >= set(case.get("says", {}).get(names[fit.capacity.id], ()))


def test_the_table_names_every_reason_there_is():
    rules = {name for case in CASES for names in case.get("out", {}).values() for name in names}
    assert rules == set(EXCLUDES)


codes = st.sampled_from(sorted(LIBRARY.departments))
several = st.lists(codes, max_size=4, unique=True).map(tuple)
days = st.dates(TODAY - timedelta(40), TODAY + timedelta(40)).map(date.isoformat)


def some(values: Any) -> Any:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


def ids(field: str) -> list[str]:
    return [choice.id for choice in OPTIONS[field]]


seekers = st.builds(
    Seeker,
    adult=st.just(True),
    urgency=st.sampled_from(ids("urgency")),
    department=st.none() | codes,
    avoid=several,
    gender=st.sampled_from(ids("gender")),
    languages=some(["fr", "en", "bin", "ro"]),
    needs=some(ids("needs")),
    pregnancy=st.sampled_from(ids("pregnancy")),
    dependants=some(ids("dependants")),
    wishes=some(ids("wishes")),
    safe_until=st.none() | st.just(NO_SHELTER) | days,
)
details = st.builds(
    Details,
    departments=st.lists(codes, min_size=1, max_size=3, unique=True).map(tuple),
    kinds=some(KINDS),
    children=some(AGES),
    languages=some(["fr", "en", "bin", "ro"]),
    suited=some(SUITS),
    total=st.integers(1, 12),
    free_from=st.just("") | days,
    short_delay=st.booleans(),
)
capacities = st.builds(
    Capacity,
    id=st.integers(1, 10**6),
    partner=st.integers(1, 9),
    details=details,
    free=st.integers(0, 12),
    held=st.integers(0, 12),
    confirmed_on=st.just("") | days,
)
boards = st.lists(capacities, max_size=6, unique_by=lambda one: one.id)


def place_of(found: Proposal, number: int) -> int | None:
    order = [fit.capacity.id for fit in found.fitting]
    return order.index(number) if number in order else None


@given(seekers, boards)
def test_what_is_proposed_is_never_near_the_danger_never_more_than_free_and_never_unsure(who, board):
    found = propose(who, board, REGIONS, TODAY)
    for fit in found.fitting:
        one = fit.capacity
        assert not {*who.avoid, who.department} & set(one.details.departments)
        assert 1 <= who.persons <= one.free - one.held
        assert one.standing(TODAY, Terms()) in ("fresh", "faded")
    assert sorted(fit.capacity.id for fit in (*found.fitting, *found.excluded)) == sorted(one.id for one in board)


@given(seekers, boards, st.booleans())
def test_never_for_a_minor_nor_where_the_age_is_not_known(who, board, minor):
    found = propose(replace(who, adult=False, minor=minor), board, REGIONS, TODAY)
    assert (found.fitting, found.excluded) == ((), ())
    assert found.refusal == ("minor" if minor else "age")
    assert propose(replace(who, minor=True), board, REGIONS, TODAY).refusal == "minor"


@given(seekers, boards, st.randoms(use_true_random=False))
def test_the_order_that_places_come_in_changes_nothing(who, board, chance):
    mixed = list(board)
    chance.shuffle(mixed)
    assert propose(who, board, REGIONS, TODAY) == propose(who, mixed, REGIONS, TODAY)


@given(seekers, boards, st.sampled_from([*ids("needs"), "pregnancy"]))
def test_one_more_need_never_lifts_a_place_that_lacks_it(who, board, need):
    assume(need not in who.needs and (need, who.pregnancy) != ("pregnancy", "yes"))
    more = replace(who, pregnancy="yes") if need == "pregnancy" else replace(who, needs=(*who.needs, need))
    before, after = (propose(one, board, REGIONS, TODAY) for one in (who, more))
    for one in board:
        if need not in one.details.suited and place_of(after, one.id) is not None:
            was = place_of(before, one.id)
            assert was is not None
            assert (place_of(after, one.id) or 0) >= was


@given(seekers, boards)
def test_faded_capacity_comes_last_and_says_so(who, board):
    found = propose(who, board, REGIONS, TODAY)
    faded = [fit.faded for fit in found.fitting]
    assert faded == sorted(faded)
    assert all(any(one.id == "faded" for one in fit.reasons) for fit in found.fitting if fit.faded)


@given(seekers, boards)
def test_every_place_has_a_reason_and_each_reason_one_side(who, board):
    for fit in (*(found := propose(who, board, REGIONS, TODAY)).fitting, *found.excluded):
        assert fit.reasons
        for reason in fit.reasons:
            assert reason.id in (EXCLUDES if reason.side == "excludes" else WEIGHTS)
        assert isinstance(fit, Fit)


def test_no_reason_has_two_meanings():
    assert not set(EXCLUDES) & set(WEIGHTS)
    assert matching.WEIGHTS["met"] > 0 > matching.WEIGHTS["not_met"]
