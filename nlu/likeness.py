"""How much a text is like the examples of each kind of danger: a linear model over pieces of words, read from a file.

It stands beside the phrase layer, never instead of it: what either finds is found. Made by `python -m nlu.train`.
"""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nlu.words import Words, read

KINDS = ("threat", "suicide", "medical", "minor")
BUCKETS = 1 << 17
SIZES = (2, 3, 4, 5)  # letters of a piece
FILE = Path(__file__).parent / "data" / "danger.likeness"
SCALE = 32.0  # a stored weight is a whole number from -127 to 127: this many make 1.0


def features(words: Words) -> dict[int, float]:
    """Pieces of words, words, and pairs of words, as buckets with their weights; of length 1 in all."""
    counts = Counter(zlib.crc32(piece.encode(errors="replace")) % BUCKETS for piece in _pieces(words))
    norm = sum(counts.values()) ** 0.5 or 1.0
    return {bucket: min(count, 3) / norm for bucket, count in counts.items()}


def _pieces(words: Words) -> Iterator[str]:
    for place, word in enumerate(words):
        edged = f"<{word}>"
        yield f"w {word}"
        for size in SIZES:
            yield from (edged[start : start + size] for start in range(len(edged) - size + 1))
        if place:
            yield f"p {words[place - 1]} {word}"
        if place > 1:
            yield f"s {words[place - 2]} {word}"


class Likeness:
    """The model: weights by bucket and kind, a bias and a threshold for each kind."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file, ValueError when it is of another form."""
        packed = zlib.decompress(path.read_bytes())
        head = 2 * len(KINDS) * 4
        floats = array("f", packed[:head])
        self._biases, self._thresholds = floats[: len(KINDS)], floats[len(KINDS) :]
        self._weights = array("b", packed[head:])
        if len(self._weights) != BUCKETS * len(KINDS):
            raise ValueError(f"{path.name} is of another release: make train")

    def find(self, text: str) -> tuple[str, ...]:
        """The kinds whose examples the text is like enough."""
        scores = self.scores(read(text, {}).words)
        return tuple(k for k, score, least in zip(KINDS, scores, self._thresholds, strict=True) if score >= least)

    def scores(self, words: Words) -> list[float]:
        """How much the words are like each kind; 0 is the border before calibration."""
        totals = list(self._biases)
        for bucket, value in features(words).items():
            at = bucket * len(KINDS)
            for place in range(len(KINDS)):
                totals[place] += self._weights[at + place] * value / SCALE
        return totals
