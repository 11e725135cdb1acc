"""What a text is judged by: the rules that met, concepts and their pairs, and pieces of words, each in a bucket."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from nlu.danger import Sight
from nlu.words import Words

BUCKETS = 1 << 18
SIZES = (2, 3, 4, 5)  # letters of a piece
DENIED_SIZES = (3, 4, 5)
NEAR = 8  # concepts of the danger layer back that make a pair
MOST_PIECES, MOST_IDEAS = 3, 2  # a piece that comes oftener says no more
RULE, NUMBER, DENIED = 1.0, 0.3, 0.15  # the values of a rule that met, of a number, of a piece of a denied word
TINY, GROWN, LARGE = 8, 18, 100


Pieces = Callable[[str], Sequence[int]]


def features(
    sight: Sight, themes: Iterable[set[str]], pieces: Pieces | None = None, denied: Pieces | None = None
) -> dict[int, float]:
    """The buckets that a text falls in, with their values; `themes`: the lexicon's concepts of each word.

    `pieces`, `denied`: those of a word, where somebody who reads many texts remembers them.
    """
    values = {_bucket(f"rule {kind}"): RULE for kind in sight.kinds}
    values |= {_bucket(f"number {size}"): NUMBER for size in _numbers(sight)}
    _add(values, Counter(_spelt(sight.words, sight.denied, pieces or pieces_of)), MOST_PIECES)
    _add(values, Counter(_ideas(sight.about, sight.denied)), MOST_IDEAS)
    _add(values, Counter(_themes(themes)), 1)
    for word in (word for word, denies in zip(sight.words, sight.denied, strict=True) if denies):
        values |= dict.fromkeys((denied or denied_pieces_of)(word), DENIED)
    return values


def pieces_of(word: str) -> Sequence[int]:
    """The buckets of a word's pieces."""
    edged = f"<{word}>"
    return [_bucket(edged[start : start + size]) for size in SIZES for start in range(len(edged) - size + 1)]


def denied_pieces_of(word: str) -> Sequence[int]:
    """The buckets of the pieces of a word that a negation reaches."""
    edged = f"<{word}>"
    return [
        _bucket(f"!{edged[start : start + size]}") for size in DENIED_SIZES for start in range(len(edged) - size + 1)
    ]


def _numbers(sight: Sight) -> Iterator[str]:
    """How large the numbers are, apart those that are ages."""
    for number in (int(word[:4]) for word in sight.words if word.isdecimal()):
        yield "tiny" if number < TINY else "young" if number < GROWN else "grown" if number < LARGE else "large"
    yield from ("age grown" if age >= GROWN else "age young" for age in sight.ages)


def _add(values: dict[int, float], counts: Counter[int], most: int) -> None:
    shown = {bucket: count if count < most else most for bucket, count in counts.items()}
    norm = sum(shown.values()) ** 0.5
    values.update((bucket, count / norm) for bucket, count in shown.items())


def _bucket(name: str) -> int:
    return zlib.crc32(name.encode(errors="replace")) % BUCKETS


def _spelt(words: Words, denied: tuple[bool, ...], pieces: Pieces) -> Iterator[int]:
    for place, word in enumerate(words):
        yield _bucket(f"n {word}" if denied[place] else f"w {word}")
        yield from pieces(word)
        if place:
            yield _bucket(f"p {words[place - 1]} {word}")


def _ideas(about: list[frozenset[str]], denied: tuple[bool, ...]) -> Iterator[int]:
    """The danger layer's concepts, and their pairs near each other."""
    before: list[str] = []
    for names, denies in zip(about, denied, strict=True):
        for name in sorted(names):
            yield _bucket(f"not {name}" if denies else f"c {name}")
            yield from (_bucket(f"c {other}+{name}" if other < name else f"c {name}+{other}") for other in before)
        before = [*before, *sorted(names)][-NEAR:]


def _themes(themes: Iterable[set[str]]) -> Iterator[int]:
    """The lexicon's concepts, and all pairs of them."""
    present = sorted(set().union(*themes))[:MOST_THEMES]
    seconds = [f"+{name}".encode() for name in present]
    for place, one in enumerate(present):
        begun = zlib.crc32(f"t {one}".encode())
        yield begun % BUCKETS
        yield from (zlib.crc32(second, begun) % BUCKETS for second in seconds[place + 1 :])


MOST_THEMES = 30  # of a long text, so that its pairs stay few
