"""A professional code in a conversation: what it opens, to whom, and what happens when it is no longer in force."""

from dataclasses import replace

import pytest

from dialogs import coding
from dialogs.engine import advance
from dialogs.events import Asked, Chose, CodeSeen, Said, Started
from tests.dialogs.world import AT, FLOWS, LIBRARY, Person, as_person, of_two

OPEN = CodeSeen("open", 7)


def typed(person: Person, seen: CodeSeen = OPEN) -> Person:
    person.send(Said(person.at, "", code=seen))
    return person


def at_the_finding(audience: str = "professional") -> Person:
    person = as_person(audience=audience)
    way = ("instruments", "situation") if audience == "professional" else ("check",)
    person.tap(*way, "start", "adult", "yes", "yes")
    person.tap("pause", "so_far")
    return person


class TestTyped:
    def test_at_a_finding_it_opens_what_one_answer_would_change(self):
        person = at_the_finding()
        assert "changes" not in person.choices
        typed(person)
        assert person.place == ("screening", "finding")
        assert coding.RIGHT.msgid in person.words
        person.tap("changes")
        assert "Without one of these, “{element}” would no longer have signs:" in person.words
        assert "{element}: {yes} yes of {asked} questions." in person.words
        person.tap("finding")
        assert person.place == ("screening", "finding")

    def test_anywhere_it_changes_nothing_else(self):
        person = as_person(audience="professional")
        person.tap("instruments", "situation", "start", "adult", "yes")
        place, answers = person.place, person.turn.session.stack[-1].answers
        typed(person)
        assert (person.place, person.turn.session.stack[-1].answers) == (place, answers)

    def test_where_it_is_asked_for_it_leads_back_to_the_finding(self):
        person = at_the_finding()
        person.tap("further", "code")
        assert person.place == ("code", "enter")
        person.say("je ne sais pas")
        assert "This does not look like a code. It begins with P and has 21 numbers." in person.words
        typed(person)
        assert person.place == ("screening", "further")
        assert "changes" in person.choices

    @pytest.mark.parametrize("wrong", [CodeSeen("mistyped"), CodeSeen("unknown"), CodeSeen("wait")])
    def test_a_wrong_one_opens_nothing_and_takes_nothing_away(self, wrong: CodeSeen):
        person = at_the_finding()
        typed(person, wrong)
        assert "changes" not in person.choices
        assert coding.NOT_RIGHT[wrong.outcome].msgid in person.words
        typed(typed(person), wrong)
        assert "changes" in person.choices

    def test_the_session_holds_its_number_only(self):
        session = typed(at_the_finding()).turn.session
        assert session.code == 7


class TestHidden:
    @pytest.mark.parametrize("audience", ["person", "other"])
    def test_no_person_is_offered_it_or_reads_of_it(self, audience: str):
        person = at_the_finding(audience)
        assert "code" not in person.choices
        person.tap("further")
        assert "code" not in person.choices
        person.tap("finding")
        typed(person)
        assert "changes" not in person.choices
        assert coding.FOR_PROFESSIONALS.msgid in person.words

    def test_the_person_beside_reads_nothing_of_it(self):
        person = of_two()
        person.tap("instruments", "situation", "start", "adult", "yes", "yes", "pause", "so_far", "further", "code")
        assert person.place == ("code", "enter")
        assert person.turn.screens[-1].alone
        person.say("je ne sais pas")
        assert all(screen.alone and screen.beside is None for screen in person.turn.screens)
        assert len(person.turn.screens) == 2

    def test_it_ends_where_somebody_says_that_it_is_for_themself(self):
        person = typed(as_person(audience="professional"))
        person.tap("back", "person")
        assert person.turn.session.code is None


class TestItsEnd:
    def test_it_outlives_another_language_and_ends_with_the_conversation(self):
        person = typed(at_the_finding())
        person.say("en español por favor", "change_language")
        person.tap("es")
        assert person.turn.session.language == "es"
        assert person.turn.session.code == 7
        person.wait(31 * 60)
        person.say("bonjour")
        assert person.turn.session.code is None

    def test_revoked_its_parts_close_it_is_said_once_and_nothing_else_is_lost(self):
        person = typed(at_the_finding())
        person.tap("changes")
        answers = person.turn.session.stack[-1].answers
        revoked = coding.ended(person.turn.session)
        person.turn = advance(revoked, Chose(person.at, "finding", revoked.turn), FLOWS, LIBRARY)
        assert coding.OVER.msgid in person.words
        assert person.place == ("screening", "finding")
        assert person.turn.session.stack[-1].answers == answers
        assert "changes" not in person.choices
        person.tap("further")
        assert coding.OVER.msgid not in person.words
        assert "code" in person.choices

    def test_revoked_while_its_screen_is_open_the_screen_says_so(self):
        person = typed(at_the_finding())
        person.tap("changes")
        shown = advance(replace(person.turn.session, code=None), Chose(person.at, "x", -1), FLOWS, LIBRARY).screens[-1]
        assert shown.text == (coding.CLOSED,)


class TestCounts:
    def test_of_indicators_are_told_by_strength_with_the_rule(self):
        person = as_person(audience="professional")
        person.tap("instruments", "ilo_adult_labour", "start", *["yes"] * 3, "pause", "so_far")
        typed(person).tap("changes")
        text = person.turn.screens[-1].text
        counts = [dict(t.values)["counts"] for t in text if t.msgid == "{element}: {counts}."]
        assert len(counts) == 6
        assert (
            "The rule: a dimension is met by 2 strong answers; 1 strong and 1 other; 3 medium; or 2 medium and 1 weak."
            in person.words
        )
        assert "– one of: {elements}" in person.words

    def test_of_danger_tell_what_the_urgency_hangs_on(self):
        person = as_person(audience="professional")
        person.tap("instruments", "danger", "start", "adult", "yes", "pause", "so_far")
        typed(person).tap("changes")
        assert "With one of these answers turned, the urgency would be another one:" in person.words


class TestTheNextAtTheDevice:
    """A code ends with the talk of who showed it: it says so where it is asked for."""

    @pytest.mark.parametrize("begun", [Asked(AT, "start"), Started(AT)])
    def test_starting_anew_closes_it(self, begun: Asked | Started):
        person = typed(as_person(audience="professional"))
        person.send(begun)
        assert person.turn.session.code is None

    def test_starting_anew_closes_it_though_a_draft_is_kept(self):
        person = typed(at_the_finding())
        person.send(Asked(person.at, "start"))
        assert person.place == ("menu", "choose")
        assert "go_on" in person.choices
        person.tap("go_on")
        assert "changes" not in person.choices

    @pytest.mark.parametrize("audience", ["person", "other", "professional"])
    def test_back_to_the_question_who_is_there_closes_it(self, audience: str):
        person = typed(as_person(audience="professional"))
        person.tap("back", audience)
        assert person.turn.session.code is None

    def test_who_says_anew_that_they_are_a_professional_writes_it_anew(self):
        person = typed(as_person(audience="other"))
        person.tap("back", "professional")
        assert person.turn.session.code is None

    def test_the_menu_keeps_it(self):
        person = typed(at_the_finding())
        person.send(Asked(person.at, "menu"))
        assert person.turn.session.code == 7

    def test_typed_before_who_is_there_was_said_it_opens_once_it_is(self):
        person = Person()
        person.tap("fr")
        typed(person)
        person.tap("professional")
        assert person.turn.session.code == 7
