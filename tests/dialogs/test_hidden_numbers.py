"""After editors hid numbers, or time took them: no sentence promises one; the emergency numbers are there instead."""

import pytest

from dialogs.edits import NUMBERS, Edit, edited
from tests.dialogs import world
from tests.dialogs.world import LIBRARY, Person, as_person

PROMISES = (
    "People who protect children answer day and night, free of charge.",
    "Under 18, people who protect children can help, day and night:",
    "Under 18, child protection comes first: call now, day and night.",
    "If you are under 18, people who protect children can help you, day and night.",
    "You can talk to somebody at once, without giving your name.",
    "{number} speaks French only. In another language, call an emergency number.",
    "You can also call:",
)
ALWAYS = (
    "If there is danger now, call: {numbers}.",
    "Is there danger now? These numbers are free, day and night.",
)


def suicidal() -> Person:
    person = as_person()
    person.say("je veux mourir", danger=("suicide",))
    return person


def child_in_danger() -> Person:
    person = as_person()
    person.say("j'ai 15 ans", danger=("minor",))
    return person


def child_who_tells() -> Person:
    person = child_in_danger()
    person.tap("go_on")
    person.say("on me force à travailler", "report_exploitation")
    return person


def child_who_wants_a_person() -> Person:
    person = child_in_danger()
    person.tap("human")
    return person


def who_wants_a_person() -> Person:
    person = as_person()
    person.say("je veux parler à quelqu'un", "talk_to_human")
    return person


def child_in_the_check() -> Person:
    person = as_person()
    person.tap("check", "start", "minor")
    return person


def child_who_asks_for_help() -> Person:
    person = as_person()
    person.tap("help_me", "yes", "minor")
    return person


def child_perhaps_who_asks_for_help() -> Person:
    person = as_person()
    person.tap("help_me", "yes", "unknown")
    return person


WAYS = (
    suicidal,
    child_in_danger,
    child_who_tells,
    child_who_wants_a_person,
    who_wants_a_person,
    child_in_the_check,
    child_who_asks_for_help,
    child_perhaps_who_asks_for_help,
)


def hide(*names: str, monkeypatch: pytest.MonkeyPatch) -> None:
    edits = {f"{NUMBERS}.{name}": [Edit(f"{NUMBERS}.{name}", "hide")] for name in names}
    library = edited(LIBRARY, edits)
    assert {h.id for h in library.helplines.values() if h.hidden} == set(names)
    monkeypatch.setattr(world, "LIBRARY", library)


@pytest.mark.parametrize("way", WAYS)
def test_with_its_number_it_is_promised(way):
    assert not set(PROMISES).isdisjoint(way().words)


@pytest.mark.parametrize("way", WAYS)
def test_without_its_number_it_is_not_and_the_emergency_numbers_are_there(way, monkeypatch: pytest.MonkeyPatch):
    gone = [h.id for h in LIBRARY.helplines.values() if not h.permanent]
    hide(*gone, monkeypatch=monkeypatch)
    words = way().words
    assert set(PROMISES).isdisjoint(words)
    assert not set(ALWAYS).isdisjoint(words)


def test_only_the_promise_of_what_is_hidden_goes(monkeypatch: pytest.MonkeyPatch):
    hide("suicide_3114", monkeypatch=monkeypatch)
    assert PROMISES[4] not in suicidal().words
    assert PROMISES[0] in child_in_danger().words
