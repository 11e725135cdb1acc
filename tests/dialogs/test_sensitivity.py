"""What one answer would change, held against a plain reading of the rule: what is listed turns it, the rest not."""

from itertools import combinations

from hypothesis import given, settings

from dialogs.finding import find
from dialogs.instrument import questions_for
from dialogs.reading import read_library
from dialogs.sensitivity import PartSensitivity, sensitivity
from tests.dialogs.test_finding import Filled, as_read, filled, urgency

ADULTS, DANGER = (read_library().instruments[name] for name in ("ilo_adult_labour", "danger"))
DENIED = {question.id: "no" for question in ADULTS.questions}
EXPLOITED = DENIED | {"conditions_hours": "yes", "conditions_pay": "yes"}


def exploitation(answers: dict[str, str]) -> PartSensitivity:
    parts = sensitivity(ADULTS, answers, "no").parts
    return next(part for part in parts if part.part.id == "exploitative_conditions_of_work")


@settings(max_examples=400)
@given(filled())
def test_an_answer_that_is_listed_turns_its_part_and_one_that_is_not_does_not(case: Filled):
    instrument, answers, minor = case
    told = sensitivity(*case)
    before, outcome = as_read(*case)
    listed = {(part.part.id, q.id) for part in told.parts for q in (*part.without, *part.with_yes)}
    changed = {change.question.id: change.outcome for change in told.outcome}
    for question in questions_for(instrument, minor):
        flipped = "unknown" if answers.get(question.id) == "yes" else "yes"
        after, outcome_after = as_read(instrument, answers | {question.id: flipped}, minor)
        for part, level in before.items():
            turned = (level == "supported") != (after[part] == "supported")
            assert ((part, question.id) in listed) == turned
        assert changed.get(question.id, outcome) == outcome_after
        assert (question.id in changed) == (outcome != outcome_after)


@settings(max_examples=300)
@given(filled())
def test_what_changes_the_urgency_is_named_and_nothing_else(case: Filled):
    instrument, answers, minor = case
    named = {change.question.id for change in sensitivity(*case).urgency}
    for question in questions_for(instrument, minor):
        flipped = "unknown" if answers.get(question.id) == "yes" else "yes"
        after = find(instrument, answers | {question.id: flipped}, minor)
        assert (question.id in named) == (urgency(after) != urgency(find(*case)))


@settings(max_examples=60)
@given(filled())
def test_no_fewer_answers_than_said_hold_a_part_up(case: Filled):
    instrument, answers, minor = case
    for part in sensitivity(*case).parts:
        mine = [q.id for q in instrument.questions if q.part == part.part.id and answers.get(q.id) == "yes"]
        assert (part.fewest > 0) == (part.level == "supported")
        if 0 < part.fewest <= 3 and len(mine) <= 8:
            falls = [
                any(
                    as_read(instrument, answers | dict.fromkeys(gone, "unknown"), minor)[0][part.part.id] != "supported"
                    for gone in combinations(mine, size)
                )
                for size in range(part.fewest + 1)
            ]
            assert falls == [False] * part.fewest + [True]


def test_what_one_answer_holds_up_is_named():
    assert [q.id for q in exploitation(EXPLOITED).without] == ["conditions_hours", "conditions_pay"]
    three = exploitation(EXPLOITED | {"conditions_living": "yes"})
    assert [q.id for q in three.without] == ["conditions_hours"]
    assert three.fewest == 1


def test_the_rule_s_inner_count_is_told_by_strength():
    part = exploitation(EXPLOITED)
    assert part.yes == (1, 1, 0, 0)
    assert sum(part.asked) == sum(q.part == part.part.id for q in ADULTS.questions)
    assert sensitivity(ADULTS, EXPLOITED, "no").together == ADULTS.rule.adult
    assert sensitivity(ADULTS, EXPLOITED, "yes").together == ADULTS.rule.minor


def test_one_yes_more_is_named_where_it_would_meet_a_dimension():
    almost = exploitation(DENIED | {"conditions_hours": "yes"})
    assert "conditions_pay" in {q.id for q in almost.with_yes}
    assert almost.without == ()
    assert exploitation(DENIED).with_yes == ()
    changes = sensitivity(ADULTS, DENIED | {"conditions_pay": "yes"}, "yes").outcome
    assert {change.outcome for change in changes if change.question.id == "conditions_hours"} == {"signs"}


def test_what_makes_it_urgent_is_named():
    (near,) = sensitivity(DANGER, {"near_here": "yes"}, "no").urgency[:1]
    assert (near.question.id, near.turned) == ("near_here", "unsaid")
