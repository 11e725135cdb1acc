"""Numbers that count people ("10 workers", "15 ouvriers agricoles") or years spent, or are days of a month: no age."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from nlu.ages import Forms
from nlu.knowledge import DATA
from nlu.numbers import Numbers
from nlu.words import Reading, Words

NEAR = 2  # words around a number among which the people stand ("15 construction workers")

LISTS = ("heads", "months", "groups", "we", "here", "span", "since", "spent")


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's numbers, and the words around those that count people.

    `heads`: people, of any age, as they are called where they are counted; `months`: a number before them is a day;
    `groups`: a number after them is their size; `we`: who counts themselves, where a word of `here` follows the number
    ("somos 15 en un cuarto"). `span`: a unit of years; a number before it counts years spent where a word of `since`
    stands right before the number ("depuis 13 ans") or one of `spent` near after the unit ("12 años de antigüedad").
    """

    numbers: Numbers
    heads: Forms
    months: Forms
    groups: Forms
    we: Forms
    here: Forms
    span: Forms
    since: Forms
    spent: Forms


class Counts:
    """The words of all languages that have them: `heads` in `ages.toml`."""

    def __init__(self, folder: Path = DATA) -> None:
        """Raises KeyError or TOMLDecodeError for a faulty file."""
        tables = {
            file.parent.name: tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*/ages.toml"))
        }
        self._tables = {
            code: _Words(Numbers(table), *(Forms(table[name]) for name in LISTS))
            for code, table in tables.items()
            if "heads" in table
        }

    def places(self, reading: Reading, languages: Collection[str]) -> frozenset[int]:
        """The places of numbers that count people; `languages`: those that the text may be in, or none."""
        tables = (table for code, table in self._tables.items() if not languages or code in languages)
        return frozenset(place for table in tables for place in _counted(reading, table))


def _counted(reading: Reading, table: _Words) -> list[int]:
    words, found, place = reading.words, list[int](), 0
    while place < len(words):
        value, end = table.numbers.at(words, place)
        before, after = words[max(0, place - NEAR) : place], words[end : end + 1 + NEAR]
        if value is not None and _lasts(before, after, table):
            found += range(place, end + 1)  # the years with their number
        elif value is not None and _counts(before, after[:NEAR], table):
            found += range(place, end)
        place = end
    return found


def _lasts(before: Words, after: Words, table: _Words) -> bool:
    return table.span.met(after[:1]) and (table.since.met(before[-1:]) or table.spent.met(after[1:]))


def _counts(before: Words, after: Words, table: _Words) -> bool:
    if table.heads.met(after) or table.months.met(after) or table.groups.met(before):
        return True
    return table.we.met(before) and table.here.met(after[:1])
