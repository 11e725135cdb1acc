"""Départements out of what people write: numbers, names, or towns that everybody knows."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from dialogs.library import Library
from dialogs.typed import CHINESE

WITH_QUARTERS = ("75", "69", "13")  # "Paris 13e" is a quarter of Paris
LONGEST = 6  # words of a name
NOT = frozenset(("pas", "not", "no", "sauf", "except", "ni", "ليس"))


def plain(text: str) -> str:
    """Lower case, figures as figures, without accents, dashes and spaces; vowels that are signs of their own stay."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in decomposed if c.isalnum() or unicodedata.category(c) == "Mc")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)


@cache
def _codes(departments: tuple[tuple[str, str], ...], towns: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The code of every number, name and town as `plain` writes it: made once for a library."""
    names = {plain(name): code for code, name in departments}
    return {plain(town): code for town, code in towns} | names | {plain(code): code for code, _ in departments}


def _code(codes: Mapping[str, str], text: str) -> str | None:
    wanted = plain(text)
    return codes.get(wanted.zfill(2)) or codes.get(wanted)


def departments_in(library: Library, text: str) -> tuple[str, ...]:
    """The codes named in a text, each once, in its order."""
    codes = _codes(tuple(library.departments.items()), tuple(library.towns.items()))
    whole = _code(codes, text)
    if whole:
        return (whole,)
    words = _words(_parted(codes, text))
    found: list[str] = []
    place = 0
    while place < len(words):
        code, size = _longest(codes, words[place:])
        if code and not (found and _quarter(words[place:], found[-1])):
            found.append(code)
        place += size or 1
    return tuple(dict.fromkeys(found))


def denied(text: str) -> bool:
    """Whether a text says where somebody is not."""
    return not NOT.isdisjoint(_words(text))


def _words(text: str) -> list[str]:
    spaced = "".join(c if c.isalnum() or unicodedata.category(c) in ("Mn", "Mc") else " " for c in text.casefold())
    return spaced.split()


def _parted(codes: Mapping[str, str], text: str) -> str:
    """Chinese puts no space around a name."""
    if CHINESE.search(text):
        for name in codes:
            if CHINESE.match(name):
                text = text.replace(name, f" {name} ")
    return text


def _longest(codes: Mapping[str, str], words: list[str]) -> tuple[str | None, int]:
    for size in range(min(LONGEST, len(words)), 0, -1):
        if code := _code(codes, " ".join(words[:size])):
            return code, size
    return None, 0


def _quarter(words: list[str], town: str) -> bool:
    numbered = len(words) > 1 and words[0].isdecimal() and words[1] in ("e", "er", "eme", "ème", "arrondissement")
    return town in WITH_QUARTERS and numbered
