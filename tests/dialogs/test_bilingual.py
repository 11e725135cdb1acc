"""Two who read together: who is with the person, the two halves, turning the device, what is for one alone."""

import pytest

from dialogs.commands import SubmitReferral
from dialogs.events import Chose, Holder, ReceiptSeen, Said, Standing
from dialogs.screen import Screen
from dialogs.understanding import Entity
from tests.dialogs.world import Person, as_person, of_two


def shown(person: Person) -> Screen:
    return person.turn.screens[-1]


def theirs(person: Person) -> Screen:
    """The half of the person beside."""
    half = shown(person).beside
    assert half is not None
    return half


def msgids(screen: Screen) -> list[str]:
    return [text.msgid for text in screen.text]


class TestWhoIsThere:
    def test_it_is_asked_before_any_language(self):
        person = as_person(audience="professional")
        person.tap("bilingual")
        assert person.words[0] == "Is somebody with the person now?"
        assert person.turn.session.beside is None

    @pytest.mark.parametrize("company", ["companion", "watched"])
    def test_a_companion_neither_interprets_nor_stays(self, company: str):
        person = as_person(audience="professional")
        person.tap("bilingual", company)
        assert any("postpone" in line for line in person.words)
        assert "In front of them, the person cannot speak freely." in person.words
        assert person.choices[:2] == ["alone", "postpone"]
        assert next(choice.url for choice in shown(person).choices if choice.url) == "tel:17"
        person.tap("alone")
        assert person.place == ("bilingual", "language")

    def test_postponing_leaves_nothing_behind(self):
        person = as_person(audience="professional")
        person.tap("bilingual", "watched", "postpone")
        assert "Do not show why, and do not show this screen" in person.words[0]
        person.tap("finish")
        assert person.place == ("menu", "choose")
        assert [frame.flow for frame in person.turn.session.stack] == ["menu"]

    def test_a_child_does_not_interpret_either(self):
        person = as_person(audience="professional")
        person.tap("bilingual", "child")
        assert "A child should not interpret, and should not hear these questions." in person.words
        person.tap("onward")
        assert person.place == ("bilingual", "language")

    def test_it_is_offered_before_an_instrument_and_comes_back_to_it(self):
        person = as_person(audience="professional")
        person.tap("instruments", "danger", "bilingual", "interpreter", "onward", "es", "understood")
        assert person.place == ("danger", "intro")
        assert "bilingual" not in person.choices

    def test_nobody_else_is_offered_it(self):
        for audience in ("person", "other"):
            assert "bilingual" not in as_person(audience=audience).choices


class TestWhichLanguage:
    @pytest.mark.parametrize("own", ["fr", "en", "es", "ar"])
    @pytest.mark.parametrize("other", ["fr", "en", "es", "ar"])
    def test_any_two(self, own: str, other: str):
        person = as_person(own, "professional")
        person.tap("bilingual", "alone")
        assert own not in person.choices
        if own != other:
            person.tap(other)
            assert theirs(person).language == other
            assert shown(person).language is None

    def test_it_may_be_written(self):
        person = as_person(audience="professional")
        person.tap("bilingual", "alone")
        person.say("arabe", "change_language", entities=(Entity("language", "ar"),))
        assert person.turn.session.beside == "ar"
        assert person.turn.session.language == "fr"

    def test_one_without_screens_or_the_own_one_is_asked_again(self):
        person = as_person(audience="professional")
        person.tap("bilingual", "alone")
        person.say("roumain", "change_language", entities=(Entity("language", "ro"),))
        assert person.words[0].startswith("There are no screens in that language yet.")
        person.say("fr")
        assert person.words[0].startswith("You read this language already.")
        assert person.place == ("bilingual", "language")

    def test_the_person_reads_first_what_this_is_and_may_say_no(self):
        person = as_person(audience="professional")
        person.tap("bilingual", "alone", "ar")
        assert len(theirs(person).text) == 3
        person.tap("hand", "wrong")
        assert person.place == ("bilingual", "language")
        person.tap("es", "hand", "unwanted")
        assert person.turn.session.beside is None
        assert [screen.language for screen in person.turn.screens] == ["es", None, None]
        assert person.place == ("menu", "choose")

    def test_either_changes_or_ends_it(self):
        person = of_two()
        person.tap("hand", "pair", "change")
        assert person.place == ("bilingual", "language")
        person.tap("es", "understood", "pair", "end")
        assert person.turn.session.beside is None
        assert shown(person).beside is None

    def test_a_line_in_either_language_changes_none(self):
        person = of_two()
        person.tap("instruments", "situation", "start", "adult")
        person.say("نعم", "affirm", language="ar")
        person.say("oui", "affirm", language="fr")
        assert (person.turn.session.language, person.turn.session.beside) == ("fr", "ar")
        person.say("hablo español", "change_language", entities=(Entity("language", "es"),))
        assert person.place == ("bilingual", "settings")
        assert (person.turn.session.language, person.turn.session.beside) == ("fr", "ar")
        person.tap("go_on")
        assert person.place[0] == "screening"

    def test_the_professional_s_own_language_may_change_too(self):
        person = of_two("fr", "ar")
        person.tap("language", "es")
        assert (person.turn.session.spoken, theirs(person).language) == ("es", "ar")
        person.tap("language", "ar")
        assert person.turn.session.beside is None, "both read the same now"


class TestTwoHalves:
    def test_a_question_is_plain_for_the_person_and_exact_for_the_professional(self):
        person = of_two()
        person.tap("instruments", "situation", "start", "adult")
        assert "Was the person recruited" in msgids(shown(person))[1]
        assert "Did someone bring you here" in msgids(theirs(person))[1]
        assert "({law})" not in msgids(theirs(person))
        assert {"why", "how"} <= set(person.choices)

    def test_how_to_ask_is_told_to_the_professional_alone(self):
        person = of_two()
        person.tap("instruments", "situation", "start", "adult", "how")
        note = person.turn.screens[0]
        assert note.alone
        assert note.beside is None
        person.tap("why")
        assert person.turn.screens[0].beside is not None

    def test_the_rights_are_read_in_plain_words_and_in_articles(self):
        person = of_two()
        person.tap("learn", "group-papers", "topic-rights")
        assert msgids(shown(person)) != msgids(theirs(person))
        person.tap("copy")
        assert shown(person).alone

    def test_danger_takes_the_place_of_the_question_for_both(self):
        person = of_two()
        person.tap("instruments", "situation", "start", "adult")
        person.say("سيقتلني", danger=("threat",))
        assert person.place[0] == "crisis"
        assert "It is you who decides. Nobody is told anything by this program." in msgids(theirs(person))
        person.tap("go_on")
        person.say("je veux mourir", danger=("suicide",))
        assert person.place[0] == "crisis"


class TestTurned:
    def test_the_person_has_all_of_it_in_their_language_and_one_tap_leads_back(self):
        person = of_two()
        person.tap("instruments", "situation", "start", "adult", "hand")
        assert shown(person).language == person.turn.session.spoken == "ar"
        assert shown(person).beside is None
        assert {"yes", "no", "unknown", "skipped", "why", "pause", "hand_back", "sos", "back", "menu", "leave"} <= set(
            person.choices
        )
        assert "how" not in person.choices
        person.tap("yes", "no")
        assert shown(person).language == "ar"
        person.tap("hand_back")
        assert theirs(person).language == "ar"
        assert person.turn.session.spoken == "fr"

    def test_a_tap_on_an_older_screen_turns_nothing(self):
        person = of_two()
        before = person.turn.session.turn
        person.tap("hand")
        session = person.turn.session
        person.send(Chose(person.at, "hand", before, person.sealing))
        assert person.turn.session == session

    def test_what_is_for_the_professional_alone_turns_it_back(self):
        person = of_two()
        person.tap("refer", "hand", "adult")
        assert person.place == ("referral", "together")
        assert msgids(person.turn.screens[0]) == ["This part is for the professional. Please give the device back."]
        assert person.turn.screens[0].language == "ar"
        assert shown(person).language is None
        assert person.turn.session.spoken == "fr"

    def test_the_person_may_leave(self):
        person = of_two()
        person.tap("hand", "leave")
        assert person.turn.session.ended
        assert person.turn.screens[-1].language == "ar"

    def test_the_next_person_begins_in_one_language(self):
        person = of_two()
        person.tap("hand", "back", "person")
        session = person.turn.session
        assert (session.language, session.beside, session.turned) == ("ar", None, False), "it was turned to them"


def test_the_agreement_is_read_by_both_and_given_in_the_person_s_language():
    person = of_two("es", "en")
    person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "en", "done", "needed", "soon", "days")
    person.tap("unsaid", "unsaid", "woman", "none", "none", "no", "none", "unsaid", "none", "none", "unsaid", "unsaid")
    assert shown(person).alone, "what will be sent is looked through by the professional"
    person.tap("ok", "read")
    assert person.place == ("consent", "text")
    assert msgids(shown(person)) == msgids(theirs(person))
    assert (shown(person).language, theirs(person).language) == (None, "en")
    person.tap("hand")
    assert shown(person).language == "en"
    person.tap("yes")
    assert shown(person).language == "en", "whether it may be counted is asked of the person alone"
    person.tap("yes")
    command = next(command for command in person.turn.commands if isinstance(command, SubmitReferral))
    assert [consent.language for consent in (command.consent, *command.also)] == ["en", "en"]
    given_back, own = person.turn.screens[:2]
    assert (given_back.language, own.language) == ("en", None)
    assert own.alone
    assert own.beside is None
    person.tap("finished", "next")
    assert person.place == ("receipt", "hand")
    assert shown(person).language == person.turn.session.spoken == "en", "it is turned to the person by itself"
    person.tap("hand_back")
    assert not person.turn.session.turned, "and the professional may have it back"


class TestATypedReceipt:
    """What a receipt opens is for its holder, whoever has the device."""

    def opened(self, holder: Holder, *ways: str) -> Person:
        person = of_two()
        person.tap(*ways)
        seen = ReceiptSeen("open", "R-1", holder, Standing("received"), messages=("For the holder alone",))
        person.send(Said(person.at, "", receipt=seen, sealing=True))
        assert person.place == ("receipt", "open")
        return person

    def test_the_professional_s_turns_the_device_back_and_is_theirs_alone(self):
        person = self.opened("professional", "receipt", "hand")
        given_back, news = person.turn.screens[:2]
        assert (given_back.language, msgids(given_back)) == (
            "ar",
            ["This part is for the professional. Please give the device back."],
        )
        assert news.text[0].msgid == "The coordination writes: {message}"
        assert (news.language, news.beside, shown(person).language, shown(person).beside) == (None,) * 4
        assert (person.turn.session.turned, person.turn.session.spoken) == (False, "fr")

    def test_the_professional_s_is_never_shown_twice(self):
        person = self.opened("professional")
        for way in ((), ("write",)):
            person.tap(*way)
            assert all(screen.alone and screen.beside is None for screen in person.turn.screens)
            assert "hand" not in person.choices
        person.say("Des nouvelles ?")
        assert shown(person).alone
        person.tap("send")
        assert all(screen.alone and screen.beside is None for screen in person.turn.screens)

    @pytest.mark.parametrize("ways", [("receipt",), ("receipt", "hand")])
    def test_the_person_s_is_turned_to_them(self, ways: tuple[str, ...]):
        person = self.opened("person", *ways)
        assert person.turn.session.turned
        assert [(screen.language, screen.beside) for screen in person.turn.screens] == [("ar", None)] * 2

    def test_one_after_the_other_each_goes_to_its_holder(self):
        person = self.opened("person")
        seen = ReceiptSeen("open", "R-1", "professional", Standing("received"), messages=("Another",))
        person.send(Said(person.at, "", receipt=seen, sealing=True))
        assert [screen.language for screen in person.turn.screens] == ["ar", None, None]
        assert not person.turn.session.turned
        person.send(Said(person.at, "", receipt=ReceiptSeen("open", "R-1", "person", Standing("received"))))
        assert person.turn.session.turned
        person.tap("hand_back")
        person.send(Said(person.at, "", receipt=ReceiptSeen("open", "R-1", "person", Standing("received"))))
        assert person.turn.session.turned, "what it opens anew is the person's, too"

    def test_a_new_receipt_of_the_person_s_is_told_in_their_language_alone(self):
        person = of_two()
        seen = ReceiptSeen("open", "R-1", "person", Standing("received"), number=1)
        person.send(Said(person.at, "", receipt=seen, sealing=True))
        person.tap("renew", "hand_back", "yes")
        assert person.place == ("receipt", "kept")
        new = person.turn.screens[0]
        assert "Words: {words}" in msgids(new)
        assert (new.language, new.beside) == ("ar", None)

    @pytest.mark.parametrize("way", ["write", "proposal"])
    def test_who_comes_back_to_what_the_person_answers_finds_it_turned_to_them(self, way: str):
        person = of_two()
        seen = ReceiptSeen("open", "R-1", "person", Standing("place_offered"))
        person.send(Said(person.at, "", receipt=seen, sealing=True))
        person.tap(way, "sos", "hand_back", "back")
        assert person.place[0] == "receipt"
        assert person.turn.session.turned


def test_the_person_beside_reads_the_work_questions_in_plain_words_that_are_ours():
    person = of_two()
    person.tap("instruments", "ilo_adult_labour")
    assert any("ours, not the ILO’s" in text for text in msgids(theirs(person)))
    person.tap("start")
    assert "Did somebody lie to you about the job, the place or the boss?" in msgids(theirs(person))
    assert not any("the person" in text for text in msgids(theirs(person)))
    assert any("Was the person told something untrue" in text for text in msgids(shown(person)))
    person.tap("why")
    assert any("That is not their fault." in text for screen in person.turn.screens for text in msgids(screen))
    person.tap(*["yes"] * 2, "pause", "so_far")
    assert "Some dimensions are met, but not recruitment, exploitation and coercion together." in msgids(shown(person))
    assert "The answers point to some of it, not to all of it together." in msgids(theirs(person))
