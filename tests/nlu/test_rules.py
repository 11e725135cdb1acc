"""How a line of rules is read."""

from nlu.knowledge import gather
from nlu.rules import ways


def test_a_word_with_a_question_mark_may_be_missing() -> None:
    assert set(ways("^he|she never? hits me?$")) == {
        "^he|she never hits me$",
        "^he|she never hits$",
        "^he|she hits me$",
        "^he|she hits$",
    }
    assert set(ways("^oh? no$")) == {"^oh no$", "^no$"}
    assert list(ways("a .. b")) == ["a .. b"]


def test_what_calms_everything_is_a_whole_text_without_stray_words() -> None:
    calming = [rule for rule in gather("sayings").rules if rule.kind in ("unhurt", "harmless")]
    assert len(calming) > 100
    assert all(rule.starts and rule.ends for rule in calming)
    assert all(step.gap == 0 for rule in calming for step in rule.steps[1:])
