"""Practice with invented cases: screened, compared with worked answers, and never the beginning of a request."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.commands import SubmitReferral
from dialogs.danger import KINDS
from dialogs.finding import find
from dialogs.instrument import questions_for
from dialogs.learning import Exercise
from tests.dialogs.world import LIBRARY, Person, as_person

assert LIBRARY.learning is not None
CASES = LIBRARY.learning.exercises
SITUATION = LIBRARY.instruments["situation"]
TRICKS = ["make_referral", "start_screening", "report_exploitation", "change_language", "check_referral", *KINDS]
NOT_TRAFFICKING = {"across_the_border", "late_wages", "own_decision", "the_wedding"}


def practising(case: str) -> Person:
    person = as_person(audience="professional")
    person.tap("training", "exercise", case, "begin")
    return person


def worked(case: Exercise) -> dict[str, str]:
    return {q.id: "no" for q in questions_for(SITUATION, case.minor)} | {n: w.answer for n, w in case.worked.items()}


def flows(person: Person) -> list[str]:
    return [frame.flow for frame in person.turn.session.stack]


class TestTheCases:
    def test_are_many_of_adults_and_of_minors(self):
        assert len(CASES) >= 12
        assert 4 <= sum(not case.adult for case in CASES.values()) <= len(CASES) - 4

    def test_show_every_form_of_exploitation(self):
        shown = {name for case in CASES.values() for name, answer in worked(case).items() if answer == "yes"}
        assert shown >= {question.id for question in SITUATION.questions if question.part == "purpose"}
        assert shown >= {question.id for question in SITUATION.questions if question.part == "means"}

    @pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.id)
    def test_worked_answers_lead_where_the_case_is_meant_to_lead(self, case: Exercise):
        finding = find(SITUATION, worked(case), case.minor)
        assert (finding.outcome == "signs") == (case.id not in NOT_TRAFFICKING)

    def test_of_a_journey_or_underpaid_work_or_procuring_alone_lack_what_they_lack(self):
        def levels(case: str) -> dict[str, str]:
            finding = find(SITUATION, worked(CASES[case]), "no")
            return {part.part.id: part.level for part in finding.parts}

        assert levels("across_the_border") == {"act": "supported", "means": "not_supported", "purpose": "not_supported"}
        assert set(levels("late_wages").values()) == {"not_supported"}
        assert levels("own_decision") == {"act": "not_supported", "means": "not_supported", "purpose": "supported"}
        assert levels("the_wedding")["purpose"] == "unknown"


class TestALearner:
    def test_screens_a_case_with_every_question_and_reads_where_the_answers_differ(self):
        person = practising("orchard")
        for _ in questions_for(SITUATION, "no"):
            person.tap("yes")
        assert person.place == ("exercise", "result")
        assert "The same answer: {same} of {count}." in person.words
        assert "– {reason}: you {mine}, worked {theirs}" in person.words

    def test_compares_answer_by_answer_with_the_reasons(self):
        person = practising("orchard")
        person.tap("yes", "enough", "one_by_one")
        assert person.place == ("exercise", "compare/act_brought")
        assert CASES["orchard"].worked["act_brought"].because.msgid in person.words
        while "next" in person.choices:
            person.tap("next")
        assert person.place[1] == "compare/purpose_organ"
        assert "Nothing in the case points to it: it was asked about and denied." in person.words
        person.tap("solution")
        assert CASES["orchard"].comment.msgid in person.words

    def test_is_asked_no_means_where_the_case_is_of_a_minor(self):
        person = practising("aunt")
        person.tap("yes", "yes")
        assert person.place == ("exercise", "question/purpose_forced_labour")

    def test_may_read_the_case_again_and_how_to_ask(self):
        person = practising("aunt")
        person.tap("case")
        assert CASES["aunt"].facts[0].msgid in person.words
        person.tap("how")
        assert person.place == ("exercise", "question/act_brought")

    def test_goes_back_a_question(self):
        person = practising("aunt")
        person.tap("yes", "back")
        assert person.place == ("exercise", "question/act_brought")


class TestNothingInvented:
    def test_fills_in_a_request(self):
        person = practising("orchard")
        person.tap(*["yes"] * 15)
        person.say("I want to refer somebody", "make_referral")
        assert person.place == ("referral", "age")
        assert "exercise" not in flows(person)
        assert person.turn.session.stack[-1].answers == ()

    def test_lies_under_a_request_that_was_begun_before(self):
        person = as_person(audience="professional")
        person.tap("refer", "adult", "menu", "training", "exercise", "orchard", "begin", "menu", "refer")
        assert person.place == ("referral", "together")
        assert "exercise" not in flows(person)

    @settings(max_examples=150, deadline=None)
    @given(
        st.sampled_from(sorted(CASES)),
        st.lists(
            st.integers(0, 40) | st.sampled_from(TRICKS),
            max_size=60,
        ),
    )
    def test_is_ever_sent(self, case: str, moves: list[int | str]):
        person = practising(case)
        for move in moves:
            before = flows(person)
            if isinstance(move, str):
                trick(person, move)
            else:
                person.tap(person.choices[move % len(person.choices)])
            if person.turn.session.ended:
                return
            sent = any(isinstance(command, SubmitReferral) for command in person.turn.commands)
            assert not (sent and "exercise" in before)
            assert "referral" not in flows(person) or "exercise" not in before_request(flows(person))


def trick(person: Person, move: str) -> None:
    """A danger in the middle of the case, or an intent that leads elsewhere."""
    if move in KINDS:
        person.say("x", danger=(move,))
    else:
        person.say("x", move)


def before_request(stack: list[str]) -> list[str]:
    """The flows that lie under a request."""
    return stack[: stack.index("referral")]
