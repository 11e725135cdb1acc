"""A finding in words: reasons, what is open, what is doubtful; never a word on what somebody is."""

from itertools import product
from typing import get_args

import pytest

from dialogs.finding import find
from dialogs.finding_words import before_use, next_told, outcome_told, part_told
from dialogs.instrument import Instrument, Minor
from dialogs.reading import read_library
from dialogs.reading_instruments import texts_of
from dialogs.text import Text

LIBRARY = read_library()
INSTRUMENTS = list(LIBRARY.instruments.values())
ADULTS, CHILDREN, DANGER = (LIBRARY.instruments[i] for i in ("ilo_adult_labour", "ilo_child_labour", "danger"))
TOGETHER = ("deceptive_job", "deceptive_wages", "conditions_hours", "conditions_pay", "coercion_debt", "coercion_wages")


def every_word(texts: tuple[Text, ...]) -> str:
    inner = [value.msgid for text in texts for _, value in text.values if isinstance(value, Text)]
    return "\n".join([*(text.msgid for text in texts), *inner])


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
    assert "somebody who threatens close by now" in every_word(near)
    calm = outcome_told(DANGER, find(DANGER, {q.id: "no" for q in DANGER.questions}, "no"))
    assert "That is not safety" in every_word(calm)
    assert "not known yet" in every_word(outcome_told(DANGER, find(DANGER, {}, "no")))


def test_what_to_ask_next_is_in_the_words_of_who_reads():
    situation = LIBRARY.instruments["situation"]
    answers = {"act_brought": "yes", "means_force": "yes"}
    plain = every_word(next_told(situation, answers, "no", "person"))
    assert "Are you forced to work for no pay or very little?" in plain
    assert "Is the purpose forced labour" in every_word(next_told(situation, answers, "no", "professional"))
    assert next_told(situation, answers | {"purpose_organ": "yes"}, "no", "person") == ()
