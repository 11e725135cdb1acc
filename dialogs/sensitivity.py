"""What one answer would change, and the inner counts of the rule: for those with a professional code, and operators.

It tells how a finding is avoided, so that nobody else is told (docs/decisions/0013). Each answer is turned and the
finding made anew, so what is said here is what `dialogs/finding.py` does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

from dialogs.finding import Finding, Level, Outcome, PartFinding, Tally, find, supports, tally
from dialogs.instrument import Answers, Groups, Instrument, Minor, Part, Question, Support, questions_for

Turned: TypeAlias = Literal["unsaid", "affirmed"]  # a yes that was not given; a yes instead of anything else


@dataclass(frozen=True, slots=True)
class Change:
    """One answer turned: which parts are then no longer supported, or newly; what the outcome would be.

    `urgency`: whether it would be another one.
    """

    question: Question
    turned: Turned
    parts: tuple[str, ...]
    outcome: Outcome
    urgency: bool


@dataclass(frozen=True, slots=True)
class PartSensitivity:
    """One part: how many answers of each strength are yes, of how many questions, and which single ones turn it.

    `without`: each alone holds it up. `with_yes`: each alone would support it. `fewest`: how many answers at least would
    have to be unsaid together before it is no longer supported; 0 where it is not.
    """

    part: Part
    level: Level
    yes: Tally
    asked: Tally
    without: tuple[Question, ...]
    with_yes: tuple[Question, ...]
    fewest: int


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The rule as it stands with these answers. `outcome`, `urgency`: single answers that would change them."""

    support: Support
    together: Groups
    parts: tuple[PartSensitivity, ...]
    outcome: tuple[Change, ...]
    urgency: tuple[Change, ...]


def sensitivity(instrument: Instrument, answers: Answers, minor: Minor) -> Sensitivity:
    """Every answer turned, one at a time."""
    finding = find(instrument, answers, minor)
    changes = tuple(_changes(instrument, answers, minor, finding))
    asked = questions_for(instrument, minor)
    parts = tuple(_part(instrument.rule.support, part, asked, changes) for part in finding.parts)
    return Sensitivity(
        instrument.rule.support,
        instrument.rule.minor if minor == "yes" else instrument.rule.adult,
        parts,
        tuple(change for change in changes if change.outcome != finding.outcome),
        tuple(change for change in changes if change.urgency),
    )


def _changes(instrument: Instrument, answers: Answers, minor: Minor, before: Finding) -> Iterator[Change]:
    there = _supported(before)
    for question in questions_for(instrument, minor):
        said = answers.get(question.id) == "yes"
        after = find(instrument, {**answers, question.id: "unknown" if said else "yes"}, minor)
        turned: Turned = "unsaid" if said else "affirmed"
        parts = tuple(sorted(there ^ _supported(after)))
        yield Change(question, turned, parts, after.outcome, after.urgency != before.urgency)


def _supported(finding: Finding) -> frozenset[str]:
    return frozenset(part.part.id for part in finding.parts if part.level == "supported")


def _part(
    support: Support, found: PartFinding, asked: tuple[Question, ...], changes: tuple[Change, ...]
) -> PartSensitivity:
    turning = [change for change in changes if found.part.id in change.parts]
    return PartSensitivity(
        found.part,
        found.level,
        tally(found.yes),
        tally(question for question in asked if question.part == found.part.id),
        tuple(change.question for change in turning if change.turned == "unsaid"),
        tuple(change.question for change in turning if change.turned == "affirmed"),
        _fewest(support, tally(found.yes)),
    )


def _fewest(support: Support, yes: Tally) -> int:
    """How many yes at least stand between this and a part that is not supported."""
    if not supports(support, yes):
        return 0
    kept = (some for some in product(*(range(count + 1) for count in yes)) if not supports(support, _tally(some)))
    return sum(yes) - max(map(sum, kept))


def _tally(counts: tuple[int, ...]) -> Tally:
    strong, medium, weak, plain = counts
    return strong, medium, weak, plain
