"""Words to concepts: exact words, stems, endings, parts (Arabic), near spellings, and Arabic in Latin letters."""

from collections.abc import Iterable, Iterator

from marisa_trie import BytesTrie

from nlu.arabizi import is_arabic, skeleton, unprefixed
from nlu.words import plain

Ids = frozenset[int]
NONE: Ids = frozenset()
_shared: dict[Ids, Ids] = {}
_NEAR_FROM = 5  # letters from which one typing error is forgiven
_TWICE_FROM = 9  # letters from which two are
_BONES_FROM = 4  # consonants from which a skeleton tells a word


class Lexicon:
    """Forms are `word`, `stem*`, `*ending` or `*part*`; each points at the concepts it may mean."""

    def __init__(self) -> None:
        self._exact: dict[str, Ids] = {}
        self._stem: dict[str, Ids] = {}
        self._ending: dict[str, Ids] = {}
        self._part: dict[str, Ids] = {}
        self._bones: tuple[dict[str, Ids], ...] = ({}, {}, {}, {})
        self._arabizi: tuple[dict[str, Ids], ...] = ({}, {}, {}, {})
        self._near = BytesTrie()
        self._guarded: frozenset[str] = frozenset()

    def add(self, form: str, concept: int, arabizi: bool = False) -> None:
        """Teach one form of a concept. `arabizi`: in Latin letters it counts only where Arabic is written in them."""
        shape = (form.startswith("*") and len(form) > 1) * 2 + form.endswith("*")
        bare = plain(form.strip("*"))
        latin = arabizi and not is_arabic(bare) and not bare.isdigit()
        tables = self._arabizi if latin else (self._exact, self._stem, self._ending, self._part)
        _put(tables[shape], bare, concept)
        if is_arabic(bare) and len(bones := skeleton(bare)) >= _BONES_FROM:
            _put(self._bones[shape], bones, concept)

    def seal(self, guarded: Iterable[str]) -> None:
        """Prepare near spellings; `guarded` words are right as they are and never taken for another."""
        self._guarded = frozenset(guarded)
        forms = (form for form in {**self._exact, **self._stem} if len(form) >= _NEAR_FROM)
        plain_forms = (form for form in forms if form.isascii() and form.isalpha())
        self._near = BytesTrie((key, form.encode()) for form in plain_forms for key in _shortened(form))

    def concepts(self, word: str, arabizi: bool) -> Ids:
        """What a plain word may mean. `arabizi`: the text is Arabic in Latin letters."""
        if word.isdigit():
            return self._exact.get(word, NONE)
        if is_arabic(word):
            tables = (self._exact, self._stem, self._ending, self._part)
            return _every(word, tables).union(*(self._known(inner) for inner in unprefixed(word)))
        found = self._known(word)
        if arabizi:
            return found | _every(word, self._arabizi) | _every(skeleton(word), self._bones)
        if found or len(word) < _NEAR_FROM or word in self._guarded:
            return found
        return self._close(word)

    def _known(self, word: str) -> Ids:
        found = self._exact.get(word, NONE)
        for end in range(2, len(word) + 1):
            more = self._stem.get(word[:end])
            if more:
                found |= more
        return found

    def _close(self, word: str) -> Ids:
        found = NONE
        for form in self._candidates(word):
            room = 1 if len(form) < _TWICE_FROM else 2
            if form in self._exact and distance(word, form) <= room:
                found |= self._exact[form]
            if form in self._stem and _starts_like(word, form, room):
                found |= self._stem[form]
        return found

    def _candidates(self, word: str) -> set[str]:
        found: set[bytes] = set()
        for end in range(_NEAR_FROM - 1, len(word) + 1):
            for key in _shortened(word[:end]):
                found.update(self._near.get(key, ()))
        return {form.decode() for form in found}


def distance(one: str, other: str) -> int:
    """Damerau's distance (a swap of neighbours counts one), or 3 when the lengths differ by more than 2."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[-1] = min(row[-1], last[j - 2] + 1)
    return row[-1]


def _starts_like(word: str, stem: str, room: int) -> bool:
    lengths = range(len(stem) - room, min(len(stem) + room, len(word)) + 1)
    return any(distance(word[:length], stem) <= room for length in lengths)


def _shortened(word: str) -> Iterator[str]:
    """The word and the word without one of its letters; the first letter is taken to be right."""
    yield word
    for index in range(1, len(word)):
        yield word[:index] + word[index + 1 :]


def _every(word: str, tables: tuple[dict[str, Ids], ...]) -> Ids:
    exact, stem, ending, part = tables
    found = exact.get(word, NONE)
    size = len(word)
    for start in range(size - 1):
        for end in range(start + 2, size + 1):
            piece = word[start:end]
            if piece in part:
                found |= part[piece]
            if start == 0 and piece in stem:
                found |= stem[piece]
            if end == size and piece in ending:
                found |= ending[piece]
    return found


def _put(table: dict[str, Ids], form: str, concept: int) -> None:
    table[form] = same(table.get(form, NONE) | {concept})


def same(ids: Ids) -> Ids:
    """One set for all that are equal: tens of thousands of forms and rules share some thousands."""
    return _shared.setdefault(ids, ids)
