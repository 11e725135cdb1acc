"""The definition tried out: one of each, an example, the law's words, and what a change changes."""

import re
from pathlib import Path

import pytest

from tests.dialogs.world import LIBRARY, Person, as_person

assert LIBRARY.learning is not None
DEFINITION = LIBRARY.learning.definition
ELEMENTS = {element.id: element for elements in DEFINITION.pieces.values() for element in elements}
ARTICLE = " ".join((Path(__file__).parent / "article_225_4_1.txt").read_text("utf-8").replace("’", "'").split())
WHOLE = "One act, one means, one purpose: this is what the article describes."


def at_result(*picks: str) -> Person:
    person = as_person(audience="professional")
    person.say("what is trafficking", "ask_definition")
    person.tap("explainer", *picks)
    assert person.place == ("explainer", "result")
    return person


def test_one_of_each_is_what_the_article_describes():
    person = at_result("adult", "transport", "force", "begging")
    assert WHOLE in person.words
    for name in ("transport", "force", "begging"):
        assert ELEMENTS[name].story.msgid in person.words


@pytest.mark.parametrize("act", [element.id for element in DEFINITION.pieces["act"]])
@pytest.mark.parametrize("means", [element.id for element in DEFINITION.pieces["means"]])
def test_any_one_of_each_is_enough(act: str, means: str):
    for purpose in DEFINITION.pieces["purpose"]:
        assert WHOLE in at_result("adult", act, means, purpose.id).words


def test_a_minor_is_asked_for_no_means():
    person = at_result("minor", "harbour", "crime")
    assert "Under 18, an act and a purpose are enough: no means is needed." in person.words
    person.tap("law")
    assert "Under 18: « {law} »" in person.words


@pytest.mark.parametrize("element", ELEMENTS)
def test_what_is_quoted_stands_in_the_article_in_this_order(element: str):
    parts = [re.escape(part.strip()) for part in ELEMENTS[element].law.replace("’", "'").split("[…]")]
    assert re.search(".*".join(parts), ARTICLE), ELEMENTS[element].law


def test_what_is_quoted_on_minors_stands_in_the_article():
    assert DEFINITION.minors.replace("’", "'").strip(". ") in ARTICLE


def test_the_laws_words_are_shown_as_they_stand():
    person = at_result("adult", "recruit", "payment", "organ")
    person.tap("law")
    quoted = [value for text in person.turn.screens[-1].text for name, value in text.values if name == "law"]
    assert quoted == [ELEMENTS[name].law for name in ("recruit", "payment", "organ")]


class TestAChange:
    def test_of_one_for_another_changes_nothing(self):
        person = at_result("adult", "transport", "force", "begging")
        person.tap("change_act", "harbour")
        assert "With this change, the answer stays the same." in person.words

    def test_to_none_shows_what_is_missing(self):
        person = at_result("adult", "transport", "force", "begging")
        person.tap("change_purpose", "none")
        assert "With this change, the answer is another one." in person.words
        assert WHOLE not in person.words

    def test_of_the_age_takes_the_means_away_and_asks_for_it_again(self):
        person = at_result("adult", "transport", "none", "begging")
        person.tap("change_age", "minor")
        assert "With this change, the answer is another one." in person.words
        person.tap("change_age", "adult", "payment")
        assert person.place == ("explainer", "result")
        assert WHOLE in person.words
