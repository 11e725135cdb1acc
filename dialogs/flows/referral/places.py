"""Départements out of what people write: numbers, names, or towns that everybody knows."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from dialogs.library import Library
from dialogs.typed import CHINESE

WITH_QUARTERS = {"75": 20, "69": 9, "13": 16}  # "Paris 13e" and "Paris 18" are quarters of Paris
STOP = ","  # "Paris, 13" are two
LONGEST = 6  # words of a name
STOPS = str.maketrans(dict.fromkeys(";/+&،؛，、；", STOP))
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
        if code:
            found.append(code)
        place += size or 1
        place += bool(code and not words[place - 1].isdecimal() and _quarter(words[place:], code))
    return tuple(dict.fromkeys(found))


def denied(text: str) -> bool:
    """Whether a text says where somebody is not."""
    return not NOT.isdisjoint(_words(text))


def _words(text: str) -> list[str]:
    stopped = text.casefold().translate(STOPS)
    spaced = "".join(c if _is_told(c) or c == STOP else " " for c in stopped)
    return spaced.replace(STOP, f" {STOP} ").split()


def _is_told(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign) in ("Mn", "Mc")


def _parted(codes: Mapping[str, str], text: str) -> str:
    """Chinese puts no space around a name."""
    if CHINESE.search(text):
        for name in codes:
            if CHINESE.match(name):
                text = text.replace(name, f" {name} ")
    return text


def _longest(codes: Mapping[str, str], words: list[str]) -> tuple[str | None, int]:
    until = words.index(STOP) if STOP in words else len(words)
    for size in range(min(LONGEST, until), 0, -1):
        if code := _code(codes, " ".join(words[:size])):
            return code, size
    return None, 0


def _quarter(words: list[str], town: str) -> bool:
    """Whether a number follows that is one of a town's quarters."""
    return bool(words) and words[0].isdecimal() and 0 < int(words[0]) <= WITH_QUARTERS.get(town, 0)
