"""Ages told in a text, in digits and words, apart from durations, prices and telephone numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.words import plain

ADULT = 18
_LINKS = frozenset({"de", "d", "of", "in", "من", "في"})
_TEENS = range(8, ADULT)  # ages believed without a unit ("tengo 16")
_LEAST = 3  # years under which "2 ans" is a duration
_LOOK_BACK = 3  # words before a number in which a word of duration makes it a duration


@dataclass(frozen=True, slots=True)
class Age:
    """An age in years; `past`: told of an earlier time ("j'avais 15 ans")."""

    value: int
    past: bool


@dataclass(frozen=True, slots=True)
class AgeWords:
    """One language's words about age, plain.

    `units` surely speak of age, `years` only after a word of `own`; a number right after a word of `surely`, or near
    one of `people`, is an age without any unit. `lasting` before a number or `counted` after it make it something else.
    """

    numbers: Mapping[str, int]
    units: frozenset[str]
    years: frozenset[str]
    own: frozenset[str]
    past: frozenset[str]
    lasting: frozenset[str]
    counted: frozenset[str]
    follow: frozenset[str]
    surely: frozenset[str]
    people: frozenset[str]

    @classmethod
    def of(cls, data: Mapping[str, str]) -> "AgeWords":
        """From a language's `[ages]` table: blank-separated words; `numbers` as word=value."""
        numbers = dict(pair.split("=") for pair in data["numbers"].split())
        fields = ("units", "years", "own", "past", "lasting", "counted", "follow", "surely", "people")
        sets = (frozenset(plain(word) for word in data[name].split()) for name in fields)
        return cls({plain(word): int(value) for word, value in numbers.items()}, *sets)

    def find(self, words: Sequence[str], clauses: Sequence[int]) -> list[Age]:
        """Every age told in the words."""
        ages: list[Age] = []
        place = 0
        while place < len(words):
            value, end = self._number(words, place)
            if value is not None and self._is_age(words, clauses, place, end, value):
                before = words[max(0, place - _LOOK_BACK) : place]
                ages.append(Age(value, not self.past.isdisjoint(before)))
            place = max(end, place + 1)
        alone = self.numbers.get(words[0], 0) if len(words) == 1 else 0
        return [Age(alone, past=False)] if alone in _TEENS else ages

    def _number(self, words: Sequence[str], place: int) -> tuple[int | None, int]:
        word = words[place]
        if word.isdigit():
            return (int(word) if len(word) <= 2 else None), place + 1
        value = self.numbers.get(word)
        if value is None:
            return None, place + 1
        end = place + 1
        if end + 1 < len(words) and words[end] in ("y", "et", "و"):
            end += 1
        more = self.numbers.get(words[end]) if end < len(words) else None
        joined = _join(value, more)
        return (value, place + 1) if joined is None else (joined, end + 1)

    def _counts(self, after: Sequence[str]) -> bool:
        """Whether the number counts something else: "16 euros", "15 ans de prison"."""
        near = after if len(after) > 1 and after[1] in _LINKS else after[:2]
        return not self.counted.isdisjoint(near)

    def _is_age(self, words: Sequence[str], clauses: Sequence[int], place: int, end: int, value: int) -> bool:
        before = words[max(0, place - _LOOK_BACK) : place]
        after = words[end : end + 2]
        owned = not self.own.isdisjoint(before[-1:])
        if not self.lasting.isdisjoint(before[-2:]) or self._counts(words[end : end + 3]):
            return False
        if after and (after[0] in self.units or after[-1] in self.units):
            return value >= _LEAST
        if after and after[0] in self.years:
            return owned
        if value in _TEENS and (not self.surely.isdisjoint(before[-1:]) or not self.people.isdisjoint(before[-2:])):
            return True
        ends = end == len(words) or clauses[end] != clauses[end - 1] or words[end] in self.follow
        return owned and ends and value in _TEENS


def _join(first: int, second: int | None) -> int | None:
    """Two number words as one number: "dix sept", "twenty five", "خمسه عشر"; None when they are two numbers."""
    if second is None:
        return None
    if first >= 20 and first % 10 == 0 and 0 < second < 10:
        return first + second
    if (first == 10 and second in (7, 8, 9)) or (first < 10 and second >= 10 and second % 10 == 0):
        return first + second
    return None
