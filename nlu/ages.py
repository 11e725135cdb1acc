"""Ages told in a text, in digits and words, apart from durations, prices and telephone numbers.

The words are each language's `ages.toml`; a table counts only in a text that may be in its language.
"""

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.numbers import Numbers
from nlu.words import Reading, Words, plain

ADULT = 18
_LINKS = frozenset({"de", "d", "of", "in", "من", "في"})
_TEENS = range(8, ADULT)  # ages believed without a unit ("tengo 16")
_LEAST = 3  # years under which "2 ans" is a duration
_NEAR = 3  # words before and after a number that are looked at, and how many words that weigh nothing may lie between
_REACH = 4  # words that a negation reaches over


@dataclass(frozen=True, slots=True)
class Age:
    """An age in years; `past`: told of an earlier time ("j'avais 15 ans")."""

    value: int
    past: bool


class Forms:
    """A list of words; `form*` stands for every word that begins so."""

    def __init__(self, listed: str) -> None:
        forms = [plain(form) for form in listed.split()]
        self._whole = frozenset(form for form in forms if not form.endswith("*"))
        self._stems = tuple(form[:-1] for form in forms if form.endswith("*"))

    def met(self, words: Sequence[str]) -> bool:
        """Whether one of the words is listed."""
        return any(word in self._whole or word.startswith(self._stems) for word in words)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A number and the words around it that weigh: three `before` and three `after`, all of its clause `left`, `right`.

    `aged`: whether the number's own word tells an age ("sedicenne"). `denied`: whether a negation is before it.
    """

    value: int
    before: Words
    after: Words
    left: Words
    right: Words
    aged: bool
    denied: bool


class AgeWords:
    """One language's words about age, blank-separated in its `ages.toml`; for those of numbers see `Numbers`.

    `units` surely speak of age. `years` do so after a word of `own` only. `spans` are years too: they are an age where
    it is said whose, alone in the clause, or of a teenager where nothing in the clause is of `doing` ("работал").
    It is said whose age it is by `surely` right before, `people` near before, `its` right after, or `own` right before;
    a teenager's age needs no unit then, but after `own` the clause must end or go on with a word of `follow`.
    `lasting` before a number, `counted` after it, or `at` before it without a unit make it something else; `never`
    before it denies it; `light` words weigh nothing; `past` tells of an earlier time.
    """

    def __init__(self, data: Mapping[str, str]) -> None:
        """From a language's table; what it does not need is left out."""
        self.numbers = Numbers(data)
        self._units, self._years, self._spans, self._doing = _forms(data, "units", "years", "spans", "doing")
        self._own, self._surely, self._people, self._its = _forms(data, "own", "surely", "people", "its")
        self._lasting, self._counted, self._at, self._never = _forms(data, "lasting", "counted", "at", "never")
        self._follow, self._light, self._past = _forms(data, "follow", "light", "past")

    def find(self, reading: Reading) -> Iterator[Age]:
        """Every age told in the text."""
        words, place = reading.words, 0
        while place < len(words):
            value, end = self.numbers.at(words, place)
            if value is not None and (
                self._is_whole(words, place, end, value) or self._is_age(self._spot(reading, place, end, value))
            ):
                yield Age(value, self._is_past(words, place, end))
            place = end

    def _is_whole(self, words: Words, place: int, end: int, value: int) -> bool:
        return value in _TEENS and end - place == len(words) and self.numbers.is_sure(words)

    def _is_past(self, words: Words, place: int, end: int) -> bool:
        unit = words[end : end + 1]
        return self._past.met(words[max(0, place - _NEAR) : place]) or (self._units.met(unit) and self._past.met(unit))

    def _spot(self, reading: Reading, place: int, end: int, value: int) -> _Spot:
        words, clauses = reading.words, reading.clauses
        first, last = bisect_left(clauses, clauses[place]), bisect_right(clauses, clauses[end - 1])
        return _Spot(
            value,
            self._weighty(words[max(0, place - 2 * _NEAR) : place])[-_NEAR:],
            self._weighty(words[end : end + 2 * _NEAR])[:_NEAR],
            self._weighty(words[first:place]),
            self._weighty(words[end:last]),
            self.numbers.aged(words[end - 1]),
            self._never.met(words[max(first, place - _REACH) : place]),
        )

    def _weighty(self, words: Words) -> Words:
        return tuple(word for word in words if not self._light.met((word,)))

    def _is_age(self, spot: _Spot) -> bool:
        if spot.denied or self._lasting.met(spot.left[-2:]) or self._counts(spot.right[:3]):
            return False
        if spot.aged or self._units.met(spot.after[:2]):
            return spot.value >= _LEAST
        if self._years.met(spot.after[:1]):
            return self._own.met(spot.before[-1:])
        if self._spans.met(spot.after[:1]):
            return spot.value >= _LEAST and self._is_lived(spot)
        return spot.value in _TEENS and self._is_bare(spot)

    def _counts(self, after: Words) -> bool:
        """Whether the number counts something else: "16 euros", "15 ans de prison"."""
        return self._counted.met(after if after[1:] and after[1] in _LINKS else after[:2])

    def _is_lived(self, spot: _Spot) -> bool:
        """Whether years are those of somebody's life: "мне 16 лет", not "работал 16 лет"."""
        if self._own.met(spot.before[-1:]) or self._is_of(spot) or self._its.met(spot.right[1:2]):
            return True
        around = spot.left + spot.right[1:]
        return not around or (spot.value in _TEENS and not self._doing.met(around))

    def _is_bare(self, spot: _Spot) -> bool:
        """Whether a number without unit is an age: "мне 16", "tengo 16 y", "l'âge 16"."""
        if self._at.met(spot.before[-1:]):
            return False
        ends = not spot.right or self._follow.met(spot.right[:1])
        return self._is_of(spot) or self._its.met(spot.right[:1]) or (ends and self._own.met(spot.before[-1:]))

    def _is_of(self, spot: _Spot) -> bool:
        return self._surely.met(spot.before[-1:]) or self._people.met(spot.before[-2:])


class Ages:
    """The tables of all languages under a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises KeyError or TOMLDecodeError for a faulty file."""
        files = sorted(folder.glob("*/ages.toml"))
        self._tables = {file.parent.name: AgeWords(tomllib.loads(file.read_text("utf-8"))) for file in files}
        self._numbers = frozenset(word for table in self._tables.values() for word in table.numbers.told)

    def find(self, reading: Reading, languages: Container[str] | None = None) -> list[Age]:
        """The ages told in a text that may be in `languages`; without these, in any."""
        if not any(word in self._numbers or word.isdigit() for word in reading.words):
            return []
        tables = (table for code, table in self._tables.items() if languages is None or code in languages)
        return [age for table in tables for age in table.find(reading)]


def _forms(data: Mapping[str, str], *names: str) -> Iterable[Forms]:
    return (Forms(data.get(name, "")) for name in names)
