"""What the answers to an instrument lead to: a level for each part, and an outcome. Never a verdict, never a score.

Sources: Code pénal art. 225-4-1 (one act, one means unless a minor, one purpose); ILO/EC operational indicators, 2009.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from dialogs.commands import Urgency
from dialogs.instrument import Answers, Groups, Instrument, Minor, Part, Question, Support, parts_for, questions_for

Level = Literal["supported", "not_supported", "unknown"]
Outcome = Literal["signs", "some_signs", "no_signs_seen", "not_enough"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)  # the most urgent first
NORMAL = URGENCIES[-1]
Tally: TypeAlias = tuple[int, int, int, int]  # questions that are strong, medium, weak, without strength


@dataclass(frozen=True, slots=True)
class PartFinding:
    """What the answers say of one part.

    Not supported: even yes to all that is open could not support it. `because`: the answers that led to the level.
    """

    part: Part
    level: Level
    yes: tuple[Question, ...]
    no: tuple[Question, ...]
    open: tuple[Question, ...]

    @property
    def because(self) -> tuple[Question, ...]:
        """What was denied when the part is not supported, else what was affirmed."""
        return self.no if self.level == "not_supported" else self.yes


@dataclass(frozen=True, slots=True)
class Finding:
    """Levels by part, and the outcome. `urgency`: the most urgent that an affirmed question calls for.

    `urgent`: the affirmed questions that call for it. It is None when none does and some are open.
    """

    outcome: Outcome
    parts: tuple[PartFinding, ...]
    minor: Minor
    urgency: Urgency | None = None
    urgent: tuple[Question, ...] = ()


def find(instrument: Instrument, answers: Answers, minor: Minor) -> Finding:
    """The finding for answers by question id; what is neither yes nor no counts as open, never as no."""
    parts = tuple(_part(instrument, part, answers) for part in parts_for(instrument, minor))
    levels = {found.part.id: found.level for found in parts}
    groups = instrument.rule.minor if minor == "yes" else instrument.rule.adult
    asked = questions_for(instrument, minor)
    urgency = urgency_of(asked, answers)
    urgent = tuple(q for q in asked if q.urgency == urgency and answers.get(q.id) == "yes") if urgency else ()
    return Finding(_outcome(levels, groups), parts, minor, urgency, urgent)


def tally(questions: Iterable[Question]) -> Tally:
    """How many questions there are of each strength."""
    strengths = [question.strength for question in questions]
    return (strengths.count("strong"), strengths.count("medium"), strengths.count("weak"), strengths.count(None))


def supports(support: Support, affirmed: Tally) -> bool:
    """Whether "yes" to so many questions supports their part.

    By strengths, one of: 2 strong; 1 strong and 1 other; 3 medium; 2 medium and 1 weak (ILO/EC 2009).
    """
    if support == "one":
        return sum(affirmed) > 0
    strong, medium, weak, _ = affirmed
    return (strong >= 1 and strong + medium + weak >= 2) or medium >= 3 or (medium >= 2 and weak >= 1)


def urgency_of(questions: Iterable[Question], answers: Answers) -> Urgency | None:
    """The most urgent of what "yes" calls for.

    Normal when all that would be more urgent is denied; None when it is not known.
    """
    pressing = [question for question in questions if question.urgency not in (None, NORMAL)]
    affirmed = {question.urgency for question in pressing if answers.get(question.id) == "yes"}
    if affirmed:
        return next(urgency for urgency in URGENCIES if urgency in affirmed)
    return NORMAL if pressing and all(answers.get(question.id) == "no" for question in pressing) else None


def _part(instrument: Instrument, part: Part, answers: Answers) -> PartFinding:
    mine = [question for question in instrument.questions if question.part == part.id]
    yes = tuple(question for question in mine if answers.get(question.id) == "yes")
    no = tuple(question for question in mine if answers.get(question.id) == "no")
    left = tuple(question for question in mine if answers.get(question.id) not in ("yes", "no"))
    return PartFinding(part, _level(instrument.rule.support, yes, left), yes, no, left)


def _level(support: Support, yes: tuple[Question, ...], left: tuple[Question, ...]) -> Level:
    if supports(support, tally(yes)):
        return "supported"
    return "unknown" if supports(support, tally((*yes, *left))) else "not_supported"


def _outcome(levels: dict[str, Level], groups: Groups) -> Outcome:
    if all(any(levels[part] == "supported" for part in group) for group in groups):
        return "signs"
    if "supported" in levels.values():
        return "some_signs"
    return "not_enough" if "unknown" in levels.values() else "no_signs_seen"
