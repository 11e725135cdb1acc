"""Numbers under a hundred in a text, in digits and in one language's words."""

from collections.abc import Iterable, Mapping

from nlu.words import Words, plain

_TEN = 10
_MOST_DIGITS = 2  # of an age


class Numbers:
    """One language's number words: `numbers` as word=value, and `joins`, the words between tens and ones.

    `tens`: the words for ten where it is multiplied ("hai mươi lăm", "二十五"); `ones`, as word=value: what counts only
    after a ten or another digit there ("hai lăm"). `stems` (word=value) with each of the `aged` endings tell by
    themselves that an age is meant ("шестнадцати" + "летняя").
    """

    def __init__(self, data: Mapping[str, str]) -> None:
        """From a language's table; all but `numbers` may be left out."""
        aged = {stem + ending: value for stem, value in _pairs(data, "stems") for ending in _words(data, "aged")}
        self.told = dict(_pairs(data, "numbers")) | aged
        self._aged, self._ones = frozenset(aged), dict(_pairs(data, "ones"))
        self._joins, self._tens = frozenset(_words(data, "joins")), frozenset(_words(data, "tens"))

    def at(self, words: Words, place: int) -> tuple[int | None, int]:
        """The number that begins at a place, if any, and the place after it."""
        word = words[place]
        if word.isdigit():
            return (int(word) if len(word) <= _MOST_DIGITS else None), place + 1
        if word not in self.told:
            return None, place + 1
        return (self._multiplied if self._tens else self._added)(words, place)

    def aged(self, word: str) -> bool:
        """Whether the word tells a number of years lived."""
        return word in self._aged

    def is_sure(self, words: Words) -> bool:
        """Whether these words are a number and nothing else: one short word may mean anything ("on", "tám")."""
        return len(words) > 1 or not (words[0].isdigit() or self._tens or len(words[0]) <= _MOST_DIGITS)

    def _added(self, words: Words, place: int) -> tuple[int, int]:
        value, end = self.told[words[place]], place + 1
        if end + 1 < len(words) and words[end] in self._joins:
            end += 1
        more = self.told.get(words[end]) if end < len(words) else None
        return (value, place + 1) if more is None or not _joined(value, more) else (value + more, end + 1)

    def _multiplied(self, words: Words, place: int) -> tuple[int, int]:
        """Ten times a first digit, then a digit; a further one says that it is a guess ("十五六": 15 or 16)."""
        value, end = self.told[words[place]], place + 1
        if value < _TEN and words[end : end + 1] and words[end] in self._tens:
            value, end = value * _TEN, end + 1
        elif value < _TEN and self._ones.get(words[end] if end < len(words) else "") is not None:
            return value * _TEN + self._ones[words[end]], end + 1
        one = self._digit(words, end)
        if one is None:
            return value, end
        end += 1
        if value % _TEN == 0:
            value, end = value + one, end + (self._digit(words, end) is not None)
        return value, end

    def _digit(self, words: Words, place: int) -> int | None:
        word = words[place] if place < len(words) else ""
        digit = self.told.get(word, self._ones.get(word, _TEN))
        return digit if digit < _TEN else None


def _joined(first: int, second: int) -> bool:
    """Whether two number words are one number: "dix sept", "twenty five", "خمسه عشر"."""
    if first < _TEN:
        return second >= _TEN and second % _TEN == 0
    return first % _TEN == 0 and 0 < second < _TEN


def _words(data: Mapping[str, str], name: str) -> Iterable[str]:
    return (plain(word) for word in data.get(name, "").split())


def _pairs(data: Mapping[str, str], name: str) -> Iterable[tuple[str, int]]:
    pairs = (word.partition("=") for word in _words(data, name))
    return ((word, int(value)) for word, _, value in pairs)
