"""The engine's stories: back, digressions, stale taps, languages, danger, silence, what is not understood."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from dialogs.engine import advance
from dialogs.events import Asked, Chose, Said, Shared
from dialogs.hearing import PUZZLED
from dialogs.understanding import Entity, Understanding
from tests.dialogs.world import AT, FLOWS, LIBRARY, Person, answered, as_person, at_review

T = TypeVar("T")
UNSURE = [text.msgid for text in PUZZLED]


class TestBack:
    def test_goes_one_question_back_and_keeps_the_answer_until_it_is_changed(self):
        person = as_person()
        person.tap("check", "start", "adult", "yes", "back")
        first = person.place[1]
        assert answered(person)[first] == "yes"
        person.tap("no")
        assert answered(person)[first] == "no"

    def test_a_changed_answer_takes_what_depended_on_it_and_only_that(self):
        person = as_person()
        person.tap("check", "start", "adult", *["yes"] * 3, *["no"] * 8)
        assert person.place[1] == "finding"
        for _ in range(12):
            person.tap("back")
        assert person.place[1] == "age"
        person.tap("minor")
        assert person.place[1] == "finding"
        assert not [step for step in answered(person) if step.startswith("means")]
        assert [step for step in answered(person) if step.startswith("purpose")]

    def test_a_change_before_the_approval_asks_for_the_approval_again(self):
        person = at_review()
        person.tap("ok")
        assert person.place == ("referral", "consent")
        person.tap("back", "edit", "edit-urgency", "immediate", "ok")
        assert person.place == ("referral", "review")

    def test_leads_from_the_first_question_of_a_flow_to_the_menu(self):
        person = as_person()
        person.tap("help_me", "back")
        assert person.place[0] == "menu"


class TestDigression:
    def test_a_question_is_answered_and_the_way_leads_back_with_one_prompt(self):
        person = as_person()
        person.tap("check", "start", "adult", "yes")
        before = person.place
        person.say("what are my rights", "ask_rights")
        assert person.place == ("information", "page/rights")
        person.tap("back")
        assert person.place == before
        assert len(person.turn.screens) == 1

    def test_the_menu_keeps_what_was_begun(self):
        person = as_person()
        person.tap("help_me", "yes", "menu", "rights", "menu", "go_on")
        assert person.place == ("referral", "age")

    def test_choosing_again_what_is_under_way_goes_on_with_it(self):
        person = as_person()
        person.tap("check", "start", "adult", "menu", "check")
        assert answered(person)["age"] == "adult"

    @pytest.mark.parametrize("language", ["en", "es", "ar"])
    def test_the_language_changes_at_any_step_and_loses_nothing(self, language: str):
        person = at_review()
        before = answered(person)
        person.say("x", "change_language", entities=(Entity("language", language),))
        assert person.turn.session.language == language
        assert (person.place, answered(person)) == (("referral", "review"), before)


class TestTaps:
    def test_a_double_tap_answers_one_question(self):
        person = as_person()
        person.tap("check", "start", "adult")
        tap = Chose(AT, "yes", person.turn.session.turn, True)
        person.send(tap)
        after = person.turn
        person.send(tap)
        assert person.turn.session == after.session
        assert person.turn.screens[-1] == after.screens[-1]

    def test_a_word_for_yes_is_the_button_yes_here_and_no_answer_elsewhere(self):
        person = as_person()
        person.tap("check", "start", "adult")
        first = person.place[1]
        person.say("yes", "affirm")
        assert answered(person)[first] == "yes"
        person.tap("menu")
        person.say("yes", "affirm")
        assert person.place[0] == "menu"
        assert person.words[0] == UNSURE[0]


class TestProfession:
    @pytest.mark.parametrize("said", ["Je suis inspectrice du travail", "I am a nurse.", "soy policía", "أنا ممرضة"])
    def test_typed_where_nobody_has_said_who_they_are_it_makes_a_professional(self, said: str):
        person = Person()
        person.tap("fr")
        person.say(said)
        assert person.turn.session.audience == "professional"
        assert person.place == ("menu", "choose")
        assert person.words[0].startswith("This now speaks to you as a professional.")

    def test_back_changes_it(self):
        person = Person()
        person.tap("fr")
        person.say("je suis infirmière")
        person.tap("back", "person")
        assert person.turn.session.audience == "person"

    def test_as_the_first_words_or_of_somebody_who_worries_too(self):
        first = Person()
        first.say("je suis infirmière", language="fr")
        worried = as_person(audience="other")
        worried.say("je suis assistante sociale")
        assert [one.turn.session.audience for one in (first, worried)] == ["professional"] * 2

    def test_in_a_persons_own_story_it_changes_nothing(self):
        person = as_person()
        person.say("je suis infirmière")
        assert person.turn.session.audience == "person"
        worried = as_person(audience="other")
        worried.say("je suis infirmière et mon patron garde mes papiers")
        assert worried.turn.session.audience == "other"


class TestUnknownText:
    def test_two_guesses_and_something_else(self):
        person = as_person()
        person.say("hm", ranking=(("ask_rights", 0.4), ("make_referral", 0.3), ("ask_shelter", 0.2)))
        assert person.choices[:3] == ["ask_rights", "make_referral", "other"]
        person.tap("ask_rights")
        assert person.place == ("information", "page/rights")

    def test_every_flow_that_may_be_meant_has_a_name_and_no_other(self):
        assert {flow.name for flow in FLOWS.values() if flow.title} == {
            flow.name for flow in FLOWS.values() if flow.intents
        }

    def test_never_the_same_sentence_three_times_and_then_a_human_way(self):
        person = as_person()
        said = [person.say("blah").screens[0].text[0].msgid for _ in range(3)]
        assert len(set(said)) == 3
        assert person.place == ("human", "ways")

    def test_a_text_that_is_too_long_is_refused_kindly(self):
        person = as_person()
        person.say("x" * 10_000)
        assert "too long" in person.words[0]
        assert person.place[0] == "menu"

    def test_a_photo_is_not_opened_and_changes_nothing(self):
        person = as_person()
        person.tap("check", "start")
        person.send(Shared(AT))
        assert person.place == ("screening", "age")
        assert "did not download" in person.words[0]


class TestOnce:
    """However a text is looked at, the step is asked once what it takes, and its screen is made once."""

    @pytest.mark.parametrize("danger", [(), ("threat",)])
    def test_the_step_is_asked_once(self, danger: tuple[str, ...]):
        person = as_person()
        person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")
        asked: list[str] = []

        def noted(name: str, do: Callable[..., T]) -> Callable[..., T]:
            def also(*given: object) -> T:
                asked.append(name)
                return do(*given)

            return also

        referral = FLOWS["referral"]
        steps = tuple(
            replace(step, show=noted("show", step.show), take=noted("take", step.take))
            if step.id == "department"
            else step
            for step in referral.steps
        )
        said = Said(AT, "06", Understanding(danger=danger), sealing=True)
        turn = advance(person.turn.session, said, {**FLOWS, "referral": replace(referral, steps=steps)}, LIBRARY)
        assert turn.session.stack[-1].flow == ("crisis" if danger else "referral")
        assert asked.count("take") == 1
        assert asked.count("show") == 1


class TestDanger:
    @pytest.mark.parametrize("kind", ["threat", "medical", "suicide", "minor"])
    def test_comes_before_any_step_and_leads_back(self, kind: str):
        person = at_review()
        person.say("…", danger=(kind,))
        assert person.place == ("crisis", "numbers")
        screen = person.turn.screens[-1]
        dialled = {choice.url.partition(":")[2] for choice in screen.choices if choice.url}
        (also,) = [text for text in screen.text if text.msgid == "Also: {numbers}."]
        assert all(number in dialled or f"'{number}'" in str(also) for number in ("15", "17", "18", "112", "114"))
        person.tap("more")
        dialled = {choice.url for choice in person.turn.screens[-1].choices if choice.url}
        assert {"tel:15", "tel:17", "tel:18", "tel:112", "sms:114"} <= dialled
        person.tap("back", "go_on", *(("adult",) if kind == "minor" else ()))  # an adult wrote of a child
        assert person.place == ("referral", "review")

    def test_numbers_that_fit_come_first(self):
        person = as_person()
        person.say("…", danger=("suicide",))
        assert next(c.url for c in person.turn.screens[-1].choices if c.url) == "tel:3114"

    def test_a_note_that_speaks_of_danger_is_kept(self):
        person = as_person()
        person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days", "unsaid", "unsaid")
        person.say("he will kill me", danger=("threat",))
        assert person.place[0] == "crisis"
        person.tap("go_on")
        assert person.place == ("referral", "review")
        assert answered(person)["note"] == "he will kill me"

    def test_is_one_tap_away_everywhere(self):
        person = as_person()
        person.tap("sos")
        assert person.place[0] == "crisis"

    def test_a_minor_is_spoken_to_once(self):
        person = as_person()
        person.say("I am 15", danger=("minor",))
        person.tap("go_on")
        person.say("I am 15", danger=("minor",))
        assert person.place[0] == "menu"

    def test_not_where_a_professional_has_said_that_it_is_about_a_minor(self):
        person = as_person(audience="professional")
        person.tap("refer", "minor", "ok", "together", "yes", "fr", "done")
        person.say("elle a 15 ans", danger=("minor",))
        assert person.place[0] == "referral"


class TestSilence:
    def test_half_an_hour_forgets_and_says_so(self):
        person = as_person()
        person.tap("check", "start", "adult")
        person.wait(1801)
        person.say("hello")
        assert "30 minutes" in person.words[0]
        assert person.place == ("welcome", "language")
        assert not person.turn.session.stack[0].answers

    def test_danger_is_heard_even_then(self):
        person = as_person()
        person.wait(9999)
        person.say("help", danger=("threat",))
        assert person.place[0] == "crisis"

    def test_a_clock_that_goes_back_harms_nothing(self):
        person = as_person()
        person.wait(-5000)
        person.tap("check", "start")
        assert person.turn.session.at == AT


class TestLeaving:
    def test_hiding_ends_at_once_with_a_word_that_tells_nothing(self):
        person = at_review()
        person.tap("leave")
        assert person.turn.session.ended
        assert person.words == ["Goodbye."]
        assert person.commands == ["Hide", "Forget"]

    def test_erasing_asks_once_and_says_what_remains(self):
        person = as_person()
        person.send(Asked(AT, "erase"))
        assert any("already sent remains" in line for line in person.words)
        person.tap("yes")
        assert person.commands == ["Forget"]
