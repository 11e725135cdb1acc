"""Asking only what matters: the finding is that of the full questionnaire, for tens of thousands of ways to answer."""

import random
from typing import get_args

import pytest

from dialogs.adaptive import matters, next_question, worth_asking
from dialogs.finding import Finding, find
from dialogs.instrument import Answer, Instrument, Minor, questions_for
from dialogs.reading import read_library

INSTRUMENTS = list(read_library().instruments.values())
SITUATION, ADULTS = (next(i for i in INSTRUMENTS if i.id == name) for name in ("situation", "ilo_adult_labour"))
ANSWERS: tuple[Answer, ...] = get_args(Answer)
COMPLETIONS = {"situation": 10_000}
FEWER = 5_000  # of the longer ones, each
OTHERS_TRIED = 400


def completion(instrument: Instrument, dice: random.Random) -> dict[str, str]:
    """All questions answered, the shares of yes, no and the rest being drawn first: so that every level comes up.

    What presumes something that was denied is left out: nobody asks whether it is a group when nobody threatens.
    """
    weights = [dice.random() ** 3 + 0.01 for _ in ANSWERS]
    full = {q.id: dice.choices(ANSWERS, weights)[0] for q in instrument.questions}
    senseless = {q.id for q in instrument.questions if q.presumes and full[q.presumes] == "no"}
    return {name: answer for name, answer in full.items() if name not in senseless}


def asked(instrument: Instrument, full: dict[str, str], minor: Minor) -> dict[str, str]:
    """The answers that adaptive asking collects from somebody who would answer so."""
    answers: dict[str, str] = {}
    while question := next_question(instrument, answers, minor):
        assert question.id not in answers
        assert matters(instrument, answers, minor, question)
        answers[question.id] = full[question.id]
    return answers


def told(finding: Finding) -> tuple[object, ...]:
    return finding.outcome, finding.urgency, [(part.part.id, part.level) for part in finding.parts]


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_the_finding_is_that_of_the_full_questionnaire(instrument: Instrument):
    dice = random.Random(instrument.id)
    seen = set()
    for _ in range(COMPLETIONS.get(instrument.id, FEWER)):
        minor = dice.choice(get_args(Minor))
        full = completion(instrument, dice)
        answers = asked(instrument, full, minor)
        whole = find(instrument, full, minor)
        assert told(find(instrument, answers, minor)) == told(whole), (minor, full)
        seen.add(whole.outcome)
    assert {"signs", "some_signs", "not_enough"} <= seen


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_each_question_that_is_asked_could_change_the_finding(instrument: Instrument):
    """For each one asked, some answers to the others are found with which yes and no lead elsewhere."""
    dice = random.Random(instrument.id)
    for _ in range(20):
        minor = dice.choice(get_args(Minor))
        full = completion(instrument, dice)
        answers: dict[str, str] = {}
        while question := next_question(instrument, answers, minor):
            assert _matters(instrument, question.id, answers, minor, dice), (question.id, answers)
            answers[question.id] = full[question.id]


def _matters(instrument: Instrument, name: str, answers: dict[str, str], minor: Minor, dice: random.Random) -> bool:
    """Whether any of many completions differs with this answer; only its own part is filled in all ways."""
    part = next(q.part for q in instrument.questions if q.id == name)
    mine = [q.id for q in instrument.questions if q.part == part and q.id not in answers and q.id != name]
    rest = dict.fromkeys((q.id for q in instrument.questions), "no") | answers
    for _ in range(OTHERS_TRIED):
        few = set(dice.sample(mine, min(len(mine), dice.randrange(4))))
        others = rest | {q: "yes" if q in few else "no" for q in mine}
        found = {str(told(find(instrument, others | {name: answer}, minor))) for answer in ("yes", "no", "unknown")}
        if len(found) > 1:
            return True
    return False


def test_one_yes_settles_an_element_of_the_law():
    assert next_question(SITUATION, {"act_brought": "yes"}, "no") == SITUATION.questions[2]
    answers = {"act_brought": "yes", "means_force": "yes", "purpose_forced_labour": "yes"}
    assert next_question(SITUATION, answers, "no") is None


def test_do_not_know_settles_nothing_and_is_not_asked_twice():
    following = next_question(SITUATION, {"act_brought": "unknown"}, "no")
    assert following
    assert following.id == "act_hosted"
    answers = {q.id: "unknown" for q in SITUATION.questions}
    assert next_question(SITUATION, answers, "no") is None
    assert worth_asking(SITUATION, answers, "no") == SITUATION.questions


def test_what_is_worth_asking_again_is_only_what_would_change_something():
    answers = {q.id: "no" for q in SITUATION.questions} | {"act_brought": "yes", "act_hosted": "unknown"}
    assert worth_asking(SITUATION, answers, "no") == ()
    (purpose,) = worth_asking(SITUATION, answers | {"purpose_organ": "skip"}, "no")
    assert purpose.id == "purpose_organ"


def test_a_dimension_that_can_no_longer_be_met_is_left():
    mine = [q for q in ADULTS.questions if q.part == "exploitative_conditions_of_work"]
    others = {q.id: "no" for q in ADULTS.questions if q not in mine}
    all_but_two = others | {q.id: "no" for q in mine[:-2]}
    assert [q.strength for q in mine[-2:]] == ["medium", "weak"]
    assert next_question(ADULTS, all_but_two, "no") is None


def test_a_weak_indicator_beside_another_one_is_not_asked_when_it_adds_nothing():
    mine = [q for q in ADULTS.questions if q.part == "recruitment_by_abuse_of_vulnerability"]
    medium, weak = ([q for q in mine if q.strength == s] for s in ("medium", "weak"))
    answers = {q.id: "no" for q in ADULTS.questions if q not in mine}
    answers |= {q.id: "no" for q in medium[2:]} | {weak[0].id: "yes"}
    assert worth_asking(ADULTS, answers, "no") == tuple(medium[:2])


def test_a_minor_is_asked_nothing_on_means():
    answers: dict[str, str] = {}
    while question := next_question(SITUATION, answers, "yes"):
        answers[question.id] = "no"
    assert set(answers) == {q.id for q in questions_for(SITUATION, "yes")}


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda instrument: instrument.id)
def test_asked_one_by_one_the_same_questions_matter(instrument: Instrument):
    dice = random.Random(instrument.id)
    for _ in range(200):
        minor = dice.choice(get_args(Minor))
        full = completion(instrument, dice)
        answers = {name: full[name] for name in dice.sample(sorted(full), dice.randrange(len(full)))}
        left = [q for q in questions_for(instrument, minor) if matters(instrument, answers, minor, q)]
        assert next_question(instrument, answers, minor) == next(iter(left), None)
        assert {q.id for q in left} <= {q.id for q in worth_asking(instrument, answers, minor)}


def test_nobody_is_asked_which_threats_after_nobody_threatens():
    danger = next(i for i in INSTRUMENTS if i.id == "danger")
    answers = {"threat_somebody": "no"}
    question = next_question(danger, answers, "no")
    assert question
    assert question.id == "threat_dependant_held"
    answers["threat_dependant_held"] = "no"
    following = next_question(danger, answers, "no")
    assert following
    assert following.id == "near_here", "who exploits may be near without a threat"
    unsure = next_question(danger, {"threat_somebody": "unknown"}, "no")
    assert unsure
    assert unsure.id == "threat_group"


def test_what_was_not_asked_is_never_a_no():
    danger = next(i for i in INSTRUMENTS if i.id == "danger")
    denied = {q.id: "no" for q in danger.questions if q.presumes != "threat_somebody"}
    assert next_question(danger, denied, "no") is None
    finding = find(danger, denied, "no")
    threat = next(part for part in finding.parts if part.part.id == "threat")
    assert (finding.urgency, threat.level) == (None, "unknown")
    assert {q.id for q in threat.open} == {"threat_group", "threat_close", "threat_relatives"}
    assert {q.id for q in worth_asking(danger, denied, "no")} >= {q.id for q in threat.open}
    every = denied | {q.id: "no" for q in danger.questions}
    assert find(danger, every, "no").urgency == "normal"
