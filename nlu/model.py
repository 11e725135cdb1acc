"""The linear model behind the danger layer and the intents, a column of weights for each: made by `make train`."""

import json
import zlib
from collections.abc import Sequence
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
    """What stands beside the weights: a name, a bias and a scale for each column; bars for the kinds of danger.

    `kinds`: how many of the first columns are kinds of danger; the others are intents. A weight is its byte times the
    column's scale. `sharpness`: what the intents' scores are multiplied by to become likelihoods.
    """

    names: Sequence[str]
    biases: Sequence[float]
    scales: Sequence[float]
    bars: Sequence[float]
    sharpness: float

    @property
    def kinds(self) -> int:
        """How many columns are kinds of danger."""
        return len(self.bars)


class Model:
    """Scores of a text."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file, ValueError when it is of another form."""
        first, _, packed = path.read_bytes().partition(_END)
        self.head = Head(**json.loads(first))
        weights = np.frombuffer(zlib.decompress(packed), dtype=np.int8)
        if weights.size != BUCKETS * len(self.head.names):
            raise ValueError(f"{path.name} is of another release: make train")
        self._weights = weights.reshape(BUCKETS, len(self.head.names))
        self._biases = np.array(self.head.biases, np.float32)
        self._scales = np.array(self.head.scales, np.float32)

    def scores(self, values: Values) -> NDArray[np.float32]:
        """How much a text is like each of the head's names."""
        if not values:
            return self._biases
        rows = self._weights[np.fromiter(values.keys(), np.int64, len(values))]
        sums = np.fromiter(values.values(), np.float32, len(values)) @ rows.astype(np.float32)
        return self._biases + self._scales * sums


def write(weights: NDArray[np.float32], head: Head, path: Path = FILE) -> None:
    """Write the model; `weights` are whole numbers from -127 to 127, by bucket and name."""
    packed = zlib.compress(weights.astype(np.int8).tobytes(), 9)
    path.write_bytes(json.dumps(asdict(head)).encode() + _END + packed)
