"""A person who tells two ages of themself: the one told last in words holds, and is asked about once."""

from dataclasses import replace

import pytest

from dialogs.commands import SubmitReferral
from dialogs.events import Chose
from dialogs.session import Frame
from dialogs.understanding import Entity
from tests.dialogs.world import Person, as_person

ADULT_UNTIL_INFORMED = ("help_me", "yes", "adult", "yes", "yes", "yes")


def answered(person: Person, flow: str = "referral") -> dict[str, str]:
    return dict(next(frame for frame in person.turn.session.stack if frame.flow == flow).answers)


def tells(person: Person, words: str = "ana 17 ans") -> None:
    person.say(words, danger=("minor",), entities=(Entity("age", "17"),))
    assert person.place == ("crisis", "numbers")


def at_review() -> Person:
    person = as_person(sealing=False)
    person.tap(*ADULT_UNTIL_INFORMED, "soon", "days")
    person.say("06")
    person.tap("unsaid")
    assert person.place == ("referral", "review")
    return person


def test_an_age_written_after_the_answer_makes_it_a_childs_request():
    person = as_person()
    person.tap(*ADULT_UNTIL_INFORMED)
    tells(person)
    person.tap("go_on")
    assert person.place == ("own_age", "age")
    person.tap("minor")
    assert person.place == ("referral", "child")
    assert not {"danger", "distance", "informed"} & answered(person).keys()


def test_who_is_of_age_after_all_goes_on_as_such():
    person = as_person()
    person.tap(*ADULT_UNTIL_INFORMED)
    tells(person, "ma fille a 17 ans")
    person.tap("go_on", "adult")
    assert (answered(person)["age"], person.turn.session.minor_told) == ("adult", False)


def test_at_the_review_it_is_asked_and_sent_as_a_childs():
    person = at_review()
    tells(person)
    person.tap("go_on", "minor", "ok")
    assert person.place == ("referral", "review")
    assert "Under 18" in str(person.turn.screens[-1].text)
    person.tap("ok", "read", "yes", "no")
    command = next(command for command in person.turn.commands if isinstance(command, SubmitReferral))
    assert command.triage.age_group == "minor"


def test_who_goes_round_the_question_asks_as_a_child():
    person = at_review()
    tells(person)
    person.tap("go_on", "back")
    assert person.place == ("referral", "review")
    assert "Under 18" in str(person.turn.screens[-1].text)


def test_in_the_agreement_the_request_comes_back_before_it():
    person = at_review()
    person.tap("ok", "read")
    assert person.place == ("consent", "text")
    tells(person)
    person.tap("go_on", "minor")
    assert person.place == ("referral", "child")
    assert "consent" not in [frame.flow for frame in person.turn.session.stack]


def test_back_after_a_refusal_leads_away_from_sending():
    person = at_review()
    before = person.turn.session.stack[-1].trail[-1]
    person.tap("ok", "read", "no")
    assert person.place == ("referral", "review")
    person.tap("back")
    assert person.place == ("referral", before)


@pytest.mark.parametrize("flow", ["screening", "referral"])
def test_a_tap_of_age_after_the_words_does_not_win_silently(flow: str):
    person = as_person()
    tells(person)
    person.tap("go_on", *(("check", "start") if flow == "screening" else ("help_me", "yes", "older")))
    person.tap("adult")
    assert person.place == ("own_age", "age")
    person.tap("minor")
    assert (answered(person, flow)["age"], person.turn.session.minor_told) == ("minor", True)


def test_the_check_follows_too():
    person = as_person()
    person.tap("check", "start", "adult", "yes", "no")
    tells(person)
    person.tap("go_on", "minor")
    assert (person.place[0], answered(person, "screening")["age"]) == ("screening", "minor")


def test_an_age_tried_in_the_example_is_nobodys():
    person = as_person()
    tells(person)
    person.tap("go_on")
    frame = Frame("explainer", "age")
    person.turn = replace(person.turn, session=replace(person.turn.session, stack=(*person.turn.session.stack, frame)))
    person.send(Chose(person.at, "adult", person.turn.session.turn))
    assert person.place == ("explainer", "act")
    assert person.turn.session.minor_told


def test_for_a_professional_nothing_changes():
    person = as_person(audience="professional")
    person.tap("refer", "adult")
    person.say("elle a 17 ans", danger=("minor",), entities=(Entity("age", "17"),))
    assert answered(person)["age"] == "adult"


def test_the_number_that_speaks_french_only_is_named_where_another_stands_first():
    person = as_person()
    person.say("x", danger=("threat", "suicide"))
    (line,) = [text for text in person.turn.screens[-1].text if "French only" in text.msgid]
    assert "3114" in str(line)
