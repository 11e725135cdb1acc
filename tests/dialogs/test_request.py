"""A request's stories: its conditions, ages, roofs and notes, the agreement, and the receipt that is shown once."""

import pytest

from dialogs.commands import SubmitReferral
from dialogs.events import Chose
from dialogs.stack import top
from dialogs.understanding import Entity
from tests.dialogs.world import AT, answered, as_person, at_review


@pytest.mark.parametrize(
    ("answers", "condition"),
    [(["no"], "emergency"), (["yes", "adult", "no"], "danger"), (["yes", "adult", "yes", "no"], "distance")],
)
def test_a_missing_condition_says_what_fits_and_can_be_changed(answers: list[str], condition: str):
    person = as_person()
    person.tap("help_me", *answers)
    assert person.place == ("referral", "instead")
    person.tap("back" if condition == "emergency" else "change")
    assert person.place == ("referral", condition)
    person.tap("yes")
    assert person.place[1] != "instead"


def test_about_somebody_who_does_not_know_there_is_advice_and_no_request():
    person = as_person(audience="professional")
    person.tap("refer", "adult", "absent")
    assert person.place == ("referral", "instead")


def test_a_minor_is_led_to_child_protection_and_marked():
    person = as_person()
    person.tap("help_me", "yes", "minor")
    assert "tel:119" in [choice.url for choice in person.turn.screens[-1].choices]
    person.tap("ok", "soon", "days", "unsaid", "unsaid", "ok", "read", "yes", "no")
    (command,) = person.turn.commands
    assert isinstance(command, SubmitReferral)
    assert command.triage.age_group == "minor"


def test_a_changed_age_shows_the_page_for_children_again():
    person = as_person(audience="professional")
    person.tap("refer", "unknown", "ok", "back", "back", "minor")
    assert person.place == ("referral", "child")


@pytest.mark.parametrize(("words", "age"), [("16", "minor"), ("25", "adult"), ("١٧", "minor")])
def test_an_age_may_be_written(words: str, age: str):
    person = as_person()
    person.tap("check", "start")
    person.say(words)
    assert answered(person)["age"] == age


def test_an_age_told_in_a_sentence_is_the_answer_and_no_alarm():
    person = as_person()
    person.tap("check", "start")
    person.say("j'ai 16 ans", danger=("minor",), entities=(Entity("age", "16"),))
    assert person.place == ("screening", "act_brought")
    assert answered(person)["age"] == "minor"


@pytest.mark.parametrize("words", ["20 days ago", "appelle le 17", "dix", "0", "999"])
def test_another_number_is_no_age(words: str):
    person = as_person()
    person.tap("check", "start")
    person.say(words)
    assert person.place == ("screening", "age")


def test_who_has_no_roof_reads_who_can_help_tonight():
    person = as_person()
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "immediate", "none")
    assert person.place == ("referral", "tonight")
    assert "tel:17" in [choice.url for choice in person.turn.screens[-1].choices]


def test_a_roof_that_ends_before_help_is_needed_is_asked_about():
    for roof in ("none", "tonight"):
        person = as_person()
        person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", roof)
        assert person.place == ("referral", "contradiction")
        assert "tel:115" in [choice.url for choice in person.turn.screens[-1].choices]
        person.tap("now")
        assert person.place == ("referral", "department")
        assert top(person.turn.session).answer("urgency") == "immediate"


def test_answers_that_fit_are_not_asked_about_and_a_change_asks_again():
    person = as_person()
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "immediate", "month")
    assert person.place == ("referral", "contradiction")
    person.tap("both", "ok", "unsaid", "unsaid", "unsaid")
    assert person.place == ("referral", "review")
    person.tap("edit", "edit-roof", "days")
    assert person.place == ("referral", "review")
    person.tap("edit", "edit-urgency", "normal", "edit", "edit-roof", "tonight")
    assert person.place == ("referral", "contradiction")


def test_who_is_not_sure_to_be_safe_reads_the_numbers_first():
    person = as_person()
    person.tap("help_me", "unknown")
    assert person.place == ("referral", "instead")
    assert "tel:119" in [choice.url for choice in person.turn.screens[-1].choices]


def test_no_skips_a_question_that_may_be_skipped():
    person = as_person()
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")
    person.say("no", "deny")
    person.say("no", "deny")
    person.say("no", "deny")
    assert person.place == ("referral", "review")
    assert not any("free words" in line for line in person.words)


def test_what_cannot_be_read_leads_to_a_person_at_the_third_time():
    person = as_person()
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")
    places = []
    for _ in range(3):
        person.say("nowhere")
        places.append(person.place)
    assert places[-1] == ("human", "ways")
    person.tap("back")
    assert person.place == ("referral", "department")


def test_nothing_is_sent_without_a_yes():
    person = at_review()
    person.tap("ok", "read", "no")
    assert person.commands == []
    assert person.place == ("referral", "review")


def test_a_professionals_request_is_agreed_to_in_the_persons_language():
    person = as_person(audience="professional")
    person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes")
    person.tap("ar", "fr", "done", "needed", "immediate", "tonight", "ok")
    person.say("Alpes maritimes")
    person.say("١٣ و 75")
    person.tap("woman", "labour", "done", "none", "no", "none", "none", "filed", "distance", "done")
    person.say("Service X, 04 00 00 00 00")
    person.tap("first_morning", "any", "done", "needed", "unsaid", "ok", "read", "ar")
    assert person.turn.screens[-1].language == "ar"
    person.tap("yes", "no")
    (command,) = person.turn.commands
    assert isinstance(command, SubmitReferral)
    triage = command.triage
    assert (triage.department, triage.avoid, triage.languages) == ("06", ("13", "75"), ("fr", "ar"))
    assert (triage.urgency, triage.safe_until, triage.complaint) == ("immediate", "2026-11-19", "filed")
    assert command.callback == "Service X, 04 00 00 00 00"
    assert command.call == "first_morning,any;needed"
    assert command.consent.language == "ar"
    assert [screen.language for screen in person.turn.screens if screen.once] == [None]
    assert person.place == ("receipt", "own")


def test_the_receipt_is_not_painted_again():
    person = at_review()
    person.tap("ok", "read", "yes", "no")
    assert any(screen.once for screen in person.turn.screens)
    person.send(Chose(AT, "finished", 0))
    assert not any(screen.once for screen in person.turn.screens)


def test_without_a_coordination_key_no_free_text_is_offered():
    person = as_person(sealing=False)
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days", "unsaid", "unsaid")
    assert person.place == ("referral", "review")
    person.say("I need a room without stairs")
    assert person.words[0] == "I did not keep these words: nobody can open them yet."
    assert not any("stairs" in word for word in person.words)
