"""The linear model behind the danger layer and the intents, a column of weights for each: made by `make train`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.features import BUCKETS
from nlu.knowledge import DATA
from nlu.weighing import Manner, Weighing
from nlu.weights import Values, Weights, likelihoods

FILE = DATA / "weights.bin"


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of a text: how far each kind is above its bar; how likely each intent is."""

    kinds: Mapping[str, float]
    intents: Mapping[str, float]


class Model:
    """Scores of a text.

    Beside its weights the file keeps `kinds` and `intents`: the columns' names, in this order; `sharp`: what intents'
    scores are multiplied by to become likelihoods; `weighed`: what each sign of danger counts for each kind
    (`nlu/weighing.py`); `bars`: from which sum the kind is heard.
    """

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file, ValueError when it is of another form."""
        self._weights = Weights(path, BUCKETS)
        head = self._weights.head
        self._kinds, self.intents, self._sharp = head["kinds"], tuple(head["intents"]), head["sharp"]
        self._bars, self._weighed = np.array(head["bars"]), np.array(head["weighed"]).T
        self._weighing = Weighing(self.intents)

    def judge(self, values: Values, manner: Manner) -> Scores:
        """What a text's features and its manner say."""
        kinds, intents = np.split(self._weights.scores(values).astype(np.float64), [len(self._kinds)])
        likely = likelihoods(intents * self._sharp)
        signs = self._weighing.signs(kinds[None, :], np.array([likely]), np.array([manner]))
        over = (signs[0] @ self._weighed - self._bars).tolist()
        return Scores(dict(zip(self._kinds, over, strict=True)), dict(zip(self.intents, likely, strict=True)))
