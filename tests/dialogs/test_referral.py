"""A request is true: who is not safe says so, who wants no place gets advice, a child is protected, present or not."""

from datetime import UTC, datetime

import pytest

from dialogs.commands import NO_SHELTER, SubmitReferral, Triage
from dialogs.library import day_of
from dialogs.text import Text
from dialogs.understanding import Entity
from tests.dialogs.world import Person, as_person


def sent(person: Person) -> SubmitReferral:
    (command,) = person.turn.commands
    assert isinstance(command, SubmitReferral)
    return command


def triage(person: Person) -> Triage:
    return sent(person).triage


def english(text: Text) -> str:
    """A sentence with its values in it."""
    values = {name: english(value) if isinstance(value, Text) else value for name, value in text.values}
    return text.msgid.format(**values)


def urls(person: Person) -> list[str | None]:
    return [choice.url for choice in person.turn.screens[-1].choices]


def test_who_is_not_safe_need_not_say_that_it_is_handled():
    person = as_person()
    person.tap("help_me", "no")
    assert "tel:115" in urls(person)
    person.tap("unsafe", "adult", "yes", "yes", "none", "ok", "unsaid", "unsaid", "unsaid", "ok", "read", "yes", "no")
    assert (triage(person).urgency, triage(person).safe_until) == ("immediate", NO_SHELTER)


@pytest.mark.parametrize("answers", [["no"], ["yes", "no"], ["yes", "yes", "no"]])
def test_without_danger_distance_or_wish_for_a_place_there_is_advice(answers: list[str]):
    person = as_person()
    person.tap("help_me", "yes", "adult", *answers, "advice", "normal", "month")
    person.tap("unsaid", "unsaid", "unsaid", "ok", "read", "yes", "no")
    assert triage(person).wishes == ("advice",)


def test_an_absent_child_is_protected_first():
    person = as_person(audience="professional")
    person.tap("refer", "minor")
    assert "tel:119" in urls(person)
    person.tap("ok", "absent")
    assert "tel:119" in urls(person)
    assert not any("their decision" in line for line in person.words)
    person.tap("human")
    assert "ask" not in person.choices


def test_an_age_that_was_told_is_not_asked_again_and_can_be_put_right():
    person = as_person()
    person.say("I am 16", danger=("minor",))
    person.tap("go_on", "help_me", "yes")
    assert person.place == ("referral", "child")
    person.tap("older", "adult", "adult")  # two ages were told: asked once more
    assert person.place == ("referral", "danger")
    assert not person.turn.session.minor_told


def test_a_professionals_own_language_is_not_taken_for_the_persons():
    person = as_person("fr", "professional")
    person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "none", "unknown", "soon", "days")
    person.tap("unsaid", "unsaid", "woman", "none", "none", "no", "none", "unsaid", "none", "none", "unsaid", "unsaid")
    assert "Languages: nothing" in [english(line) for line in person.turn.screens[-1].text]
    person.tap("edit", "edit-languages")
    assert not any(english(choice.label).startswith("✓") for choice in person.turn.screens[-1].choices)
    person.tap("none")
    assert person.place == ("referral", "review")
    person.tap("ok", "read", "es", "yes", "no")
    assert triage(person).languages == ()


def test_a_person_who_names_no_language_speaks_the_one_they_use_here():
    person = as_person("es")
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days", "unsaid", "unsaid", "unsaid")
    person.tap("ok", "read", "yes", "no")
    assert triage(person).languages == ("es",)


def test_nothing_is_sealed_where_nothing_can_be():
    person = as_person(sealing=False)
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days", "unsaid", "unsaid")
    assert person.place == ("referral", "review")
    person.say("no stairs please")
    assert person.place == ("referral", "review")
    person.tap("ok", "read", "yes", "no")
    assert (sent(person).note, sent(person).callback) == (None, None)


def test_who_reads_the_agreement_has_the_whole_assistant_in_their_language():
    person = as_person("fr", "professional")
    person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "fr", "done", "needed", "soon", "days")
    person.tap("unsaid", "unsaid", "woman", "none", "none", "no", "none", "unsaid", "none", "none", "unsaid", "unsaid")
    person.tap("ok", "read", "es")
    assert (person.turn.session.spoken, person.turn.session.language) == ("es", "fr")
    person.say("English please", "change_language", entities=(Entity("language", "en"),))
    assert (person.turn.session.spoken, person.turn.session.language) == ("en", "fr")
    person.tap("sos")
    assert person.turn.session.spoken == "en"
    person.tap("go_on", "yes", "no")
    assert person.turn.session.spoken == "fr"
    assert sent(person).consent.language == "en"
    assert [screen.language for screen in person.turn.screens] == [None, None]
    person.tap("finished", "next")
    assert (person.turn.session.spoken, person.turn.screens[-1].language) == ("en", "en")


def test_danger_is_a_line_above_the_answer_for_a_professional_but_at_a_first_threat():
    person = as_person(audience="professional")
    person.tap("refer")
    person.say("il menace de la tuer", danger=("threat",))
    assert person.place[0] == "crisis"
    person.tap("go_on", "adult")
    person.say("il la menace", danger=("threat",))
    assert person.place == ("referral", "together")
    assert "If there is danger now" in person.words[0]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "2026-11-23"),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 7, 1, 22, 1, tzinfo=UTC), "2026-07-02"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "2026-03-29"),
    ],
)
def test_days_are_those_of_paris(moment: datetime, day: str):
    assert day_of(int(moment.timestamp())).isoformat() == day
