"""Signs of trauma: guidance where one chooses what to ask, without questions, score or result."""

from dialogs.helpline import Helpline
from dialogs.reading import read_library
from tests.dialogs.world import LIBRARY, as_person

PAGE = LIBRARY.topics["trauma_signs"]


def at_the_page():
    person = as_person(audience="professional")
    person.tap("instruments", "trauma")
    return person


def test_a_professional_finds_it_beside_the_instruments_and_reads_first_that_it_proves_nothing():
    person = at_the_page()
    assert person.place == ("information", "page/trauma_signs")
    lead = [fact for fact in PAGE.facts if fact.lead]
    assert "neither proves nor disproves anything, and is no diagnosis" in lead[0].text.msgid
    assert {"more", "sources", "copy", "cases"} <= set(person.choices)


def test_it_asks_nothing_counts_nothing_and_fills_nothing_of_a_request():
    person = at_the_page()
    assert not {"yes", "no", "unknown", "referral"} & set(person.choices)
    person.say("I want to refer somebody", "make_referral")
    assert person.turn.session.stack[-1].answers == ()


def test_it_is_no_instrument_so_that_none_can_try_to_score_it():
    assert "trauma_signs" not in read_library().instruments
    assert "trauma_signs" not in LIBRARY.described


def test_who_must_be_called_is_on_the_page():
    numbers: list[Helpline] = [LIBRARY.helplines[name] for name in PAGE.helplines]
    assert {"suicide", "medical"} <= {need for number in numbers for need in number.fits}


def test_it_names_only_what_was_read_and_says_what_is_missing():
    assert all(fact.shown for fact in PAGE.facts)
    told = {fact.id: fact.text.msgid for fact in PAGE.facts}
    assert "not tested" in told["far_away"]
    assert told["limits"].startswith("Not here: signs of sleep")
    assert not [text for text in told.values() if "is a victim" in text]
