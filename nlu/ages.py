"""Ages told in a text, in digits and words, apart from durations, prices and telephone numbers.

The words are each language's `ages.toml`; a table counts only in a text that may be in its language.
"""

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from nlu.numbers import Numbers
from nlu.words import Reading, Words, plain

ADULT = 18
_LINKS = frozenset({"de", "d", "of", "in", "من", "في"})
_TEENS = range(8, ADULT)  # ages believed without a unit ("tengo 16")
_LEAST = 3  # years under which "2 ans" is a duration
_NEAR = 3  # words before and after a number that are looked at, and how many words that weigh nothing may lie between
_FAR = 8  # words before and after a number in its clause
_MOST = 40  # numbers of a text that are looked at, so that none takes long


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
    """A number's value and words, and the words around that weigh: three on each side, and those of its clause.

    `led` and `followed`: the words next to it, with and without those that weigh nothing.
    """

    value: int
    told: Words
    before: Words
    after: Words
    left: Words
    right: Words
    led: Words
    followed: Words


class AgeWords:
    """One language's words about age, blank-separated in its `ages.toml`; for those of numbers see `Numbers`.

    `units` surely speak of age. `years` do so after a word of `own` only. `spans` are years too: they are an age where
    it is said whose, alone in the clause, or of a teenager where nothing in the clause is of `doing` ("работал").
    It is said whose age it is by `surely` or `own` right before, by `people` near before, or by `its` right after. A
    teenager's age needs no unit, but after `own` or `who` the clause must then end or go on with a word of `follow`.
    `lasting` before a number, `counted` after it, `limits` after its unit, or `at` before it without a unit make it
    something else; `never` before it denies it; `light` words weigh nothing; `past` tells of an earlier time. After a
    child's past age, a number of a grown person's after a word of `now` is an age ("I was 15, now I'm 28").
    """

    def __init__(self, data: Mapping[str, str]) -> None:
        """From a language's table; what it does not need is left out."""
        self.numbers = Numbers(data)
        self._units, self._years, self._spans, self._doing = _forms(data, "units", "years", "spans", "doing")
        self._own, self._surely, self._people, self._its = _forms(data, "own", "surely", "people", "its")
        self._lasting, self._counted, self._at, self._never = _forms(data, "lasting", "counted", "at", "never")
        self._who, self._follow, self._limits = _forms(data, "who", "follow", "limits")
        self._light, self._past, self._now = _forms(data, "light", "past", "now")

    def find(self, reading: Reading) -> Iterator[Age]:
        """Every age told in the text."""
        young = False
        for value, place, end in islice(self._numbers(reading.words), _MOST):
            spot = self._spot(reading, place, end, value)
            if self._is_age(spot):
                past = self._is_past(reading.words[max(0, place - _NEAR) : place], spot)
                young = young or (past and value < ADULT)
                yield Age(value, past)
            elif young and self._is_grown(spot):
                yield Age(value, past=False)

    def _numbers(self, words: Words) -> Iterator[tuple[int, int, int]]:
        """Each number with its place and the place after it."""
        place = 0
        while place < len(words):
            value, end = self.numbers.at(words, place)
            if value is not None:
                yield value, place, end
            place = end

    def _spot(self, reading: Reading, place: int, end: int, value: int) -> _Spot:
        words, clauses = reading.words, reading.clauses
        first = max(bisect_left(clauses, clauses[place]), place - _FAR)
        last = min(bisect_right(clauses, clauses[end - 1]), end + _FAR)
        before = self._weighty(words[max(0, place - 2 * _NEAR) : place], self._light, self._spans)[-_NEAR:]
        right = self._weighty(words[end:last], self._light)
        return _Spot(
            value,
            words[place:end],
            before,
            self._weighty(words[end : end + 2 * _NEAR], self._light)[:_NEAR],
            self._weighty(words[first:place], self._light),
            right,
            words[max(0, place - 1) : place] + before[-1:],
            words[end:last][:1] + right[:1],
        )

    def _weighty(self, words: Words, *light: Forms) -> Words:
        return tuple(word for word in words if not any(forms.met((word,)) for forms in light))

    def _is_past(self, before: Words, spot: _Spot) -> bool:
        return self._past.met(before) or (self._units.met(spot.after[:1]) and self._past.met(spot.after[:1]))

    def _is_age(self, spot: _Spot) -> bool:
        if self._is_denied(spot) or self._lasting.met(spot.left[-2:]) or self._counts(spot.right[:_NEAR]):
            return False
        if self._units.met(spot.after[:2]):
            return spot.value >= _LEAST
        if self._years.met(spot.after[:1]):
            return self._own.met(spot.led)
        if self._spans.met(spot.after[:1]):
            return spot.value >= _LEAST and self._is_lived(spot)
        if self._at.met(spot.led):
            return False
        return self._surely.met(spot.led) or (spot.value in _TEENS and self._is_bare(spot))

    def _is_grown(self, spot: _Spot) -> bool:
        """Whether a number without unit is the present age of somebody who was a child."""
        if spot.value < ADULT or self._counts(spot.right[:_NEAR]) or self._lasting.met(spot.left[-2:]):
            return False
        return self._now.met(spot.before + spot.led)

    def _is_denied(self, spot: _Spot) -> bool:
        """Whether it is not so: "мне не 16", though not "minore non accompagnato, 16"."""
        return self._never.met(spot.left[-2:]) and not self._people.met(spot.left[-1:])

    def _counts(self, after: Words) -> bool:
        """Whether the number counts something else: "16 euros", "15 ans de prison", but not "16 et 3 mois"."""
        if self._follow.met(after[:1]):
            return self._counted.met(after[:1]) or self._limits.met(after[1:2])
        return self._counted.met(after if after[1:] and after[1] in _LINKS else after[:2])

    def _is_lived(self, spot: _Spot) -> bool:
        """Whether years are those of somebody's life: "мне 16 лет", not "работал 16 лет"."""
        if self._own.met(spot.led) or self._surely.met(spot.led):
            return True
        around = spot.left + spot.right[1:]
        if all(self._its.met((word,)) for word in around):
            return spot.value >= _TEENS.start
        if self._doing.met(spot.left):
            return False
        return self._people.met(spot.before[-2:]) or (spot.value in _TEENS and not self._doing.met(around))

    def _is_bare(self, spot: _Spot) -> bool:
        """Whether a teenager's number without unit is an age: "мне 16", "tengo 16 y", "ma sœur 16"."""
        if not self.numbers.is_sure(spot.told):
            return False
        alone = not (spot.left or spot.right or spot.told[0].isdecimal())
        if alone or self.numbers.aged(spot.told[-1]) or self._people.met(spot.before[-2:]):
            return True
        ends = not spot.right or self._follow.met(spot.followed)
        owned = self._own.met(spot.led) or self._who.met(spot.led)
        return self._its.met(spot.followed) or (ends and owned)


class Ages:
    """The tables of all languages under a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises KeyError or TOMLDecodeError for a faulty file."""
        files = sorted(folder.glob("*/ages.toml"))
        self._tables = {file.parent.name: AgeWords(tomllib.loads(file.read_text("utf-8"))) for file in files}
        self._numbers = frozenset(word for table in self._tables.values() for word in table.numbers.told)
        self._spelt = frozenset(file.parent.name for file in folder.glob("*/danger.toml"))

    def find(self, reading: Reading, spelt: Reading, languages: Collection[str] = ()) -> list[Age]:
        """The ages told in a text that may be in `languages`; without these, in any.

        `spelt`: the text with whole words for chat spellings, which are those of the languages with rules.
        """
        if not any(word in self._numbers or word.isdecimal() for word in spelt.words):
            return []
        tables = ((code, table) for code, table in self._tables.items() if not languages or code in languages)
        return [age for code, table in tables for age in table.find(spelt if code in self._spelt else reading)]


def _forms(data: Mapping[str, str], *names: str) -> Iterable[Forms]:
    return (Forms(data.get(name, "")) for name in names)
