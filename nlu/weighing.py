"""What danger is heard by: scores of its kinds, likelihoods of intents and the manner of a text, weighed together.

The weights are learnt on examples kept apart (`make train`), of which the scores are those of texts never seen.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from nlu.danger import KINDS, Sight

REPORTS = {
    "threat": "report_danger",
    "suicide": "report_suicidal",
    "medical": "report_danger",
    "minor": "report_minor",
}
# What people in danger also say: it raises no doubt.
TOLD_NEAR = frozenset({"report_exploitation", "make_referral", "quick_exit"})
NEAR_DANGER = TOLD_NEAR | frozenset(REPORTS.values())
BRIEF = 5  # words
AGES = slice(len(KINDS), len(KINDS) + 2)  # among the signs: they weigh for a minor alone, whoever else tells an age
LEAST = 1e-4  # the likelihood of what is not likely at all

Manner = tuple[float, ...]
Rows = NDArray[np.float64]


def manner(sight: Sight, themes: Iterable[set[str]]) -> Manner:
    """What a text is like: a child's age told, a grown person's alone; few words, none known, how many; rules met."""
    unknown = not (sight.kinds or any(sight.about) or any(themes))
    grown = bool(sight.ages) and not sight.child and not sight.negates  # "not yet eighteen"
    words = len(sight.words)
    rules = (kind in sight.kinds for kind in KINDS)
    return tuple(map(float, (sight.child, grown, words <= BRIEF, unknown, math.log1p(words), *rules)))


class Weighing:
    """Makes one row of signs of what the columns say of a text; `intents`: the names of their columns."""

    def __init__(self, intents: Sequence[str]) -> None:
        """Raises ValueError where an intent that reports danger is missing."""
        self._reports = [intents.index(report) for report in dict.fromkeys(REPORTS.values())]
        self._others = [place for place, name in enumerate(intents) if name not in NEAR_DANGER]

    def signs(self, kinds: Rows, likely: Rows, manners: Rows) -> Rows:
        """A row for each text: scores of the kinds, its manner, how likely reports are, and the likeliest else."""
        other = likely[:, self._others].max(axis=1, keepdims=True)
        return np.hstack([kinds, manners, np.log(likely[:, self._reports] + LEAST), other, np.log(other + LEAST)])
