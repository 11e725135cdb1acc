"""How danger is learnt: what an example counts, what each sign of it weighs, and from which sum a kind is heard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlu.danger import KINDS
from nlu.examples import MAY_TELL, UNMARKED, Example
from nlu.weighing import AGES, LEAST, Rows

FALSE_ALARMS = {"threat": 0.042, "suicide": 0.05, "medical": 0.036, "minor": 0.035}  # of what is no danger
HEAVIER = 2.0  # an example of danger counts as so many of none: recall comes first
NEAR_MISS = {"no_danger/negation": 3.0, "no_danger/figure": 2.0}  # of these there are few
FEW, SHORT = 3, 3.0  # harmless texts of so few words count so much: they are typed oftenest


def weight(example: Example, kind: str) -> float:
    """How much an example counts when a kind of danger is learnt."""
    if example.kind:
        return HEAVIER
    if example.intent in MAY_TELL[kind]:
        return 0.0
    return SHORT if len(example.text.split()) <= FEW else NEAR_MISS.get(example.intent, 1.0)


def weighed(signs: Rows, apart: Sequence[Example]) -> tuple[list[list[float]], list[float]]:
    """What each sign counts for each kind, and from which sum it is heard; `apart`: the examples kept apart.

    Prints what is heard of these.
    """
    kinds = np.array([example.kind for example in apart])
    calm = np.array([not example.kind and example.intent not in UNMARKED for example in apart])
    counts, bars = [], []
    for kind in KINDS:
        counted = _weighed(signs, apart, kind)
        sums = signs @ counted
        counts.append(counted.tolist())
        bars.append(round(float(np.quantile(sums[calm], 1 - FALSE_ALARMS[kind])), 3))
        heard = sums[kinds == kind] >= bars[-1]
        print(f"{kind}: from {bars[-1]:.2f}, heard of those kept apart {heard.mean():.3f} of {heard.size}")
    return counts, bars


def _weighed(signs: Rows, apart: Sequence[Example], kind: str) -> NDArray[np.float64]:
    """What each sign counts; a language with many examples counts more than one with few, but not as much more."""
    sure = np.array([one.kind == kind or not (one.kind or one.intent in MAY_TELL[kind]) for one in apart])
    spoken = np.array([one.language for one in apart])[sure]
    _, place, many = np.unique(spoken, return_inverse=True, return_counts=True)
    is_told = np.array([one.kind == kind for one in apart])[sure]
    wide = signs.std(axis=0) + LEAST
    if kind != "minor":
        signs = signs.copy()
        signs[:, AGES] = 0.0
    machine = LogisticRegression(solver="liblinear", random_state=0)
    machine.fit(signs[sure] / wide, is_told, sample_weight=(many.mean() / many[place]) ** 0.5)
    counted: NDArray[np.float64] = np.round(machine.coef_[0] / wide, 3)
    return counted
