"""What a screening has found is not asked again in the request for help."""

import pytest

from dialogs.finding import find
from dialogs.flows.referral import fields, roof
from dialogs.instrument import Question
from dialogs.prefill import referral_answers
from dialogs.reading import read_library

LIBRARY = read_library()
FILLING = [question for instrument in LIBRARY.instruments.values() for question in instrument.questions]
CHOICES = {
    "forms": fields.FORMS, "needs": fields.NEEDS, "roof": roof.ROOFS, "pregnancy": fields.PREGNANT,
}  # fmt: skip


@pytest.mark.parametrize("question", [q for q in FILLING if q.fills], ids=lambda q: q.id)
def test_what_a_question_fills_is_a_choice_of_the_request(question: Question):
    for step, choice in question.fills:
        assert choice in {option.id for option in CHOICES[step]}


def test_forms_of_the_situation_check_are_carried_over_once_each():
    situation = LIBRARY.instruments["situation"]
    yes = ("act_brought", "purpose_forced_labour", "purpose_servitude", "purpose_begging")
    assert referral_answers(find(situation, dict.fromkeys(yes, "yes"), "no")) == {"forms": "labour,begging"}


def test_danger_gives_urgency_roof_and_needs():
    danger = LIBRARY.instruments["danger"]
    yes = ("roof_days", "roof_none", "health_treatment", "suicide_thoughts")
    assert referral_answers(find(danger, dict.fromkeys(yes, "yes"), "no")) == {
        "urgency": "immediate", "roof": "none", "needs": "treatment,mental_health",
    }  # fmt: skip


def test_what_is_not_known_fills_nothing():
    for instrument in LIBRARY.instruments.values():
        assert referral_answers(find(instrument, {}, "unknown")) == {}
