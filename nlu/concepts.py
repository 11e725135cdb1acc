"""What words are about: a lexicon of concepts in every language, met as words, as stems and as phrases.

The source is each language's `lexicon.yml`, in Rasa's form; `nlu/compile.py` makes the one file that is read here.
"""

import json
import zlib
from functools import lru_cache
from pathlib import Path

from nlu.arabizi import is_arabic, unprefixed
from nlu.knowledge import DATA
from nlu.words import Words

FILE = DATA / "concepts.bin"
_SHORTEST_STEM = 2
_REMEMBERED = 20_000  # words whose concepts are kept at hand

Ids = tuple[int, ...]


class Concepts:
    """The lexicon. `names`: the concepts' names by number."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file."""
        packed = json.loads(zlib.decompress(path.read_bytes()))
        self.names: list[str] = packed["names"]
        self._words: dict[str, Ids] = packed["words"]
        self._stems: dict[str, Ids] = packed["stems"]
        self._phrases: dict[str, list[tuple[list[str], int]]] = packed["phrases"]
        self._about = lru_cache(_REMEMBERED)(self._look)

    def find(self, words: Words) -> list[set[int]]:
        """The concepts of each word; a phrase counts at its first word."""
        found = [set(self._about(word)) for word in words]
        for place, word in enumerate(words):
            for rest, concept in self._phrases.get(word, ()):
                if _follows(words[place + 1 : place + 1 + len(rest)], rest):
                    found[place].add(concept)
        return found

    def _look(self, word: str) -> frozenset[int]:
        found = set(self._whole(word))
        if is_arabic(word):
            for inner in unprefixed(word):
                found.update(self._whole(inner))
        return frozenset(found)

    def _whole(self, word: str) -> set[int]:
        found = set(self._words.get(word, ()))
        for end in range(_SHORTEST_STEM, len(word) + 1):
            found.update(self._stems.get(word[:end], ()))
        return found


def _follows(words: Words, rest: list[str]) -> bool:
    """Whether the words are the rest of a phrase; `stem*` there stands for any ending."""
    if len(words) < len(rest):
        return False
    return all(
        word.startswith(form[:-1]) if form.endswith("*") else word == form
        for word, form in zip(words, rest, strict=True)
    )
