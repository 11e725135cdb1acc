"""Numbers under a hundred in a text, in digits and in one language's words."""

from collections.abc import Iterable, Mapping

from nlu.words import Words, plain

_TEN = 10
_MOST_DIGITS = 2  # of an age


class Numbers:
    """One language's number words: `numbers` as word=value, and `joins`, the words between tens and ones.

    `later`: words for tens that come after the ones ("خمسه عشر", "cinci spe"). `tens`: words for ten where it is
    multiplied ("hai mươi lăm", "二十五"); `ones`, as word=value: what counts only after a ten or another digit there
    ("hai lăm"). `stems`, as word=value, with each of the endings `aged` are years of age ("шестнадцати" + "летняя").
    """

    def __init__(self, data: Mapping[str, str]) -> None:
        """From a language's table; all but `numbers` may be left out."""
        aged = {stem + ending: value for stem, value in _pairs(data, "stems") for ending in _words(data, "aged")}
        self.told = dict(_pairs(data, "numbers")) | aged
        self._aged, self._ones = frozenset(aged), dict(_pairs(data, "ones"))
        self._joins, self._later, self._tens = (frozenset(_words(data, name)) for name in ("joins", "later", "tens"))

    def at(self, words: Words, place: int) -> tuple[int | None, int]:
        """The number that begins at a place, if any, and the place after it."""
        word = words[place]
        if word.isdecimal():
            return (int(word) if len(word) <= _MOST_DIGITS else None), place + 1
        if word not in self.told:
            return None, place + 1
        return (self._multiplied if self._tens else self._added)(words, place)

    def aged(self, word: str) -> bool:
        """Whether the word tells a number of years lived."""
        return word in self._aged

    def is_sure(self, words: Words) -> bool:
        """Whether these words can only be a number: one short word may mean anything ("on", "tám")."""
        return len(words) > 1 or words[0].isdecimal() or not (self._tens or len(words[0]) <= _MOST_DIGITS)

    def _added(self, words: Words, place: int) -> tuple[int, int]:
        value, end = self.told[words[place]], place + 1
        if end + 1 < len(words) and words[end] in self._joins:
            end += 1
        if end == len(words) or not self._is_joined(value, words[end]):
            return value, place + 1
        return value + self.told[words[end]], end + 1

    def _is_joined(self, first: int, second: str) -> bool:
        """Whether a number and a word after it are one number: "dix sept", "twenty five", "خمسه عشر"."""
        if first < _TEN:
            return second in self._later
        return first % _TEN == 0 and 0 < self.told.get(second, 0) < _TEN

    def _multiplied(self, words: Words, place: int) -> tuple[int, int]:
        """Ten times a first digit, then a digit; a further one says that it is a guess ("十五六": 15 or 16)."""
        value, end = self.told[words[place]], place + 1
        second = words[end] if end < len(words) else ""
        if value < _TEN and second in self._ones:
            return value * _TEN + self._ones[second], end + 1
        if value < _TEN and second in self._tens:
            value, end = value * _TEN, end + 1
        if value % _TEN == 0:
            one, end = self._digit(words, end)
            value += one
        return value, self._digit(words, end)[1]

    def _digit(self, words: Words, place: int) -> tuple[int, int]:
        """The digit at a place, or 0, and the place after it."""
        word = words[place] if place < len(words) else ""
        digit = self.told.get(word, self._ones.get(word, _TEN))
        return (digit, place + 1) if digit < _TEN else (0, place)


def _words(data: Mapping[str, str], name: str) -> Iterable[str]:
    return (plain(word) for word in data.get(name, "").split())


def _pairs(data: Mapping[str, str], name: str) -> Iterable[tuple[str, int]]:
    pairs = (word.partition("=") for word in _words(data, name))
    return ((word, int(value)) for word, _, value in pairs)
