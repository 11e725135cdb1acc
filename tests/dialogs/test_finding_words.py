"""A finding in words: reasons, what is open, what is doubtful; never a word on what somebody is."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import get_args

import pytest

from dialogs.finding import find
from dialogs.finding_words import (
    NEXT_SHOWN,
    before_use,
    found_told,
    further_told,
    next_told,
    outcome_told,
    part_told,
    reasons_told,
)
from dialogs.instrument import Instrument, Minor, Question
from dialogs.reading import read_library
from dialogs.reading_instruments import texts_of
from dialogs.text import Text

LIBRARY = read_library()
INSTRUMENTS = list(LIBRARY.instruments.values())
ADULTS, CHILDREN, DANGER = (LIBRARY.instruments[i] for i in ("ilo_adult_labour", "ilo_child_labour", "danger"))
TOGETHER = ("deceptive_job", "deceptive_wages", "conditions_hours", "conditions_pay", "coercion_debt", "coercion_wages")


def every_word(texts: Iterable[Text]) -> str:
    return "\n".join(word for text in texts for word in words_of(text))


def words_of(value: object) -> Iterator[str]:
    """A sentence, and what is filled into it."""
    if isinstance(value, Text):
        yield value.msgid
        for _, inner in value.values:
            yield from words_of(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from words_of(inner)


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_no_finding_says_what_somebody_is(instrument: Instrument):
    for chosen, minor in product(product(("yes", "no", "skip"), repeat=len(instrument.parts)), get_args(Minor)):
        if len(instrument.parts) > 6 and len(set(chosen)) > 1:
            continue
        by_part = dict(zip((part.id for part in instrument.parts), chosen, strict=True))
        finding = find(instrument, {q.id: by_part[q.part] for q in instrument.questions}, minor)
        told = every_word(
            (*outcome_told(instrument, finding), *(t for p in finding.parts for t in part_told(instrument, p)))
        )
        assert "victim" not in told.lower()
        assert not any(verdict in told for verdict in ("you are", "the person is a", "score", "%", "points out"))


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_what_an_instrument_is_stands_before_its_use(instrument: Instrument):
    told = before_use(instrument)
    assert {instrument.population, instrument.validation, instrument.limits, instrument.licence} <= set(told)
    assert dict(told[-1].values) == {"source": instrument.source, "day": instrument.checked_on}


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_no_sentence_of_an_instrument_calls_somebody_a_victim(instrument: Instrument):
    assert not [text.msgid for text in texts_of(instrument) if "victim" in text.msgid.lower()]


def test_dimensions_that_are_met_together_are_named_and_nothing_is_decided():
    finding = find(ADULTS, dict.fromkeys(TOGETHER, "yes"), "no")
    outcome, no_verdict = (text.msgid for text in outcome_told(ADULTS, finding))
    assert outcome == "The recruitment, exploitation and coercion dimensions are met."
    assert no_verdict == "This decides nothing about anybody."
    (met,) = (part_told(ADULTS, part) for part in finding.parts if part.part.id == "coercion_at_destination")
    assert every_word(met).splitlines()[0] == "{element}: met."
    assert "a debt that cannot be worked off" in every_word(met)


def test_of_a_child_the_act_is_said_to_be_open():
    finding = find(CHILDREN, {"conditions_hours": "yes", "conditions_pay": "yes"}, "yes")
    told = every_word(outcome_told(CHILDREN, finding))
    assert "The exploitation dimension is met. Under 18, no means is needed." in told
    assert "Find it out." in told


def test_a_doubtful_row_is_told_as_such():
    finding = find(ADULTS, {"recruited_past": "yes", "recruited_poverty": "yes"}, "no")
    (told,) = (
        part_told(ADULTS, part) for part in finding.parts if part.part.id == "recruitment_by_abuse_of_vulnerability"
    )
    (doubt,) = (text for text in told if text.msgid.startswith("This row may be weaker"))
    assert "use of a hard past to recruit" in every_word((doubt,))


def test_urgency_is_told_with_its_reasons_and_low_urgency_is_not_called_safety():
    near = outcome_told(DANGER, find(DANGER, {"near_here": "yes"}, "no"))
    assert "Urgent: act now" in every_word(near)
    assert "somebody who exploits or threatens close by now" in every_word(near)
    calm = outcome_told(DANGER, find(DANGER, {q.id: "no" for q in DANGER.questions}, "no"))
    assert "That is not safety" in every_word(calm)
    assert "not known yet" in every_word(outcome_told(DANGER, find(DANGER, {}, "no")))


def test_what_was_not_asked_is_told_with_the_no_that_led_there():
    answers = {q.id: "no" for q in DANGER.questions if q.presumes != "threat_somebody"}
    found = every_word(found_told(DANGER, answers, "no", "professional"))
    assert "Nothing urgent in what was asked. Not everything was asked, and that is not safety" in found
    assert "Not asked, because this was answered with no" in found
    assert "a group that threatens" in found
    assert "Nothing urgent in the answers" not in found
    assert "organised group" not in every_word(next_told(DANGER, answers, "no", "professional"))
    once_more = {**answers, "when_today": "unknown"}
    assert "not known yet" in every_word(found_told(DANGER, once_more, "no", "professional"))


def test_what_to_ask_next_is_in_the_words_of_who_reads():
    situation = LIBRARY.instruments["situation"]
    answers = {"act_brought": "yes", "means_force": "yes"}
    plain = every_word(next_told(situation, answers, "no", "person"))
    assert "Are you forced to work for no pay or very little?" in plain
    assert "Is the purpose forced labour" in every_word(next_told(situation, answers, "no", "professional"))
    assert next_told(situation, answers | {"purpose_organ": "yes"}, "no", "person") == ()


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
@pytest.mark.parametrize("audience", ["person", "professional"])
def test_a_finding_is_short_and_all_its_reasons_stand_one_tap_behind(instrument: Instrument, audience: str):
    everything = {question.id: "yes" for question in instrument.questions}
    told = found_told(instrument, everything, "no", audience)
    assert len(told) <= len(outcome_told(instrument, find(instrument, everything, "no"))) + 5 * len(instrument.parts)
    reasons = every_word(reasons_told(instrument, everything, "no", audience))
    assert all(question.reason.msgid in reasons for question in instrument.questions)
    assert all(part.name.msgid in reasons for part in instrument.parts)


def test_a_person_reads_no_article_and_no_name_of_an_element():
    situation = LIBRARY.instruments["situation"]
    for value, minor in product(("yes", "no", "unknown"), get_args(Minor)):
        answers = dict.fromkeys((question.id for question in situation.questions), value)
        told = every_word(
            (
                *found_told(situation, answers, minor, "person"),
                *further_told(situation, answers, minor, "person", asked_on=False),
            )
        )
        assert not [word for word in ("art.", "225-4-1", "{source}", "An act:", "A means:") if word in told]


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_nothing_is_called_open_where_no_answer_could_change_anything(instrument: Instrument):
    """Who was asked one of several questions on a part read "still open" beside "no further answer would change it"."""
    settled = {question.id: "yes" for part in instrument.parts for question in of_part(instrument, part.id)[:3]}
    settled |= {question.id: "yes" for question in instrument.questions if question.urgency == "immediate"}
    further = every_word(further_told(instrument, settled, "no", "professional", asked_on=False))
    assert "No further answer would change this." in further
    found = found_told(instrument, settled, "no", "professional")
    assert (
        "open" not in every_word((*found, *reasons_told(instrument, settled, "no", "professional"))).casefold().split()
    )


def test_while_questions_are_still_to_come_nobody_is_told_that_none_would_change_anything():
    situation = LIBRARY.instruments["situation"]
    answers = {"act_brought": "yes", "means_force": "yes", "purpose_begging": "yes"}
    assert "No further answer" in every_word(further_told(situation, answers, "no", "person", asked_on=False))
    assert "No further answer" not in every_word(further_told(situation, answers, "no", "person", asked_on=True))


def test_at_most_five_questions_come_next_and_the_others_behind_them():
    first = next_told(ADULTS, {}, "no", "professional")
    every = next_told(ADULTS, {}, "no", "professional", most=None)
    assert len(first) == NEXT_SHOWN
    assert every[:NEXT_SHOWN] == first
    assert len(every) == len(ADULTS.questions)


def of_part(instrument: Instrument, part: str) -> list[Question]:
    return [question for question in instrument.questions if question.part == part]
