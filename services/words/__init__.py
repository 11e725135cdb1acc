"""The word lists that receipts are written in: those of `mnemonic`, with the words we do not want replaced by ours.

It has none for Arabic: that list (`ar.txt`) is ours as a whole.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from dialogs.typed import ALIKE

MNEMONIC = {"fr": "french", "en": "english", "es": "spanish"}
LANGUAGES = (*MNEMONIC, "ar")
SIZE = 2048
PREFIX = 4


@dataclass(frozen=True, slots=True)
class WordList:
    """2048 words, found again by their first four letters, whatever the accents and capitals."""

    language: str
    words: tuple[str, ...]
    places: dict[str, int] = field(repr=False)

    def place(self, typed: str) -> int | None:
        """The place (0 to 2047) of a word typed whole, or cut after its fourth letter or later."""
        found = self.places.get(typed[:PREFIX])
        return found if found is not None and self._is(found, typed) else None

    def _is(self, place: int, typed: str) -> bool:
        word = plain(self.words[place])
        return word == typed or (len(typed) >= PREFIX and word.startswith(typed))


def plain(text: str) -> str:
    """Small letters without accents; Arabic without vowel signs and hamza, letters typed one for the other made one."""
    bare = (c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return "".join(bare).translate(ALIKE)


def tokens(text: str) -> list[str]:
    """The words of a text, plain, whatever stands between them."""
    return re.findall(r"\w+", plain(text).replace("_", " "))


@cache
def word_list(language: str) -> WordList:
    """The list of one of LANGUAGES."""
    words = _ours(language) if language not in MNEMONIC else _mended(language)
    return WordList(language, words, {plain(word)[:PREFIX]: place for place, word in enumerate(words)})


def _ours(language: str) -> tuple[str, ...]:
    return tuple(files(__name__).joinpath(f"{language}.txt").read_text("utf-8").split())


def _mended(language: str) -> tuple[str, ...]:
    replaced = _replaced(language)
    return tuple(replaced.get(word, word) for word in _original(language))


def _original(language: str) -> list[str]:
    text = files("mnemonic").joinpath("wordlist", f"{MNEMONIC[language]}.txt").read_text("utf-8")
    return unicodedata.normalize("NFC", text).split()


def _replaced(language: str) -> dict[str, str]:
    lines = files(__name__).joinpath(f"{language}.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {unwanted: ours for unwanted, ours in pairs}  # noqa: C416 - the names say which is which
