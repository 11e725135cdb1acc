"""The table of states: what it promises whoever reads it, for adults and for minors."""

import pytest

from services.referrals import life

MINOR = (False, True)


@pytest.mark.parametrize("minor", MINOR)
def test_every_state_of_a_life_can_be_reached_and_left(minor: bool):
    reached = {"received"}
    for _ in life.STATES:
        reached |= {to for (start, to) in life.STEPS[minor] if start in reached}
    named = {state for step in life.STEPS[minor] for state in step}
    assert reached == named
    assert {start for start, _ in life.STEPS[minor]} == named - {"withdrawn"}
    assert minor or set(life.STATES) - named == {"passed_on", "followed"}


@pytest.mark.parametrize("minor", MINOR)
def test_the_person_can_take_it_back_from_everywhere_and_nothing_follows(minor: bool):
    starts = {start for start, _ in life.STEPS[minor]}
    assert all(life.may(start, "withdrawn", ("person",), minor=minor) for start in starts)
    assert not life.following("withdrawn", ("itself", "anybody", "person", *life.DESK), minor=minor)


def test_a_minor_is_never_on_the_way_to_a_place():
    places = {*life.PLACED, "searching", "evaluation"}
    assert not places & {state for step in life.STEPS[True] for state in step}


def test_nobody_but_the_person_agrees():
    assert {start for start, to in life.STEPS[False] if to == "agreed"} == {"place_offered"}
    assert life.STEPS[False]["place_offered", "agreed"] == {"person"}


def test_each_state_is_in_one_group():
    assert sorted((*life.WAITING, *life.HELD, *life.ENDED)) == sorted(life.STATES)
    assert {*life.OVER, *life.LOST} < {*life.ENDED}


@pytest.mark.parametrize("minor", MINOR)
def test_only_what_nobody_works_on_is_claimed(minor: bool):
    assert {start for (start, to), who in life.STEPS[minor].items() if "anybody" in who} == {*life.WAITING}
    assert {to for (_, to), who in life.STEPS[minor].items() if "anybody" in who} == {"claimed"}
