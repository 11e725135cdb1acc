"""Each instrument's questions, and the finding that answers must lead to (one file of cases for each instrument)."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dialogs.instrument import Instrument, find, questions_for
from dialogs.plain import sentences, words
from dialogs.reading import read_library

CASES = Path(__file__).parent / "instruments"
LIBRARY = read_library()
INSTRUMENTS = list(LIBRARY.instruments.values())


def cases() -> list[Any]:
    found = []
    for instrument in INSTRUMENTS:
        for case in tomllib.loads((CASES / f"{instrument.id}.toml").read_text("utf-8"))["case"]:
            found.append(pytest.param(instrument, case, id=f"{instrument.id}: {case['why']}"))
    return found


@pytest.mark.parametrize(("instrument", "case"), cases())
def test_answers_lead_to_the_finding(instrument: Instrument, case: dict[str, Any]):
    assert set(case["answers"]) <= {question.id for question in instrument.questions}
    finding = find(instrument, case["answers"], case["minor"])
    assert finding.outcome == case["outcome"]
    assert {element.element: element.signs for element in finding.elements} == case["signs"]
    told = {question.id for element in finding.elements for question in element.yes}
    assert told == {question for question, answer in case["answers"].items() if answer == "yes"}


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_each_question_is_one_short_question_with_its_article(instrument: Instrument):
    for question in instrument.questions:
        (only,) = sentences(question.plain.msgid)
        assert words(only) <= 15
        assert question.law.startswith("Code pénal, art. 225-4-1")
        assert question.plain.context == f"instrument.{instrument.id}"


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_no_reason_is_a_verdict_or_a_person(instrument: Instrument):
    for question in instrument.questions:
        reason = f" {question.reason.msgid} "
        assert not any(f" {word} " in reason for word in ("victim", "trafficking", "you", "your", "guilty"))


def test_all_means_and_purposes_of_the_article_are_asked():
    asked = LIBRARY.instruments["situation"].questions
    means = [question.law[-2:] for question in asked if question.element == "means"]
    assert means == ["1°", "2°", "3°", "4°"]
    purposes = " ".join(question.professional.msgid for question in asked if question.element == "purpose").lower()
    for purpose in (
        *("procuring", "sexual assault", "slavery", "forced labour", "servitude", "organ", "begging"),
        *("contrary to human dignity", "crime or délit"),
    ):
        assert purpose in purposes


def test_a_minor_is_not_asked_about_means_and_an_unknown_age_is():
    situation = LIBRARY.instruments["situation"]
    assert {q.element for q in questions_for(situation, "yes")} == {"act", "purpose"}
    assert questions_for(situation, "unknown") == situation.questions
