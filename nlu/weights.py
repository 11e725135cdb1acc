"""A linear model's weights in a file: a row for each bucket of features, a column for each name."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_END = b"\n"

Values = Mapping[int, float]  # of the features of a text, by bucket


class Weights:
    """Scores of a text. A weight is its byte times its column's scale. `head`: what the model keeps beside them.

    The file is mapped, not read: only the pages that texts need are in memory, and processes share them.
    """

    def __init__(self, path: Path, buckets: int) -> None:
        """Raises OSError without the file, ValueError when it is of another form."""
        with path.open("rb") as file:
            first = file.readline()
        self.head: dict[str, Any] = json.loads(first)
        self._biases = np.array(self.head["biases"], np.float32)
        self._scales = np.array(self.head["scales"], np.float32)
        shape = buckets, self._biases.size
        if path.stat().st_size != len(first) + shape[0] * shape[1]:
            raise ValueError(f"{path.name} is of another release: make train")
        self._weights = np.memmap(path, np.int8, "r", len(first), shape)

    def scores(self, values: Values) -> NDArray[np.float32]:
        """The score of each column."""
        if not values:
            return self._biases
        rows = self._weights[np.fromiter(values.keys(), np.int64, len(values))]
        sums = np.fromiter(values.values(), np.float32, len(values)) @ rows.astype(np.float32)
        return self._biases + self._scales * sums

    def columns(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Weights by bucket and column, and biases: for many texts at once."""
        return self._weights.astype(np.float64) * self._scales, self._biases.astype(np.float64)


def likelihoods(scores: NDArray[np.float32] | NDArray[np.float64]) -> list[float]:
    """Scores as shares of one."""
    raised = np.exp(scores - scores.max())
    return [float(one) for one in raised / raised.sum()]


def write(path: Path, weights: NDArray[np.float64], biases: NDArray[np.float64], **head: object) -> None:
    """Write a model of weights by bucket and column; `head` is kept beside them."""
    scales = np.abs(weights).max(axis=0) / 127
    whole = np.round(weights / scales).astype(np.int8)
    first = {"biases": biases.tolist(), "scales": scales.tolist(), **head}
    path.write_bytes(json.dumps(first).encode() + _END + whole.tobytes())
