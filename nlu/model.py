"""The linear model behind the danger layer and the intents, a column of weights for each: made by `make train`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu.features import BUCKETS
from nlu.knowledge import DATA
from nlu.weights import Values, Weights, likelihoods

FILE = DATA / "weights.bin"


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of a text: how far each kind is above its bar; how likely each intent is."""

    kinds: Mapping[str, float]
    intents: Mapping[str, float]


class Model:
    """Scores of a text.

    Beside its weights the file keeps `kinds` and `intents`: the columns' names, in this order; `bars`: from which score
    each kind is heard; `sharp`: what intents' scores are multiplied by to become likelihoods.
    """

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file, ValueError when it is of another form."""
        self._weights = Weights(path, BUCKETS)
        head = self._weights.head
        self._kinds, self.intents, self._sharp = head["kinds"], tuple(head["intents"]), head["sharp"]
        self._bars = np.array(head["bars"], np.float32)

    def judge(self, values: Values) -> Scores:
        """What a text's features say."""
        kinds, intents = np.split(self._weights.scores(values), [len(self._kinds)])
        over = (kinds - self._bars).tolist()
        return Scores(
            dict(zip(self._kinds, over, strict=True)),
            dict(zip(self.intents, likelihoods(intents * self._sharp), strict=True)),
        )
