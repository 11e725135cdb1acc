"""Danger in sentences that neither the rules nor the examples were made from.

`danger_fresh`: plain, third person, chat spelling, typing errors; nobody looked at it. `danger_chosen`: the like, and
the bars were chosen with it in view. `danger_unseen`: two thirds of it indirect. The floors are what was measured, less
a little: they fall when something is made worse. The aim is 0.95 of each kind in each language and no false alarm.
"""

from pathlib import Path
from statistics import mean

import pytest

from nlu.danger import KINDS
from nlu.evaluate import measure

FOLDER = Path(__file__).parent
FLOORS = {"danger_fresh": (0.965, 0.94), "danger_chosen": (0.96, 0.88), "danger_unseen": (0.90, 0.78)}
MOST_FALSE = {
    "danger_fresh": {"negation": 0.15, "figure": 0.14, "ordinary": 0.06},
    "danger_chosen": {"negation": 0.08, "figure": 0.17, "ordinary": 0.06},
    "danger_unseen": {"negation": 0.16, "figure": 0.22, "ordinary": 0.16},
}


@pytest.mark.parametrize("folder", FLOORS)
def test_as_much_is_heard_as_was_measured(folder: str):
    figures, (in_all, of_each) = measure(FOLDER / folder), FLOORS[folder]
    assert set(figures) == {"ar", "en", "es", "fr"}
    assert mean(share[kind] for share in figures.values() for kind in KINDS) >= in_all
    assert min(share[kind] for share in figures.values() for kind in KINDS) >= of_each
    for name, most in MOST_FALSE[folder].items():
        assert mean(share[name] for share in figures.values()) <= most
