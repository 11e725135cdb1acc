"""The linear model behind the danger layer and the intents, a column of weights for each: made by `make train`."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlu.features import BUCKETS, Values
from nlu.knowledge import DATA

FILE = DATA / "weights.bin"
_END = b"\n"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands beside the weights. A weight is its byte times its column's scale.

    `kinds`, `intents`, `languages`: the columns' names, in this order. `biases`, `scales`: one for each column. `bars`:
    from which score each kind is heard. `sharp_intents`, `sharp_languages`: what scores are multiplied by to become
    likelihoods.
    """

    kinds: Sequence[str]
    intents: Sequence[str]
    languages: Sequence[str]
    biases: Sequence[float]
    scales: Sequence[float]
    bars: Sequence[float]
    sharp_intents: float
    sharp_languages: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of a text: how far each kind is above its bar; how likely each intent and language is."""

    kinds: Mapping[str, float]
    intents: Mapping[str, float]
    languages: Mapping[str, float]


class Model:
    """Scores of a text."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file, ValueError when it is of another form."""
        first, _, packed = path.read_bytes().partition(_END)
        self.head = Head(**json.loads(first))
        weights = np.frombuffer(zlib.decompress(packed), dtype=np.int8)
        if weights.size != BUCKETS * len(self.head.biases):
            raise ValueError(f"{path.name} is of another release: make train")
        self._weights = weights.reshape(BUCKETS, len(self.head.biases))
        self._biases = np.array(self.head.biases, np.float32)
        self._scales = np.array(self.head.scales, np.float32)

    def judge(self, values: Values) -> Scores:
        """What a text's features say."""
        head, scores = self.head, self._scores(values)
        over = (scores[: len(head.kinds)] - np.array(head.bars, np.float32)).tolist()
        intents, languages = np.split(scores[len(head.kinds) :], [len(head.intents)])
        return Scores(
            dict(zip(head.kinds, over, strict=True)),
            dict(zip(head.intents, _likelihoods(intents * head.sharp_intents), strict=True)),
            dict(zip(head.languages, _likelihoods(languages * head.sharp_languages), strict=True)),
        )

    def _scores(self, values: Values) -> NDArray[np.float32]:
        if not values:
            return self._biases
        rows = self._weights[np.fromiter(values.keys(), np.int64, len(values))]
        sums = np.fromiter(values.values(), np.float32, len(values)) @ rows.astype(np.float32)
        return self._biases + self._scales * sums


def _likelihoods(scores: NDArray[np.float32]) -> list[float]:
    raised = np.exp(scores - scores.max())
    return [float(one) for one in raised / raised.sum()]


def write(weights: NDArray[np.float32], head: Head, path: Path = FILE) -> None:
    """Write the model; `weights` are whole numbers from -127 to 127, by bucket and column."""
    packed = zlib.compress(weights.astype(np.int8).tobytes(), 9)
    path.write_bytes(json.dumps(asdict(head)).encode() + _END + packed)
