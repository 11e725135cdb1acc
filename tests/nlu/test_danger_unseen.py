"""Danger in sentences that neither the rules nor the examples were made from.

The aim is 0.95 of each kind in each language and next to no false alarm; it is not reached (docs/understanding.md).
These floors are what was measured, less a little: they fall when something is made worse.
"""

from pathlib import Path
from statistics import mean

from nlu.danger import KINDS
from nlu.evaluate import HARMLESS, measure

FOLDER = Path(__file__).parent / "danger_unseen"
HEARD, HEARD_OF_ANY_KIND, OF_EACH = 0.85, 0.88, 0.72
MOST_FALSE = {"negation": 0.16, "figure": 0.32, "ordinary": 0.11}


def test_as_much_is_heard_as_was_measured():
    figures = measure(FOLDER)
    assert set(figures) == {"ar", "en", "es", "fr"}
    assert mean(share[kind] for share in figures.values() for kind in KINDS) >= HEARD
    assert mean(share["any"] for share in figures.values()) >= HEARD_OF_ANY_KIND
    assert min(share[kind] for share in figures.values() for kind in KINDS) >= OF_EACH
    for name in HARMLESS:
        assert mean(share[name] for share in figures.values()) <= MOST_FALSE[name]
