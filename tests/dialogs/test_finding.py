"""Findings, held against a plain reading of the rule: don't know is never no, and a graver answer never lowers one."""

from itertools import product
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.finding import Finding, Level, Outcome, find
from dialogs.instrument import Instrument, Minor, Question, questions_for
from dialogs.reading import read_library

LIBRARY = read_library()
INSTRUMENTS = list(LIBRARY.instruments.values())
GRAVER_LEVEL: tuple[Level, ...] = ("not_supported", "unknown", "supported")
GRAVER: tuple[Outcome, ...] = ("no_signs_seen", "not_enough", "some_signs", "signs")
ANSWERS = ("yes", "no", "unknown", "skip", None)

Filled = tuple[Instrument, dict[str, str], Minor]


@st.composite
def filled(draw: st.DrawFn) -> Filled:
    """An instrument with some answers, of which as many are yes as one number says: so that every level comes up."""
    instrument = draw(st.sampled_from(INSTRUMENTS))
    weights = draw(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=5))
    given_ = draw(st.lists(st.sampled_from(weights), min_size=67, max_size=67))
    answers = {q.id: a for q, a in zip(instrument.questions, given_, strict=False) if a}
    return instrument, answers, draw(st.sampled_from(get_args(Minor)))


def met(instrument: Instrument, affirmed: list[Question]) -> bool:
    """The rule as it is written: ILO/EC 2009 for strengths, one yes for the law."""
    if instrument.rule.support == "one":
        return bool(affirmed)
    strong, medium, weak = (sum(q.strength == s for q in affirmed) for s in ("strong", "medium", "weak"))
    return any(
        strong >= s and medium >= m and weak >= w for s, m, w in ((2, 0, 0), (1, 1, 0), (1, 0, 1), (0, 3, 0), (0, 2, 1))
    )


def as_read(instrument: Instrument, answers: dict[str, str], minor: Minor) -> tuple[dict[str, str], str]:
    """Levels and outcome, read from the rule in so many words."""
    levels = {}
    for part in instrument.parts:
        if minor == "yes" and part.adults_only:
            continue
        mine = [q for q in instrument.questions if q.part == part.id]
        sure = met(instrument, [q for q in mine if answers.get(q.id) == "yes"])
        possible = met(instrument, [q for q in mine if answers.get(q.id) != "no"])
        levels[part.id] = "supported" if sure else "unknown" if possible else "not_supported"
    return levels, outcome_as_read(
        instrument, {p for p, level in levels.items() if level == "supported"}, levels, minor
    )


def outcome_as_read(instrument: Instrument, there: set[str], levels: dict[str, str], minor: Minor) -> str:
    child = minor == "yes"
    if instrument.id == "situation":
        all_of_it = there >= ({"act", "purpose"} if child else {"act", "means", "purpose"})
    elif instrument.id == "danger":
        all_of_it = bool(there & {"threat", "near", "when", "health", "suicide", "roof"})
    else:
        recruited = {"deceptive_recruitment", "coercive_recruitment", "recruitment_by_abuse_of_vulnerability"} & there
        exploited = "exploitative_conditions_of_work" in there
        all_of_it = exploited and (child or bool(recruited and "coercion_at_destination" in there))
    if all_of_it or there:
        return "signs" if all_of_it else "some_signs"
    return "not_enough" if "unknown" in levels.values() else "no_signs_seen"


def levels(finding: Finding) -> dict[str, Level]:
    return {part.part.id: part.level for part in finding.parts}


def urgency(finding: Finding) -> int:
    """Higher is more urgent; what is not known stands above what is normal."""
    return {"normal": 0, None: 1, "soon": 2, "immediate": 3}[finding.urgency]


@settings(max_examples=1500)
@given(filled())
def test_levels_and_outcome_are_those_of_a_plain_reading_of_the_rule(case: Filled):
    finding = find(*case)
    assert (levels(finding), finding.outcome) == as_read(*case)


def test_every_combination_of_dimensions_leads_where_the_rule_says():
    for instrument, minor in product(INSTRUMENTS, get_args(Minor)):
        for chosen in product((False, True), repeat=len(instrument.parts)):
            wanted = {part.id for part, on in zip(instrument.parts, chosen, strict=True) if on}
            answers = {q.id: "yes" if q.part in wanted else "no" for q in instrument.questions}
            finding = find(instrument, answers, minor)
            assert (levels(finding), finding.outcome) == as_read(instrument, answers, minor)


@settings(max_examples=700)
@given(filled())
def test_do_not_know_and_skip_are_never_no(case: Filled):
    instrument, answers, minor = case
    unasked = {q: a for q, a in answers.items() if a in ("yes", "no")}
    assert find(instrument, answers, minor) == find(instrument, unasked, minor)
    with_no = dict.fromkeys((q.id for q in instrument.questions), "no") | unasked
    closed = find(instrument, with_no, minor)
    for part in find(instrument, answers, minor).parts:
        assert GRAVER_LEVEL.index(part.level) >= GRAVER_LEVEL.index(levels(closed)[part.part.id])


@settings(max_examples=1500)
@given(filled(), st.data())
def test_a_graver_answer_never_lowers_a_finding(case: Filled, data: st.DataObject):
    instrument, answers, minor = case
    question = data.draw(st.sampled_from(questions_for(instrument, minor)))
    before = find(instrument, answers, minor)
    for graver in {"yes": (), "no": ("unknown", "yes")}.get(answers.get(question.id, ""), ("yes",)):
        after = find(instrument, answers | {question.id: graver}, minor)
        for part, level in levels(before).items():
            assert GRAVER_LEVEL.index(levels(after)[part]) >= GRAVER_LEVEL.index(level)
        assert GRAVER.index(after.outcome) >= GRAVER.index(before.outcome)
        assert urgency(after) >= urgency(before)


@settings(max_examples=700)
@given(filled())
def test_under_18_a_finding_is_never_lower(case: Filled):
    instrument, answers, _ = case
    minor, adult = find(instrument, answers, "yes"), find(instrument, answers, "no")
    if adult.outcome == "signs":
        assert minor.outcome == "signs"


@settings(max_examples=700)
@given(filled())
def test_the_reasons_are_enough_for_the_level(case: Filled):
    instrument, answers, minor = case
    for part in find(instrument, answers, minor).parts:
        denied = part.level == "not_supported"
        others = "yes" if denied else "no"
        alone = {q.id: others for q in instrument.questions} | {q.id: answers[q.id] for q in part.because}
        (again,) = (found for found in find(instrument, alone, minor).parts if found.part == part.part)
        if part.level != "unknown":
            assert again.level == part.level


def test_low_urgency_is_said_only_when_all_that_is_pressing_is_denied():
    danger = LIBRARY.instruments["danger"]
    calm = dict.fromkeys((q.id for q in danger.questions if q.urgency != "normal"), "no")
    assert find(danger, calm, "no").urgency == "normal"
    assert find(danger, calm | {"near_sleeps": "unknown", "place_avoid": "yes"}, "no").urgency is None
    assert find(danger, {"place_avoid": "yes"}, "no").urgency is None
    pressed = find(danger, {"roof_days": "yes", "near_here": "yes", "roof_none": "yes"}, "no")
    assert pressed.urgency == "immediate"
    assert [q.id for q in pressed.urgent] == ["near_here", "roof_none"]
