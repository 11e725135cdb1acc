"""What is understood of messages that nobody who wrote examples has seen; floors a little under what was measured.

`<language>/ordinary.yml` is what one types on a phone; `hard.yml` is long, indirect, dictated, mixed, frightened.
"""

import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import mean

import pytest

from nlu.material import messages
from nlu.redaction import redact
from nlu.scoring import Answer, Case, figures
from nlu.situations import evaluated, situations
from nlu.understanding import EmbeddedUnderstander

FOLDER = Path(__file__).parent
LANGUAGES = sorted(path.parent.name for path in FOLDER.glob("*/ordinary.yml"))
EMBEDDED = EmbeddedUnderstander(time.gmtime().tm_year)
FLOORS = {"ordinary": (0.88, 0.80, 0.94), "hard": (0.66, 0.50, 0.80)}  # accuracy in all, in each; top-2 in all
SURE_LANGUAGES = 0.92  # alone; a word or two are often of several
SITUATIONS, FALSE_ALARMS = 0.90, 0.30


@cache
def answers(name: str) -> Sequence[Answer]:
    cases = [
        Case(redact(text).text, intent, language)
        for language in LANGUAGES
        for intent, text in messages(FOLDER / language / f"{name}.yml")
    ]
    return [Answer(case, EMBEDDED.understand(case.text, None), 0.0) for case in cases]


@pytest.mark.parametrize("name", FLOORS)
def test_as_many_are_understood_as_were_measured(name: str):
    told, (in_all, in_each, top2) = figures(answers(name)), FLOORS[name]
    assert mean(one["accuracy"] for one in told.values()) >= in_all
    assert min(one["accuracy"] for one in told.values()) >= in_each
    assert mean(one["top2"] for one in told.values()) >= top2


def test_the_language_is_told_alone_and_nearly_always_in_its_conversation():
    every = [answer.case for answer in answers("ordinary")]
    alone = mean(EMBEDDED.understand(case.text, None).language == case.language for case in every)
    spoken = mean(EMBEDDED.understand(case.text, case.language).language == case.language for case in every)
    assert alone >= SURE_LANGUAGES
    assert spoken >= alone


def test_danger_is_heard_in_whole_situations():
    told = situations(FOLDER / "situations.yml")
    assert len(told) >= 100
    found = evaluated(told, lambda text, language: EMBEDDED.understand(redact(text).text, language))
    assert found["escalation_recall"] >= SITUATIONS
    assert found["false_alarms"] <= FALSE_ALARMS
