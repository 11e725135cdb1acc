"""Départements named in a text: by their name, or by a town that everybody knows.

Numbers and names that are also words mean too much here: the flow that asks for a département reads them itself.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from nlu.words import Words, read

FILES = ("departments.toml", "towns.toml")
WORDS_TOO = frozenset(
    ("ain", "auch", "cher", "dole", "eu", "gap", "laval", "lot", "manche", "nice", "nord", "orange", "sens", "tours",
     "var", "vienne")
)  # fmt: skip


class Departments:
    """Names and towns by their first word."""

    def __init__(self) -> None:
        """Reads the lists of départements and towns."""
        names, towns = (tomllib.loads(files("dialogs").joinpath(name).read_text("utf-8")) for name in FILES)
        every = [(name, code) for code, name in names.items()]
        every += [(town, code) for code, listed in towns.items() for town in listed]
        self._by_first: dict[str, list[tuple[Words, str]]] = {}
        for name, code in every:
            words = read(name.replace("-", " ")).words
            if " ".join(words) not in WORDS_TOO:
                self._by_first.setdefault(words[0], []).append((words, code))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def find(self, words: Words) -> tuple[str, ...]:
        """The codes of those named in plain words, each once."""
        return tuple(dict.fromkeys(self._named(words)))

    def _named(self, words: Words) -> Iterator[str]:
        place = 0
        while place < len(words):
            listed = self._by_first.get(words[place], ())
            name, code = next((pair for pair in listed if words[place : place + len(pair[0])] == pair[0]), ((), ""))
            if code:
                yield code
            place += len(name) or 1
