"""A professional's short note opens the page whose very words it is; nobody else's does, and none among questions."""

from dataclasses import replace

import pytest

from dialogs.searching import search_words
from tests.dialogs.world import LIBRARY, Person, as_person

FOUND = replace(LIBRARY, search={"en": search_words(LIBRARY.topics.values(), lambda text: text.msgid)})


@pytest.fixture(autouse=True)
def searching(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.dialogs.world.LIBRARY", FOUND)


def professional() -> Person:
    return as_person("en", "professional")


def test_the_words_of_a_page_open_it_whatever_was_understood():
    person = professional()
    person.say("Article 40", "ask_law_and_penalties")
    assert person.place == ("information", "page/duties")


def test_the_whole_name_of_a_page_may_be_long():
    person = professional()
    person.say("what is the housing unfit to live in", "ask_rights")
    assert person.place == ("information", "page/permit_housing")


@pytest.mark.parametrize("note", ["L425-1", "l.425-1 ?", "about the one-year card"])
def test_blanks_signs_and_small_words_around_do_not_count(note: str):
    person = professional()
    person.say(note)
    assert person.place == ("information", "page/permit_complaint")


def test_likeness_alone_tells_no_danger_in_the_words_of_a_page():
    person = professional()
    person.say("smuggler", danger=("threat",), unsure=("threat",))
    assert person.place == ("information", "page/differences")
    person.say("smuggler", danger=("threat",))
    assert person.place[0] == "crisis", "a rule of the danger layer always counts"


def test_a_note_that_names_one_page_and_sounds_like_another_is_a_choice():
    person = professional()
    person.say("article 40 and prosecutor", "ask_complaint", ranking=(("ask_complaint", 1.0),))
    assert person.place == ("guess", "choose")
    assert {"topic-duties", "ask_complaint"} <= set(person.choices)


def test_a_telephone_number_leads_to_the_numbers():
    person = professional()
    person.say("115")
    assert person.place == ("information", "page/helplines")


def test_among_questions_a_note_is_no_page():
    person = professional()
    person.tap("instruments", "situation", "start", "adult")
    person.say("asylum")
    assert person.place[0] != "information"


def test_a_person_is_led_by_what_was_understood():
    person = as_person("en")
    person.say("my rights", "ask_shelter")
    assert person.place == ("information", "page/shelter")
