"""The sheet: everything of a finding that may lie on a desk, no name, and nothing that needs a code."""

from itertools import product
from typing import get_args

import pytest

from dialogs.engine import advance
from dialogs.events import CodeSeen, Said
from dialogs.flows.screening import printing
from dialogs.instrument import Instrument, Minor
from dialogs.paper import LINES_FOR_REMARKS, NO_NAME, as_text, sheet
from dialogs.reading import read_library
from dialogs.sensitivity_words import FOR_YOU_ONLY, RULES
from tests.dialogs.test_finding_words import every_word
from tests.dialogs.world import FLOWS, LIBRARY, as_person

INSTRUMENTS = list(read_library().instruments.values())
SITUATION = LIBRARY.instruments["situation"]


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_a_sheet_has_reasons_answers_source_limits_and_room_for_remarks(instrument: Instrument):
    for value, minor in product(("yes", "no", "skip"), get_args(Minor)):
        answers = dict.fromkeys((question.id for question in instrument.questions), value)
        sections = sheet(instrument, answers, minor, "2026-11-23")
        told = every_word(line for section in sections for line in (section.heading, *section.lines))
        assert instrument.title.msgid in told
        assert instrument.limits.msgid in told
        assert instrument.source in str(sections)
        assert "2026-11-23" in str(sections)
        assert NO_NAME.msgid in told
        assert sections[-1].blank == LINES_FOR_REMARKS
        assert "victim" not in told.casefold()
        assert "Name" not in told


def test_each_answer_stands_there_as_it_was_given():
    answers = {"act_brought": "yes", "means_force": "unknown", "purpose_begging": "skip"}
    lines = [line for section in sheet(SITUATION, answers, "no", "2026-11-23") for line in section.lines]
    told = [every_word((line,)) for line in lines if line.msgid == "{question} {answer}"]
    assert [words.splitlines()[-1] for words in told] == ["Yes", "I don't know", "skipped"]


def test_what_needs_a_code_is_not_on_paper():
    person = as_person(audience="professional")
    person.tap("instruments", "situation", "start", "adult", "yes", "yes", "yes")
    person.turn = advance(person.turn.session, Said(person.at, "", code=CodeSeen("open", 1)), FLOWS, LIBRARY)
    person.tap("paper")
    assert not {FOR_YOU_ONLY.msgid, *(rule.msgid for rule in RULES.values())} & set(person.words)


def test_the_text_to_copy_says_what_the_sheet_says_without_the_lines_to_write_on():
    answers = {"act_brought": "yes"}
    sections = sheet(SITUATION, answers, "no", "2026-11-23")
    told = as_text(sections)
    assert {line for section in sections[:-1] for line in section.lines} <= set(told)
    assert sections[-1].heading.msgid not in every_word(told)


def test_a_sheet_is_made_where_a_professional_asked_for_it_and_nowhere_else():
    person = as_person(audience="professional")
    person.tap("instruments", "situation", "start", "adult", "yes", "yes", "yes")
    assert printing.printed(person.turn.session, LIBRARY) is None
    person.tap("paper")
    assert printing.printed(person.turn.session, LIBRARY)
    person.tap("finding")
    assert printing.printed(person.turn.session, LIBRARY) is None
    for audience in ("person", "other"):
        one = as_person(audience=audience)
        one.tap("check", "start", "adult", "yes", "pause", "so_far")
        assert "paper" not in one.choices
