"""The figures of an evaluation, on answers whose figures one can count by hand."""

from dialogs.understanding import Understanding
from nlu.scoring import Answer, Case, calibration_error, confusions, figures


def answer(meant: str, told: str, confidence: float = 1.0, *danger: str, second: str = "help") -> Answer:
    ranking = ((told, confidence), (second, 1 - confidence))
    return Answer(Case("…", meant, "fr"), Understanding(told, confidence, ranking, (), "fr", danger), 2.0)


def test_shares_of_right_answers():
    answers = [answer("greet", "greet"), answer("greet", "thank", second="greet"), answer("thank", "thank")]
    found = figures(answers)["fr"]
    assert (found["accuracy"], found["top2"]) == (0.6667, 1.0)
    assert found["per_intent"]["thank"] == {"precision": 0.5, "recall": 1.0, "support": 1}
    assert found["macro_f1"] == 0.6667


def test_a_danger_that_is_heard_counts_whatever_the_intent():
    answers = [answer("report_danger", "ask_protection", 1.0, "threat"), answer("greet", "greet", 1.0, "suicide")]
    safety = figures(answers)["fr"]["safety"]
    assert safety["report_danger"] == {"recall": 1.0, "false_alarms": 0.0, "support": 1}
    assert safety["report_suicidal"] == {"recall": 0.0, "false_alarms": 0.5, "support": 0}


def test_confidence_that_is_not_deserved_is_an_error():
    assert calibration_error([answer("greet", "greet", 1.0), answer("greet", "thank", 1.0)]) == 0.5
    assert calibration_error([answer("greet", "greet", 0.5), answer("greet", "thank", 0.5)]) == 0.0


def test_what_is_confused_most_comes_first():
    answers = [answer("greet", "thank"), answer("deny", "affirm"), answer("deny", "affirm"), answer("deny", "deny")]
    assert list(confusions(answers).items()) == [(("fr", "deny", "affirm"), 2), (("fr", "greet", "thank"), 1)]
