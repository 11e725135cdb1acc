"""Reads an instrument, and notes all that is not well formed."""

import re
from typing import get_args

from dialogs.instrument import Element, Instrument, Question
from dialogs.plain import sentences, too_long, words
from dialogs.sheet import Sheet
from dialogs.topic import Status

STATUSES: tuple[Status, ...] = get_args(Status)
ELEMENTS: tuple[Element, ...] = get_args(Element)
OTHER_STEPS = frozenset({"intro", "age", "finding"})  # steps of the flow that asks an instrument's questions
QUESTION_WORDS = 15
REASON_WORDS = 12


def read_instrument(sheet: Sheet) -> Instrument:
    """The instrument of a file; what is not well formed is noted on the sheet."""
    name = sheet.own_id()
    found = Instrument(
        id=name,
        source=sheet.word("source"),
        status=sheet.one_of("status", STATUSES),
        checked_on=sheet.day("checked_on"),
        questions=tuple(_question(table, f"instrument.{name}") for table in sheet.sheets("question")),
    )
    sheet.each_once("question", (question.id for question in found.questions))
    if lacking := set(ELEMENTS) - {question.element for question in found.questions}:
        sheet.fault("question", f"none on {', '.join(sorted(lacking))}")
    return found


def _question(sheet: Sheet, context: str) -> Question:
    question = Question(
        id=sheet.id(),
        element=sheet.one_of("element", ELEMENTS),
        plain=sheet.text("plain", context),
        professional=sheet.text("professional", context),
        reason=sheet.text("reason", context),
        law=sheet.word("law"),
    )
    if question.id in OTHER_STEPS:
        sheet.fault("id", "is the name of another step")
    _check_plain(sheet, question.plain.msgid)
    _check_reason(sheet, question.reason.msgid)
    sheet.close()
    return question


def _check_plain(sheet: Sheet, text: str) -> None:
    if text and (len(sentences(text)) != 1 or not text.endswith("?")):
        sheet.fault("plain", "must be one question")
    for what in too_long([text], QUESTION_WORDS, QUESTION_WORDS)[:1]:
        sheet.fault("plain", what)


def _check_reason(sheet: Sheet, text: str) -> None:
    if re.search(r"[.,;!?]", text) or words(text) > REASON_WORDS:
        sheet.fault("reason", f"goes into a list: no point, no comma, at most {REASON_WORDS} words")
