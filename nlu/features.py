"""What a text is judged by: the rules that met, concepts and their pairs, and pieces of words, each in a bucket."""

import zlib
from collections import Counter
from collections.abc import Iterator

from nlu.concepts import Concepts
from nlu.danger import Sight
from nlu.words import Words

BUCKETS = 1 << 18
SIZES = (2, 3, 4, 5)  # letters of a piece
DENIED_SIZES = (3, 4, 5)
NEAR = 8  # concepts of the danger layer back that make a pair
MOST_PIECES, MOST_IDEAS = 3, 2  # a piece that comes oftener says no more
RULE, DENIED = 1.0, 0.15  # the values of a rule that met, and of a piece of a word that is denied

Values = dict[int, float]


def features(sight: Sight, concepts: Concepts) -> Values:
    """The buckets that a text falls in, with their values."""
    values = {_bucket(f"rule {kind}"): RULE for kind in sight.kinds}
    _add(values, Counter(_pieces(sight.words, sight.denied)), MOST_PIECES)
    _add(values, Counter(_ideas(sight.about, sight.denied)), MOST_IDEAS)
    _add(values, Counter(_themes(sight.words, concepts)), 1)
    for piece in _denied(sight.words, sight.denied):
        values[_bucket(piece)] = DENIED
    return values


def _add(values: Values, counts: Counter[str], most: int) -> None:
    norm = sum(min(count, most) for count in counts.values()) ** 0.5
    for name, count in counts.items():
        values[_bucket(name)] = min(count, most) / norm


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


def _denied(words: Words, denied: tuple[bool, ...]) -> Iterator[str]:
    for word in (word for word, denies in zip(words, denied, strict=True) if denies):
        edged = f"<{word}>"
        for size in DENIED_SIZES:
            yield from (f"!{edged[start : start + size]}" for start in range(len(edged) - size + 1))


def _ideas(about: list[frozenset[str]], denied: tuple[bool, ...]) -> Iterator[str]:
    """The danger layer's concepts, and their pairs near each other."""
    before: list[str] = []
    for names, denies in zip(about, denied, strict=True):
        for name in sorted(names):
            yield f"not {name}" if denies else f"c {name}"
            yield from ("c " + "+".join(sorted((name, other))) for other in before)
        before = [*before, *sorted(names)][-NEAR:]


def _themes(words: Words, concepts: Concepts) -> Iterator[str]:
    """The lexicon's concepts, and all pairs of them."""
    present = sorted(set().union(*concepts.find(words)))[:MOST_THEMES]
    for place, one in enumerate(present):
        yield f"t {concepts.names[one]}"
        yield from (f"t {concepts.names[one]}+{concepts.names[other]}" for other in present[place + 1 :])


MOST_THEMES = 30  # of a long text, so that its pairs stay few
