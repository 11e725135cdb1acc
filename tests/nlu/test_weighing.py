"""Danger is weighed of all signs: a question or a grown person's age hides none, and no sign is lost on the way."""

import numpy as np
import pytest

from nlu.danger import KINDS, DangerLayer
from nlu.model import FILE
from nlu.understanding import EmbeddedUnderstander
from nlu.weighing import AGES, Weighing, manner
from nlu.weights import Weights
from nlu.words import read

HEARS = EmbeddedUnderstander(year=2026)
BUCKETS = 1 << 18


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he says he will kill me tonight, what can I do?", "threat"),
        ("I am 35 and my boss locked me in and beats me", "threat"),
        ("il menace de me tuer si je pars, que dois-je faire ?", "threat"),
        ("tengo 40 años y me golpea cada noche, ¿qué hago?", "threat"),
        ("ma voisine de 30 ans a avalé tous ses cachets, que faire ?", "suicide"),
        ("how many pills do I need to die?", "suicide"),
        ("my husband, 50, is bleeding a lot, where do I call?", "medical"),
    ],
)
def test_a_question_or_a_grown_persons_age_hides_no_danger(text: str, kind: str) -> None:
    assert kind in HEARS.understand(text, None).danger


@pytest.mark.parametrize("text", ["trrr trrr", "qwrt zxcv", "wub wub", "fgh jkl", "zzz"])
def test_what_has_no_known_word_is_no_danger(text: str) -> None:
    assert HEARS.understand(text, None).danger == ()


def test_every_kind_has_a_weight_for_every_sign_and_ages_weigh_for_a_minor_alone() -> None:
    head = Weights(FILE, BUCKETS).head
    told = manner(DangerLayer(year=2026).look(read("I am 15"), {"en"}), [])
    signs = Weighing(head["intents"]).signs(
        np.zeros((1, len(KINDS))), np.full((1, len(head["intents"])), 0.02), np.array([told])
    )
    assert signs[0, AGES].tolist() == [1.0, 0.0]
    assert np.shape(head["weighed"]) == (len(KINDS), signs.shape[1])
    ages = {kind: any(weights[AGES]) for kind, weights in zip(KINDS, head["weighed"], strict=True)}
    assert ages == {"threat": False, "suicide": False, "medical": False, "minor": True}
