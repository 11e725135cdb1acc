"""A content file's table being read: each key is taken once, and all that is wrong with it is noted."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dialogs.text import Text

T = TypeVar("T")
L = TypeVar("L", bound=str)
_ID = re.compile(r"[a-z][a-z0-9_]*")
_LONG_NUMBER = re.compile(r"\+?\d(?:[ .\u00a0\u202f-]?\d){8,}")
_CALL_NUMBER = re.compile(r"\b(?:call|dial|ring|phone|number)\s+(?:the\s+)?\d{2}\b", re.IGNORECASE)


def telephone(words: str) -> str:
    """What in a sentence has the shape of a telephone number, or is called; "" if nothing."""
    found = _LONG_NUMBER.search(words) or _CALL_NUMBER.search(words)
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: in which file, at which key ("" for the whole file), and what."""

    path: str
    key: str
    what: str

    def __str__(self) -> str:
        """`topics/rights.toml: fact[plain_work].status: …`."""
        return ": ".join(part for part in (self.path, self.key, self.what) if part)


class ContentError(ValueError):
    """The content files are not well formed. `faults` are all there are, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """The message has one line for each fault."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Sheet:
    """One table of a file. Methods take a key away; `close` notes the keys that nobody took.

    A wrong or missing value gives a fault and an empty value, so that reading goes on to the next fault.
    """

    def __init__(self, path: str, values: Mapping[str, object], faults: list[Fault], where: str = "") -> None:
        """`where`: the place of the table in its file, as in `fact[plain_work].`."""
        self.path = path
        self._left = dict(values)
        self._faults = faults
        self._where = where

    def fault(self, key: str, what: str) -> None:
        """Note that something is wrong at a key of this table."""
        self._faults.append(Fault(self.path, f"{self._where}{key}".rstrip("."), what))

    def has(self, key: str) -> bool:
        """Whether the key is there and not taken yet."""
        return key in self._left

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that nobody has taken yet."""
        return tuple(self._left)

    def _take(self, key: str, kind: type[T], fallback: T | None) -> T:
        if key not in self._left:
            if fallback is None:
                self.fault(key, "is missing")
            return kind() if fallback is None else fallback
        value = self._left.pop(key)
        if type(value) is kind:
            return value
        self.fault(key, f"must be a {kind.__name__}")
        return kind() if fallback is None else fallback

    def word(self, key: str, pattern: str = r".+", fallback: str | None = None) -> str:
        """A string that fits the pattern as a whole."""
        value = self._take(key, str, fallback)
        if value and (value != value.strip() or not re.fullmatch(pattern, value)):
            self.fault(key, f"does not have the right form: {value!r}")
        return value

    def id(self) -> str:
        """The key `id`: small letters, digits and underscores."""
        return self.word("id", _ID.pattern)

    def own_id(self) -> str:
        """The key `id` of a file that is named after it."""
        name = self.id()
        if name and name != self.path.rpartition("/")[2].removesuffix(".toml"):
            self.fault("id", "must be the file's name")
        return name

    def each_once(self, key: str, ids: Iterable[str]) -> None:
        """Note the ids that stand there more than once."""
        for name, times in Counter(ids).items():
            if name and times > 1:
                self.fault(key, f"{name} stands there {times} times")

    def text(self, key: str, context: str) -> Text:
        """A sentence to translate: one line, no placeholder, no telephone number."""
        words = self.word(key)
        if "{" in words or "}" in words or "  " in words:
            self.fault(key, "holds braces or two spaces")
        if telephone(words):
            self.fault(key, "holds a telephone number; numbers stand in helplines.toml")
        return Text(context, words)

    def texts(self, key: str, context: str) -> tuple[Text, ...]:
        """A list of sentences to translate, at least one."""
        found = self.words(key)
        if not found:
            self.fault(key, "is missing")
        sheets = (Sheet(self.path, {key: value}, self._faults, self._where) for value in found)
        return tuple(sheet.text(key, context) for sheet in sheets)

    def one_of(self, key: str, allowed: tuple[L, ...], fallback: L | None = None) -> L:
        """One of the allowed words; the first of them when it is none."""
        value = self._take(key, str, fallback)
        found = next((word for word in allowed if word == value), None)
        if found is None and value:
            self.fault(key, f"unknown {value!r}: one of {', '.join(allowed)}")
        return found or allowed[0]

    def words(self, key: str, check: Callable[[str], bool] | None = None) -> tuple[str, ...]:
        """A list of strings, none twice; an absent list is empty. `check`: whether a string may be there."""
        values = self._take(key, list, [])
        found = tuple(value for value in values if isinstance(value, str))
        if len(set(found)) < len(values):
            self.fault(key, "must be a list of strings, none twice")
        for value in found:
            if check and not check(value):
                self.fault(key, f"unknown {value!r}")
        return found

    def flag(self, key: str) -> bool:
        """True or false; false when absent."""
        return self._take(key, bool, False)

    def count(self, key: str) -> int:
        """A whole number."""
        return self._take(key, int, None)

    def day(self, key: str) -> str:
        """A day as a string, YYYY-MM-DD."""
        value = self._take(key, str, None)
        try:
            if value and date.fromisoformat(value).isoformat() == value:
                return value
        except ValueError:
            pass
        if value:
            self.fault(key, f"not a day (YYYY-MM-DD): {value!r}")
        return "1970-01-01"

    def day_or_none(self, key: str) -> str | None:
        """The same, or None when absent."""
        return self.day(key) if self.has(key) else None

    def sheets(self, key: str) -> "list[Sheet]":
        """The tables of an array ([[key]]), at least one."""
        values = self._take(key, list, None)
        tables = [value for value in values if isinstance(value, dict)]
        if not tables or len(tables) < len(values):
            self.fault(key, f"must be tables, written [[{key}]]")
        return [
            Sheet(self.path, table, self._faults, f"{self._where}{key}[{table.get('id', place)}].")
            for place, table in enumerate(tables, 1)
        ]

    def sheet(self, key: str) -> "Sheet":
        """A table of the table ([key])."""
        return Sheet(self.path, self._take(key, dict, None), self._faults, f"{self._where}{key}.")

    def close(self) -> None:
        """Note the keys that mean nothing here."""
        for key in self._left:
            self.fault(key, "is not a key of this table")
