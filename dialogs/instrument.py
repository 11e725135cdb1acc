"""A screening instrument as data, and the finding that its answers lead to. Source: Code pénal art. 225-4-1."""

from dataclasses import dataclass
from typing import Literal

from dialogs.text import Text

Element = Literal["act", "means", "purpose"]
Answer = Literal["yes", "no", "unknown", "skipped"]
Signs = Literal["signs", "unknown", "none"]
Outcome = Literal["elements_together", "some_elements", "unclear", "no_sign"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one element of the law. `reason` is how a "yes" is told back in the finding."""

    id: str
    element: Element
    plain: Text
    professional: Text
    reason: Text
    law: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """Questions in the order asked, with their provenance. For minors the means are not asked."""

    id: str
    questions: tuple[Question, ...]
    source: str
    status: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class ElementFinding:
    """What the answers say of one element: signs when any is yes; unknown when none is yes and some are open."""

    element: Element
    signs: Signs
    yes: tuple[Question, ...]
    open: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Which elements have signs, why, and what is unknown. Never a verdict, never a score."""

    outcome: Outcome
    elements: tuple[ElementFinding, ...]
    minor: Literal["yes", "no", "unknown"]


def questions_for(instrument: Instrument, minor: str) -> tuple[Question, ...]:
    """The questions to ask: a minor needs no means (225-4-1 II); of unknown age, all are asked."""
    return tuple(q for q in instrument.questions if minor != "yes" or q.element != "means")


def _element(element: Element, questions: tuple[Question, ...], answers: dict[str, str]) -> ElementFinding:
    mine = [q for q in questions if q.element == element]
    yes = tuple(q for q in mine if answers.get(q.id) == "yes")
    left_open = tuple(q for q in mine if answers.get(q.id) not in ("yes", "no"))
    signs: Signs = "signs" if yes else "unknown" if left_open else "none"
    return ElementFinding(element, signs, yes, left_open)


def _outcome(elements: tuple[ElementFinding, ...]) -> Outcome:
    signs = {e.signs for e in elements}
    if signs == {"signs"}:
        return "elements_together"
    if "signs" in signs:
        return "some_elements"
    return "unclear" if "unknown" in signs else "no_sign"


def find(instrument: Instrument, answers: dict[str, str], minor: Literal["yes", "no", "unknown"]) -> Finding:
    """The finding for answers by question id; a question without an answer counts as open, never as no."""
    asked = questions_for(instrument, minor)
    wanted: tuple[Element, ...] = ("act", "purpose") if minor == "yes" else ("act", "means", "purpose")
    elements = tuple(_element(element, asked, answers) for element in wanted)
    return Finding(_outcome(elements), elements, minor)
