"""A screening instrument as data: its parts, questions and rule. What answers lead to is `dialogs/finding.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogs.commands import Urgency
from dialogs.text import Text

Answer = Literal["yes", "no", "unknown", "skip"]
Answers: TypeAlias = Mapping[str, str]  # by question id; what is neither yes nor no is open, and never counts as no
Minor = Literal["yes", "no", "unknown"]
Strength = Literal["strong", "medium", "weak"]
Kind = Literal["element", "dimension"]
Support = Literal["one", "strengths"]
Ages = Literal["all", "adults", "minors"]
Groups: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An element of the law or a dimension of an indicator set. `adults_only`: not asked about a minor.

    `guidance`: how to ask about it, for questions without their own. `plain`: its name for who is no professional.
    `whole`: who asks for themself, or for somebody they worry about, is asked all of it, also what can change nothing
    any more: they came to understand.
    """

    id: str
    name: Text
    plain: Text | None = None
    guidance: Text | None = None
    adults_only: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one part. `reason` is how a "yes" is told back in the finding; `source` is its article or row.

    `plain` and `why` ("why do you ask this?") are for the person themself; without them only professionals are asked.
    `guidance`: how to ask, what counts, what not to infer. `strength`: of an indicator, and `doubtful` when the copy that was
    read may be wrong about it. `source_words`: the indicator as the source words it. `urgency`: what a "yes" calls for.
    `fills`: what a "yes" answers in a referral, as (step, choice). `presumes`: the question after whose "no" this one is not asked.
    `kinds`: what a "yes" may mean, of which a professional may say which.
    """

    id: str
    part: str
    professional: Text
    reason: Text
    source: str
    plain: Text | None = None
    why: Text | None = None
    guidance: Text | None = None
    strength: Strength | None = None
    doubtful: bool = False
    source_words: str = ""
    urgency: Urgency | None = None
    fills: tuple[tuple[str, str], ...] = ()
    presumes: str = ""
    kinds: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """When a part is supported, and which parts must be so together.

    `support`: by one "yes", or by strengths (ILO/EC 2009). `adult` and `minor`: groups of parts; each group needs one.
    """

    support: Support
    adult: Groups
    minor: Groups


@dataclass(frozen=True, slots=True)
class Instrument:
    """Questions in the order asked, with what a reader must know of them before use.

    `kind`: what its parts are called. `ages`: for whom it was made; `population`, `validation`, `limits` say it in words.
    `plain_limits`: the limits for the person beside a professional, and whose the plain words are.
    """

    id: str
    title: Text
    kind: Kind
    ages: Ages
    source: str
    licence: Text
    population: Text
    validation: Text
    limits: Text
    status: str
    checked_on: str
    rule: Rule
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    plain_limits: Text | None = None

    def guidance(self, question: Question) -> Text | None:
        """How to ask a question: its own guidance, or that of its part."""
        return question.guidance or next(part.guidance for part in self.parts if part.id == question.part)


@dataclass(frozen=True, slots=True)
class Described:
    """An instrument that is not here: what is published of it, and why it is absent. It has no questions."""

    id: str
    title: Text
    about: Text
    accuracy: Text
    limits: Text
    absent: Text
    source: str
    status: str
    checked_on: str


def family(name: str) -> str:
    """What the ids of related instruments begin with: they share their sentences, and so their translations."""
    return name.partition("_")[0]


def minor_for(instrument: Instrument, adult: bool | None) -> Minor:
    """Whether the rule for minors holds; of unknown age, a set that was made for minors takes the person for one."""
    if adult is None:
        return "yes" if instrument.ages == "minors" else "unknown"
    return "no" if adult else "yes"


def parts_for(instrument: Instrument, minor: Minor) -> tuple[Part, ...]:
    """The parts that are looked at: a minor needs no means (Code pénal 225-4-1 II); of unknown age, all are."""
    return tuple(part for part in instrument.parts if minor != "yes" or not part.adults_only)


def moot(instrument: Instrument, answers: Answers) -> tuple[Question, ...]:
    """The questions without an answer that presume something that was denied: not asked, and open all the same."""
    return tuple(q for q in instrument.questions if q.id not in answers and answers.get(q.presumes) == "no")


def questions_for(instrument: Instrument, minor: Minor) -> tuple[Question, ...]:
    """The questions on those parts, in the order asked."""
    looked_at = {part.id for part in parts_for(instrument, minor)}
    return tuple(question for question in instrument.questions if question.part in looked_at)
