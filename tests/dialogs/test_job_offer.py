"""The check of an offer: warnings with reasons, what to find out, what to do; never that it is safe."""

import re

from dialogs.text import Text
from tests.dialogs.world import LIBRARY, Person, as_person

assert LIBRARY.learning is not None
OFFER = LIBRARY.learning.offer
HARMLESS = {"yes": "no", "no": "yes"}


def looking(where: str = "france") -> Person:
    person = as_person()
    person.say("is this job offer a trap", "check_job_offer")
    person.tap("start", where)
    return person


def values(person: Person, msgid: str) -> list[object]:
    return [value for text in person.turn.screens[-1].text if text.msgid == msgid for _, value in text.values]


def test_a_warning_is_told_with_its_reason():
    person = looking()
    question = OFFER.questions[0]
    person.tap(question.warns, "enough")
    assert values(person, "– {warning} {why}") == [question.warning, question.why]


def test_what_is_not_known_is_to_be_found_out():
    person = looking()
    person.tap("unknown", "skipped", "enough")
    listed = values(person, "– {line}")
    assert [q.ask for q in OFFER.questions] == listed[: len(OFFER.questions)]
    assert listed[len(OFFER.questions) :] == list(OFFER.steps)
    assert "I know too little to warn. That does not mean that the offer is safe." in person.words


def test_no_warning_is_no_safety():
    person = looking()
    person.tap(*(HARMLESS[question.warns] for question in OFFER.questions))
    assert person.place == ("job_offer", "result")
    assert "I see no warning in your answers. That does not mean that the offer is safe." in person.words


def test_each_question_says_why_it_is_asked():
    person = looking()
    for question in OFFER.questions:
        person.tap("why")
        assert question.why.msgid in person.words
        person.tap("skipped")


def test_nothing_says_that_an_offer_is_safe():
    told = [t for q in OFFER.questions for t in (q.text, q.why, q.warning, q.ask)] + list(OFFER.steps)
    assert not [text for text in told if says_safe(text)]


def says_safe(text: Text) -> bool:
    return bool(re.search(r"\bsafe\b", text.msgid))


def test_from_the_result_one_comes_to_help():
    person = looking()
    person.tap("enough", "check")
    assert person.place[0] == "screening"
    person.tap("back", "help_me")
    assert person.place[0] == "referral"


def looking_and_done(where: str) -> Person:
    person = looking(where)
    person.tap("enough")
    return person


def called(person: Person) -> set[str]:
    return {choice.url for choice in person.turn.screens[-1].choices if choice.url}


def test_numbers_fit_where_somebody_is():
    assert called(looking_and_done("france")) == {"tel:116006"}
    assert called(looking_and_done("europe")) == {"tel:112", "tel:+33180523376"}
    assert called(looking_and_done("elsewhere")) == {"tel:+33180523376"}


def test_outside_the_european_union_danger_says_first_for_which_country_its_numbers_are():
    person = looking("elsewhere")
    person.tap("sos")
    assert "These numbers are for France." in person.words[0]


def test_who_can_tell_of_a_company_or_a_visa_is_one_tap_away():
    person = looking_and_done("elsewhere")
    person.tap("look_up")
    assert values(person, "– {line}") == list(OFFER.look_up)
    person.tap("result")
    assert person.place == ("job_offer", "result")
