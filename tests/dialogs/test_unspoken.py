"""A language without screens ends with a way on: what works in it, numbers, words to show, one of the four."""

import pytest

from tests.dialogs.world import Person, as_person

SENTENCE = "nu vorbesc franceza si am nevoie de ajutor"


def test_a_sentence_in_it_says_what_is_read_and_offers_what_works():
    person = as_person()
    person.say(SENTENCE, "ask_rights", language="ro")
    assert "You write in {language}. I understand it in part, and answer in this language." in person.words
    assert "tongue" in person.choices
    person.tap("tongue")
    assert person.place == ("unspoken", "ways")
    person.tap("card")
    assert person.turn.screens[-1].language == "fr"
    assert ("language", "Română") in [pair for text in person.turn.screens[-1].text for pair in text.values]


@pytest.mark.parametrize(("text", "offered"), [("我需要帮助", True), ("你好", False)])
def test_where_one_writes_without_spaces_signs_make_a_sentence(text: str, offered: bool):
    person = as_person()
    person.say(text, "ask_rights", language="zh")
    assert ("Do you prefer {name}? Tap it below." in person.words) == offered


def test_at_the_question_for_the_language_one_word_is_enough():
    person = Person()
    person.say("ajutor", language="ro")
    assert "You write in {language}. I understand it in part, and answer in this language." in person.words


def test_it_is_said_once():
    person = as_person()
    for _ in range(2):
        person.say(SENTENCE, language="ro")
    assert "You write in {language}. I understand it in part, and answer in this language." not in person.words


def test_its_name_typed_leads_there_and_one_of_the_four_goes_on():
    person = as_person()
    person.tap("language")
    person.say("română", "change_language", entities=())
    person.tap("not_here")
    assert person.place == ("unspoken", "ways")
    assert any("115" in str(choice.url) for choice in person.turn.screens[-1].choices), "the line of many languages"
    person.tap("en")
    assert person.turn.session.language == "en"
    assert person.place == ("menu", "choose")


@pytest.mark.parametrize("place", ["bilingual", "consent"])
def test_a_professional_is_told_how_an_interpreter_can_read_it(place: str):
    person = as_person(audience="professional")
    if place == "bilingual":
        person.tap("bilingual", "alone")
    else:
        at_agreement(person)
    before = person.place
    person.tap("not_here")
    assert person.place == ("unspoken", "ways")
    assert "Please let no friend, relative or child interpret." in person.words
    person.tap("go_on")
    assert person.place == before


def at_agreement(person: Person) -> None:
    """A professional's request, at the question in which language the person reads the agreement."""
    person.tap("refer", "adult", "together", "yes", "yes", "yes", "yes", "fr", "done", "needed", "soon", "days")
    person.tap("unsaid", "unsaid", "woman", "none", "none", "no", "none", "unsaid", "none", "none", "unsaid")
    person.say("She needs a ground floor.")
    assert "Your free words are not translated." in "".join(person.words)
    person.tap("ok", "read")
    assert person.place == ("consent", "language")
