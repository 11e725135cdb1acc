"""A finding as a sheet to print or copy: without any name, and without what needs a professional code."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.asking import NO, UNKNOWN, YES
from dialogs.finding import find
from dialogs.finding_words import (
    NO_VERDICT,
    age_told,
    next_told,
    origin_told,
    outcome_told,
    reasons_told,
    validity_told,
)
from dialogs.instrument import Answers, Instrument, Minor, questions_for
from dialogs.text import Text, say

LINES_FOR_REMARKS = 6
NO_NAME = say("finding", "No name, number or address belongs on this sheet.")
AGES: Mapping[Minor, Text] = {
    "no": say("finding", "Age: 18 or older"),
    "yes": say("finding", "Age: under 18"),
    "unknown": say("finding", "Age: not known"),
}
ANSWERS = {"yes": YES.label, "no": NO.label, "unknown": UNKNOWN.label}
SKIPPED = say("finding", "skipped")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. `blank`: how many empty lines to write on."""

    heading: Text
    lines: tuple[Text, ...] = ()
    blank: int = 0


def sheet(instrument: Instrument, answers: Answers, minor: Minor, day: str) -> tuple[Section, ...]:
    """All of a professional's finding, to print. `day`: YYYY-MM-DD."""
    finding = find(instrument, answers, minor)
    outcome = tuple(line for line in outcome_told(instrument, finding) if line != NO_VERDICT)
    _, *reasons = reasons_told(instrument, answers, minor, "professional")
    still = (*age_told(instrument, answers, minor), *next_told(instrument, answers, minor, "professional"))
    return (
        Section(instrument.title, (say("finding", "Passerelle, {day}.", day=day), NO_NAME)),
        Section(say("finding", "What the answers point to"), (*outcome, NO_VERDICT)),
        Section(say("finding", "Part by part"), tuple(reasons)),
        Section(say("finding", "Answers given"), (AGES[minor], *_given(instrument, answers, minor))),
        *((Section(say("finding", "To ask or check next"), still),) if still else ()),
        Section(say("finding", "What this cannot say"), validity_told(instrument)),
        Section(say("finding", "Where the questions come from"), _origin(instrument)),
        Section(say("finding", "Remarks"), (NO_NAME,), LINES_FOR_REMARKS),
    )


def as_text(sections: tuple[Section, ...]) -> tuple[Text, ...]:
    """The same to copy, without lines to write on."""
    return tuple(
        text
        for section in sections
        if not section.blank
        for text in (say("finding", "{heading}:", heading=section.heading), *section.lines)
    )


def _given(instrument: Instrument, answers: Answers, minor: Minor) -> tuple[Text, ...]:
    return tuple(
        say("finding", "{question} {answer}", question=q.professional, answer=ANSWERS.get(answers[q.id], SKIPPED))
        for q in questions_for(instrument, minor)
        if q.id in answers
    )


def _origin(instrument: Instrument) -> tuple[Text, ...]:
    _, *told = origin_told(instrument)
    return (say("finding", "Version of {day}.", day=instrument.checked_on), *told)
