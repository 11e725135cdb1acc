"""Danger is heard wherever a text can be written, also where a text is the answer."""

import pytest

from dialogs.engine import Turn, advance
from dialogs.events import Said
from dialogs.understanding import Entity, Understanding
from tests.dialogs.everywhere import a_turn_of_each_step
from tests.dialogs.world import FLOWS, LIBRARY, Person, as_person

GRAVE = ("threat", "medical", "suicide")
FOURTEEN = Understanding("report_minor", 1.0, entities=(Entity("age", "14"),), danger=("minor",))


def numbers_shown(turn: Turn) -> bool:
    """Whether the screen of danger is there, or a professional's line of numbers."""
    said = {text.msgid for screen in turn.screens for text in screen.text}
    return turn.session.stack[-1].flow == "crisis" or "If there is danger now, call: {numbers}." in said


def asked_the_departement() -> Person:
    person = as_person()
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")
    assert person.place == ("referral", "department")
    return person


def test_grave_danger_is_answered_with_numbers_at_every_step():
    deaf = set()
    for turn in a_turn_of_each_step():
        for kind in GRAVE if not turn.session.ended else ():
            told = Said(turn.session.at, "help me", Understanding("report_danger", 1.0, danger=(kind,)), sealing=True)
            if not numbers_shown(advance(turn.session, told, FLOWS, LIBRARY)):
                frame = turn.session.stack[-1]
                deaf.add((turn.session.audience, frame.flow, frame.step, kind))
    assert deaf == set()


def test_a_childs_age_is_no_number_of_a_departement():
    person = asked_the_departement()
    person.say("I am 14", "report_minor", entities=FOURTEEN.entities, danger=FOURTEEN.danger)
    assert person.place[0] == "crisis"
    person.tap("go_on")
    assert person.place == ("own_age", "age")  # they had said that they are an adult
    person.tap("minor")
    assert all(frame.answer("department") is None for frame in person.turn.session.stack)


@pytest.mark.parametrize("written", ["14", "I live in the 14"])
def test_the_number_of_a_departement_is_no_childs_age(written):
    person = asked_the_departement()
    person.say(written, "report_minor", danger=("minor",), unsure=("minor",))
    assert person.turn.session.stack[-1].answer("department") == "14"


def test_back_from_the_menu_leads_as_far_as_the_language():
    person = as_person()
    person.tap("back", "back", "ar", "person")
    assert (person.turn.session.language, person.place) == ("ar", ("menu", "choose"))
