"""Details that together may point to one person: found by rules, told before sending, told less exactly at a tap."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs import tongues
from dialogs.anonymity import COARSENED
from dialogs.commands import DAYS_SAFE, NO_SHELTER, SubmitReferral, Triage
from dialogs.flows.referral import fields
from tests.dialogs.world import LIBRARY, Person, as_person

RULES = LIBRARY.anonymity
TODAY = date(2026, 11, 20)
SINGLE = ("department", "safe_until")


def case(table: dict[str, str | list[str]]) -> tuple[str, Triage, set[str]]:
    """A request in a few words, its details, and the rules that it falls under."""
    name, rules = str(table.pop("of")), set(table.pop("rules"))
    told = {field: tuple(value) if isinstance(value, list) else value for field, value in table.items()}
    return name, Triage(**{"referrer": "professional", "age_group": "adult"} | told), rules  # type: ignore[arg-type]


REFERRED = Triage("professional", age_group="adult")
CASES = [case(table) for table in tomllib.loads((Path(__file__).parent / "anonymity.toml").read_text("utf-8"))["case"]]


@pytest.mark.parametrize(("triage", "rules"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_the_table_of_rules(triage: Triage, rules: set[str]):
    assert {rule.id for rule in RULES.broken(triage, TODAY)} == rules


def test_every_rule_is_in_the_table():
    assert {rule.id for rule in RULES.rules} == {rule for _, _, rules in CASES for rule in rules}


def ids(choices: tuple[object, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([choice.id for choice in choices]), unique=True).map(tuple)  # type: ignore[attr-defined]


requests = st.builds(
    Triage,
    referrer=st.just("professional"),
    age_group=st.sampled_from(["adult", "minor", "unknown"]),
    gender=st.sampled_from([choice.id for choice in fields.GENDERS]),
    department=st.none() | st.sampled_from(list(LIBRARY.departments)),
    avoid=st.lists(st.sampled_from(list(LIBRARY.departments)), unique=True, max_size=4).map(tuple),
    languages=ids(tongues.EVERY_TONGUE),
    forms=ids(fields.FORMS),
    needs=ids(fields.NEEDS),
    pregnancy=st.sampled_from(["yes", "no", "unsaid"]),
    dependants=ids(fields.DEPENDANTS),
    safe_until=st.none() | st.just(NO_SHELTER) | st.dates(date(2026, 10, 1), date(2027, 3, 1)).map(str),
)


@given(requests)
def test_telling_less_never_breaks_a_further_rule_and_telling_all_less_ends_the_question(triage: Triage):
    asked = RULES.broken(triage, TODAY)
    for rule in asked:
        for what in rule.coarsen:
            less = RULES.less(triage, what, TODAY)
            value = (less[0] if less else None) if what in SINGLE else less
            told = replace(triage, **{what: value})  # type: ignore[arg-type]
            assert {rule.id for rule in RULES.broken(told, TODAY)} <= {rule.id for rule in asked} | {
                "family_in_a_small_place"
            }
            triage = told
    assert not RULES.broken(triage, TODAY)


@given(requests)
def test_what_is_avoided_is_never_less_than_before(triage: Triage):
    assert set(triage.avoid) <= set(RULES.less(triage, "avoid", TODAY))


@given(requests)
def test_nobody_is_thought_to_be_safe_for_longer_than_they_said(triage: Triage):
    (less,) = RULES.less(triage, "safe_until", TODAY) or (None,)
    if triage.safe_until in (None, NO_SHELTER):
        assert less == triage.safe_until
    else:
        assert str(less) <= max(str(triage.safe_until), str(TODAY))


@given(requests, st.sampled_from(sorted(DAYS_SAFE.values())), st.integers(0, 1))
def test_the_lengths_that_buttons_tell_are_never_too_exact_on_that_day_or_the_next(
    triage: Triage, days: int, later: int
):
    told = replace(triage, safe_until=str(TODAY + timedelta(days=days)))
    rules = RULES.broken(told, TODAY + timedelta(days=later))
    assert not any(trait.exact_day for rule in rules for trait in rule.traits)


def asked_of_a_professional(*department: str) -> Person:
    """A request for a woman who speaks Vietnamese, as far as the question of where she is."""
    person = as_person(audience="professional")
    person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "vi", "done", "needed", "soon", "week")
    for place in department:
        person.say(place)
    return person


def to_the_review(person: Person) -> None:
    """Nothing more is told than must be."""
    while person.place[1] not in ("unusual", "review", "callback", "note"):
        person.tap(next(choice for choice in ("unsaid", "none", "unknown") if choice in person.choices))


def test_a_professional_is_told_and_leaves_the_departement_out():
    person = asked_of_a_professional("48")
    to_the_review(person)
    assert person.place == ("referral", "unusual")
    assert any("may point to the person" in words for words in person.words)
    person.tap("less-department", "unsaid", "unsaid")
    assert person.place == ("referral", "review")
    person.tap("ok", "read", "fr", "yes", "no")
    (command,) = person.turn.commands
    assert isinstance(command, SubmitReferral)
    assert command.triage.department is None


def test_who_leaves_it_as_it_is_is_not_asked_again_until_something_changes():
    person = asked_of_a_professional("48")
    to_the_review(person)
    person.tap("as_it_is", "unsaid", "unsaid", "edit", "edit-avoid")
    assert person.place == ("referral", "avoid")
    person.say("23")
    assert person.place == ("referral", "unusual")
    person.tap("less-avoid")
    assert "less-avoid" not in person.choices
    person.tap("less-department")
    assert person.place == ("referral", "review")


def test_nobody_is_asked_where_the_details_are_many_peoples():
    person = asked_of_a_professional("75")
    to_the_review(person)
    assert person.place == ("referral", "callback")


def test_only_what_can_be_told_less_is():
    with pytest.raises(KeyError):
        RULES.less(REFERRED, "urgency", TODAY)
    assert all(RULES.less(REFERRED, what, TODAY) is not None for what in COARSENED)
