"""Reads instruments, and those that are only described, and notes all that is not well formed."""

import re
from collections.abc import Iterator
from typing import get_args

from dialogs.commands import Urgency
from dialogs.instrument import (
    Ages,
    Described,
    Groups,
    Instrument,
    Kind,
    Part,
    Question,
    Rule,
    Strength,
    Support,
    family,
)
from dialogs.plain import sentences, too_long, words
from dialogs.sheet import Sheet
from dialogs.text import Text
from dialogs.topic import Status

SHOWN: tuple[Status, ...] = ("V1", "V2")
OWN = "own"  # made by this project: it has no text to be checked against
KINDS: tuple[Kind, ...] = get_args(Kind)
AGES: tuple[Ages, ...] = get_args(Ages)
SUPPORTS: tuple[Support, ...] = get_args(Support)
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
OTHER_STEPS = frozenset(
    {"intro", "age", "adult", "finding", "reasons", "further", "next", "origin", "changes", "paper", "pause"}
)  # steps of the flow that asks, and a key of its answers
QUESTION_WORDS = 15
REASON_WORDS = 12


def read_instrument(sheet: Sheet) -> Instrument:
    """The instrument of a file; what is not well formed is noted on the sheet."""
    name = sheet.own_id()
    context = f"instrument.{family(name)}"
    found = Instrument(
        id=name,
        title=sheet.text("title", context),
        kind=sheet.one_of("kind", KINDS),
        ages=sheet.one_of("ages", AGES),
        source=sheet.word("source"),
        licence=sheet.text("licence", context),
        population=sheet.text("population", context),
        validation=sheet.text("validation", context),
        limits=sheet.text("limits", context),
        plain_limits=_text_or_none(sheet, "plain_limits", context),
        status=sheet.one_of("status", (*SHOWN, OWN)),
        checked_on=sheet.day("checked_on"),
        rule=_rule(sheet),
        parts=tuple(_part(table, context) for table in sheet.sheets("part")),
        questions=tuple(_question(table, context) for table in sheet.sheets("question")),
    )
    _check(sheet, found)
    return found


def read_described(sheet: Sheet) -> Described:
    """One instrument that is described only."""
    found = Described(
        id=sheet.id(),
        title=sheet.text("title", "described"),
        about=sheet.text("about", "described"),
        accuracy=sheet.text("accuracy", "described"),
        limits=sheet.text("limits", "described"),
        absent=sheet.text("absent", "described"),
        source=sheet.word("source"),
        status=sheet.one_of("status", SHOWN),
        checked_on=sheet.day("checked_on"),
    )
    sheet.close()
    return found


def texts_of(instrument: Instrument) -> Iterator[Text]:
    """Every sentence of an instrument."""
    yield from (instrument.title, instrument.licence, instrument.population, instrument.validation, instrument.limits)
    yield from filter(None, (instrument.plain_limits,))
    for part in instrument.parts:
        yield from filter(None, (part.name, part.plain, part.guidance))
    for q in instrument.questions:
        yield from filter(None, (q.plain, q.why, q.professional, q.guidance, q.reason, *q.kinds))


def _rule(sheet: Sheet) -> Rule:
    return Rule(sheet.one_of("support", SUPPORTS), _groups(sheet, "adult"), _groups(sheet, "minor"))


def _groups(sheet: Sheet, key: str) -> Groups:
    """Groups of parts, one of each being needed, written `["act", "means", "purpose"]`, alternatives with a bar."""
    return tuple(tuple(group.split("|")) for group in sheet.words(key))


def _part(sheet: Sheet, context: str) -> Part:
    part = Part(
        id=sheet.id(),
        name=sheet.text("name", context),
        plain=_text_or_none(sheet, "plain", context),
        guidance=_text_or_none(sheet, "guidance", context),
        adults_only=sheet.flag("adults_only"),
        whole=sheet.flag("whole"),
    )
    sheet.close()
    return part


def _text_or_none(sheet: Sheet, key: str, context: str) -> Text | None:
    return sheet.text(key, context) if sheet.has(key) else None


def _question(sheet: Sheet, context: str) -> Question:
    question = Question(
        id=sheet.id(),
        part=sheet.word("part"),
        professional=sheet.text("professional", context),
        reason=sheet.text("reason", context),
        source=sheet.word("source"),
        plain=_text_or_none(sheet, "plain", context),
        why=_text_or_none(sheet, "why", context),
        guidance=_text_or_none(sheet, "guidance", context),
        strength=sheet.one_of("strength", STRENGTHS) if sheet.has("strength") else None,
        doubtful=sheet.flag("doubtful"),
        source_words=sheet.word("source_words", fallback="") if sheet.has("source_words") else "",
        urgency=sheet.one_of("urgency", URGENCIES) if sheet.has("urgency") else None,
        fills=_fills(sheet),
        presumes=sheet.word("presumes", fallback="") if sheet.has("presumes") else "",
        kinds=sheet.texts("kinds", context) if sheet.has("kinds") else (),
    )
    if question.id in OTHER_STEPS:
        sheet.fault("id", "is the name of another step")
    _check_plain(sheet, question)
    _check_reason(sheet, question.reason.msgid)
    sheet.close()
    return question


def _fills(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """Answers of a referral, written `["forms:labour"]`."""
    pairs = (word.partition(":") for word in sheet.words("fills", lambda word: word.count(":") == 1))
    return tuple((step, choice) for step, _, choice in pairs)


def _check(sheet: Sheet, found: Instrument) -> None:
    parts = [part.id for part in found.parts]
    sheet.each_once("part", parts)
    sheet.each_once("question", (question.id for question in found.questions))
    for question in found.questions:
        if question.part and question.part not in parts:
            sheet.fault(f"question[{question.id}].part", f"unknown {question.part!r}: one of {', '.join(parts)}")
        if (question.strength is not None) != (found.rule.support == "strengths"):
            sheet.fault(f"question[{question.id}].strength", "stands in sets that count strengths, and only there")
    before: set[str] = set()
    for question in found.questions:
        if question.presumes and question.presumes not in before:
            sheet.fault(f"question[{question.id}].presumes", f"no question before it is {question.presumes!r}")
        before.add(question.id)
    if lacking := sorted(set(parts) - {question.part for question in found.questions}):
        sheet.fault("question", f"none on {', '.join(lacking)}")
    _check_rule(sheet, found)


def _check_rule(sheet: Sheet, found: Instrument) -> None:
    every = {part.id for part in found.parts}
    of_minors = {part.id for part in found.parts if not part.adults_only}
    for key, groups, known in (("adult", found.rule.adult, every), ("minor", found.rule.minor, of_minors)):
        if not groups:
            sheet.fault(key, "names no part")
        for part in (part for group in groups for part in group if part not in known):
            sheet.fault(key, f"no part {part!r} is looked at")


def _check_plain(sheet: Sheet, question: Question) -> None:
    if (question.plain is None) != (question.why is None):
        sheet.fault("why", "goes with plain: both, or neither")
    text = question.plain.msgid if question.plain else ""
    if text and (len(sentences(text)) != 1 or not text.endswith("?")):
        sheet.fault("plain", "must be one question")
    for what in too_long([text], QUESTION_WORDS, QUESTION_WORDS)[:1]:
        sheet.fault("plain", what)
    for what in too_long([question.why.msgid] if question.why else []):
        sheet.fault("why", what)


def _check_reason(sheet: Sheet, text: str) -> None:
    if re.search(r"[.,;!?]", text) or words(text) > REASON_WORDS:
        sheet.fault("reason", f"goes into a list: no point, no comma, at most {REASON_WORDS} words")
