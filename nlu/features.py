"""What a text is judged by: the rules that met, concepts and their pairs, and pieces of words, each in a bucket."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

from nlu.danger import Sight
from nlu.words import Words

BUCKETS = 1 << 18
SIZES = (2, 3, 4, 5)  # letters of a piece
DENIED_SIZES = (3, 4, 5)
NEAR = 8  # concepts of the danger layer back that make a pair
MOST_PIECES, MOST_IDEAS = 3, 2  # a piece that comes oftener says no more
RULE, NUMBER, DENIED = 1.0, 0.3, 0.15  # the values of a rule that met, of a number, of a piece of a denied word
TINY, GROWN, LARGE = 8, 18, 100


def features(sight: Sight, themes: Iterable[set[str]]) -> dict[int, float]:
    """The buckets that a text falls in, with their values; `themes`: the lexicon's concepts of each word."""
    values = {_bucket(f"rule {kind}"): RULE for kind in sight.kinds}
    values |= {_bucket(f"number {size}"): NUMBER for size in _numbers(sight)}
    _add(values, Counter(_pieces(sight.words, sight.denied)), MOST_PIECES)
    _add(values, Counter(_ideas(sight.about, sight.denied)), MOST_IDEAS)
    _add(values, Counter(_themes(themes)), 1)
    for piece in _denied(sight.words, sight.denied):
        values[_bucket(piece)] = DENIED
    return values


def _numbers(sight: Sight) -> Iterator[str]:
    """How large the numbers are, apart those that are ages."""
    for number in (int(word[:4]) for word in sight.words if word.isdecimal()):
        yield "tiny" if number < TINY else "young" if number < GROWN else "grown" if number < LARGE else "large"
    yield from ("age grown" if age >= GROWN else "age young" for age in sight.ages)


def _add(values: dict[int, float], counts: Counter[str], most: int) -> None:
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


def _themes(themes: Iterable[set[str]]) -> Iterator[str]:
    """The lexicon's concepts, and all pairs of them."""
    present = sorted(set().union(*themes))[:MOST_THEMES]
    for place, one in enumerate(present):
        yield f"t {one}"
        yield from (f"t {one}+{other}" for other in present[place + 1 :])


MOST_THEMES = 30  # of a long text, so that its pairs stay few
