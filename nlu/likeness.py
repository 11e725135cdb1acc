"""How much a text is like the examples of each kind of danger: a linear model over what the phrase layer sees in it.

It weighs the rules that met, the concepts and pairs of concepts, and pieces of the words; so a rule that met in a
figure of speech can be outvoted, and danger told in words that no rule knows is heard. Made by `make train`.
"""

import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nlu.danger import KINDS, Sight
from nlu.words import Words

BUCKETS = 1 << 18
SIZES = (2, 3, 4, 5)  # letters of a piece
NEAR = 8  # concepts back that make a pair
RULE = 1.0  # the value of a rule that met
LETTERS = 3
FEW, BRIEF = 6, 0.3  # under so many words, each one fewer asks for so much more: one word is like many things
VETO = -2.0  # a rule that met stands, unless the text is this little like danger
FILE = Path(__file__).parent / "data" / "danger.likeness"
SCALE = 16.0  # a stored weight is a whole number from -127 to 127: this many make 1.0


def features(sight: Sight) -> dict[int, float]:
    """The buckets that a text falls in, with their values: pieces of words, concepts, rules."""
    pieces, ideas = Counter(_pieces(sight.words, sight.denied)), Counter(_ideas(sight.about, sight.denied))
    values = {_bucket(f"rule {kind}"): RULE for kind in sight.kinds}
    for counts, most in ((pieces, 3), (ideas, 2)):
        norm = sum(min(count, most) for count in counts.values()) ** 0.5
        for name, count in counts.items():
            values[_bucket(name)] = min(count, most) / norm
    return values


def _bucket(name: str) -> int:
    return zlib.crc32(name.encode(errors="replace")) % BUCKETS


def _pieces(words: Words, denied: tuple[bool, ...]) -> Iterator[str]:
    for place, word in enumerate(words):
        edged = f"<{word}>"
        yield f"n {word}" if denied[place] else f"w {word}"
        for size in SIZES:
            yield from (edged[start : start + size] for start in range(len(edged) - size + 1))
        if place:
            yield f"p {words[place - 1]} {word}"


def _ideas(about: list[frozenset[str]], denied: tuple[bool, ...]) -> Iterator[str]:
    before: list[str] = []
    for names, denies in zip(about, denied, strict=True):
        for name in sorted(names):
            yield f"not {name}" if denies else f"c {name}"
            yield from ("c " + "+".join(sorted((name, other))) for other in before)
        before = [*before, *sorted(names)][-NEAR:]


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

    def find(self, sight: Sight) -> tuple[str, ...]:
        """The kinds of danger that the text tells, in the order of `KINDS`; figures with hardly a letter tell none."""
        if sum(sign.isalpha() for word in sight.words for sign in word) < LETTERS:
            return ()
        scores = self.scores(sight)
        brief = BRIEF * max(0, FEW - len(sight.words))
        bars = zip(KINDS, self._thresholds, strict=True)
        least = [VETO if kind in sight.kinds else bar + brief for kind, bar in bars]
        return tuple(kind for kind, score, bar in zip(KINDS, scores, least, strict=True) if score >= bar)

    def scores(self, sight: Sight) -> list[float]:
        """How much the text is like each kind."""
        totals = list(self._biases)
        for bucket, value in features(sight).items():
            at = bucket * len(KINDS)
            for place in range(len(KINDS)):
                totals[place] += self._weights[at + place] * value / SCALE
        return totals
