"""Which of our languages a text is in: pieces of its words as they are typed, in their script, with their accents."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from nlu.knowledge import DATA
from nlu.weights import Values, Weights, likelihoods

FILE = DATA / "languages.bin"
BUCKETS = 1 << 16
LONGEST_PIECE = 4  # letters
PRIOR = 2.5  # what the conversation's language counts, on the scale of the scores
SURE, POSSIBLE = 0.7, 0.1
LONGEST_TEXT = 400  # characters: more say no more
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MARKER = re.compile(r"\[[a-z ]+\]")  # of the redaction


class Languages:
    """How likely each language is.

    Beside its weights the file keeps `languages`, the columns' names, and how `sharp` they are told.
    """

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file, ValueError when it is of another form."""
        self._weights = Weights(path, BUCKETS)
        self._languages, self._sharp = self._weights.head["languages"], self._weights.head["sharp"]

    def of(self, text: str, conversation: str | None = None) -> dict[str, float]:
        """The languages' likelihoods; nothing without letters. `conversation`: the one that is spoken so far."""
        values = pieces(text)
        if not values:
            return {}
        spoken = np.array([language == conversation for language in self._languages], np.float32)
        scores = self._weights.scores(values) * self._sharp + PRIOR * spoken
        return dict(zip(self._languages, likelihoods(scores), strict=True))


def likeliest(found: Mapping[str, float]) -> tuple[str | None, float]:
    """The likeliest language with its likelihood; None where it is not sure."""
    code = max(found, key=lambda one: found[one], default=None)
    likely = found[code] if code else 0.0
    return (code if likely >= SURE else None), likely


def possible(found: Mapping[str, float]) -> frozenset[str]:
    """The languages that a text may well be in."""
    return frozenset(code for code, likely in found.items() if likely >= POSSIBLE)


def pieces(text: str) -> Values:
    """The buckets that a text's pieces fall in, with their values."""
    counts = Counter(_pieces(_MARKER.sub(" ", text)[:LONGEST_TEXT].lower()))
    norm = sum(counts.values()) ** 0.5
    return {bucket: (count / norm) for bucket, count in counts.items()}


def _pieces(text: str) -> Iterator[int]:
    for word in _WORD.findall(text):
        edged = f"<{word}>"
        cut = (edged[at : at + size] for size in range(1, LONGEST_PIECE + 1) for at in range(len(edged)))
        found = dict.fromkeys((edged, *cut))  # each once, always in this order: training sums in it
        yield from (zlib.crc32(piece.encode(errors="replace")) % BUCKETS for piece in found)
