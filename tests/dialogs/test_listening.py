"""A language's own name where a text is asked for: kept as what was asked for, and the change is one tap away."""

import pytest

from tests.dialogs.world import Person, as_person

OFFER = "Do you prefer {name}? Tap it below."


def at_the_note() -> Person:
    person = as_person("fr")
    person.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days", "unsaid", "unsaid")
    assert person.place == ("referral", "note")
    return person


@pytest.mark.parametrize(("name", "code"), [("espanol", "es"), ("English!", "en"), ("العربية", "ar")])
def test_its_name_alone_is_kept_and_the_change_offered(name: str, code: str):
    person = at_the_note()
    person.say(name)
    assert person.place == ("referral", "review")
    assert OFFER in person.words
    person.tap(f"speak-{code}")
    assert (person.turn.session.spoken, person.place) == (code, ("referral", "review"))


@pytest.mark.parametrize("text", ["I speak English and Pashto", "Français", "pas d'escaliers"])
def test_its_name_among_others_or_the_one_spoken_offers_nothing(text: str):
    person = at_the_note()
    person.say(text)
    assert OFFER not in person.words
