"""Each instrument's questions, and the finding that the facts of a matter must lead to (one file of cases for each)."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dialogs.finding import find
from dialogs.instrument import Instrument, Question, minor_for, questions_for
from dialogs.plain import sentences, words
from dialogs.reading import read_library
from tests.dialogs.world import as_person

CASES = Path(__file__).parent / "instruments"
LIBRARY = read_library()
INSTRUMENTS = list(LIBRARY.instruments.values())
QUESTIONS = [question for instrument in INSTRUMENTS for question in instrument.questions]


def cases() -> list[Any]:
    found = []
    for instrument in INSTRUMENTS:
        for case in tomllib.loads((CASES / f"{instrument.id}.toml").read_text("utf-8"))["case"]:
            found.append(pytest.param(instrument, case, id=f"{instrument.id}: {case['facts']}"))
    return found


def answers_of(instrument: Instrument, case: dict[str, Any]) -> dict[str, str]:
    """`yes` and `unknown` name questions; the others have the answer `rest`."""
    known = {question.id for question in instrument.questions}
    yes, unknown = set(case["yes"]), set(case.get("unknown", ()))
    assert yes | unknown <= known
    assert not yes & unknown
    return {q: "yes" if q in yes else "unknown" if q in unknown else case["rest"] for q in known}


@pytest.mark.parametrize(("instrument", "case"), cases())
def test_the_facts_lead_to_the_finding(instrument: Instrument, case: dict[str, Any]):
    answers = answers_of(instrument, case)
    finding = find(instrument, answers, case["minor"])
    assert {part.part.id: part.level for part in finding.parts} == case["levels"]
    assert finding.outcome == case["outcome"]
    assert finding.urgency == case.get("urgency")
    looked_at = {question.id for question in questions_for(instrument, case["minor"])}
    assert {q.id for part in finding.parts for q in part.yes} == set(case["yes"]) & looked_at


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_what_a_reader_must_know_stands_in_it(instrument: Instrument):
    for text in (instrument.licence, instrument.population, instrument.validation, instrument.limits):
        assert text.msgid.endswith(".")
    assert "alidat" in instrument.validation.msgid
    assert instrument.source


def test_the_situation_check_asks_the_person_in_plain_words_and_says_why():
    for question in LIBRARY.instruments["situation"].questions:
        assert question.plain
        assert question.why
        assert question.guidance
        (only,) = sentences(question.plain.msgid)
        assert words(only) <= 15
        assert question.source.startswith("Code pénal, art. 225-4-1")
        assert question.plain.context == "instrument.situation"


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_every_question_has_guidance_for_who_asks_it(instrument: Instrument):
    assert all(instrument.guidance(question) for question in instrument.questions)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_no_reason_is_a_verdict_or_a_person(question: Question):
    reason = f" {question.reason.msgid} "
    assert not any(f" {word} " in reason for word in ("victim", "trafficking", "you", "your", "guilty"))


def test_all_means_and_purposes_of_the_article_are_asked():
    asked = LIBRARY.instruments["situation"].questions
    means = [question.source[-2:] for question in asked if question.part == "means"]
    assert means == ["1°", "2°", "3°", "4°"]
    purposes = " ".join(question.professional.msgid for question in asked if question.part == "purpose").lower()
    for purpose in (
        *("procuring", "sexual assault", "slavery", "forced labour", "servitude", "organ", "begging"),
        *("contrary to human dignity", "crime or délit"),
    ):
        assert purpose in purposes


def test_a_minor_is_not_asked_about_means_and_an_unknown_age_is():
    situation = LIBRARY.instruments["situation"]
    assert {q.part for q in questions_for(situation, "yes")} == {"act", "purpose"}
    assert questions_for(situation, "unknown") == situation.questions


def test_age_that_is_not_known_is_taken_as_the_set_is_made():
    assert minor_for(LIBRARY.instruments["situation"], None) == "unknown"
    assert minor_for(LIBRARY.instruments["ilo_adult_labour"], None) == "unknown"
    assert minor_for(LIBRARY.instruments["ilo_child_labour"], None) == "yes"
    assert [minor_for(LIBRARY.instruments["situation"], adult) for adult in (True, False)] == ["no", "yes"]


@pytest.mark.parametrize("name", ["ilo_adult_labour", "ilo_child_labour"])
def test_every_row_of_the_copy_is_there_with_its_dimension_strength_and_doubt(name: str):
    rows = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["row"]
    wanted = [(r["dimension"].replace(" ", "_"), r["indicator"], r["strength"], r.get("doubtful", False)) for r in rows]
    asked = LIBRARY.instruments[name].questions
    assert sorted(wanted) == sorted((q.part, q.source_words, q.strength or "", q.doubtful) for q in asked)
    assert len(rows) == {"ilo_adult_labour": 67, "ilo_child_labour": 65}[name]
    assert sum(q.doubtful for q in asked) == {"ilo_adult_labour": 2, "ilo_child_labour": 0}[name]
    assert "copie secondaire" in LIBRARY.instruments[name].source


def test_sets_for_professionals_are_plain_for_the_person_beside_and_for_nobody_alone():
    plain = {instrument.id for instrument in INSTRUMENTS if all(q.plain and q.why for q in instrument.questions)}
    assert plain == {"situation", "ilo_adult_labour", "ilo_child_labour"}
    for name in plain - {"situation"}:
        instrument = LIBRARY.instruments[name]
        assert instrument.plain_limits
        assert "ours, not the ILO’s" in instrument.plain_limits.msgid
        assert all(part.plain for part in instrument.parts)
        assert not any(part.whole for part in instrument.parts)
    for audience in ("person", "other"):
        assert "instruments" not in as_person(audience=audience).choices


def test_instruments_that_are_not_here_say_why_and_hold_no_questions():
    assert set(LIBRARY.described) == {"tvit", "raft", "qyit", "ilo_sexual_exploitation"}
    assert not set(LIBRARY.described) & set(LIBRARY.instruments)
    for one in LIBRARY.described.values():
        assert one.absent.msgid.startswith(("Described only", "Absent"))
        assert "?" not in one.about.msgid
    assert "61 %" in LIBRARY.described["raft"].accuracy.msgid
    assert "86.7 %" in LIBRARY.described["qyit"].accuracy.msgid
