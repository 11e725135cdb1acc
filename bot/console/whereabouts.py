"""What in a coordinator's words tells where somebody is to go, by what, or when: it never passes through a receipt.

Names of towns, départements and regions, roads and vehicles, hours. Too much is found rather than too little: who
writes sees each piece, and may send it after reading it again.
"""

import re
from collections.abc import Iterator
from functools import cache

from dialogs.flows.referral.places import LONGEST, plain
from dialogs.library import Library

WORD = re.compile(r"[^\W_]+")
# Names that are also words: found with a capital alone.
WORDS_TOO = frozenset((
    "gap", "nice", "sedan", "digne", "tours", "sens", "dole", "lens", "auch", "grasse", "menton", "moulins",
    "corte", "lot", "nord", "manche", "creuse", "vienne", "eure", "var", "gard", "aube", "somme", "orne",
    "landes", "loire", "indre", "lareunion", "reunion", "mende", "laval",
))  # fmt: skip
GREETING = re.compile(r"(?<!\ble )(?<!\bdu )\bcher\b", re.I)
IN_THE_WORD = "بلو"  # Arabic writes "in", "to" and "and" with the name in one word
BY_SHAPE = (
    re.compile(
        r"(?<!\d)(?:[01]?\d|2[0-3])\s?(?:h\s?[0-5]\d|h(?!\w)|:\s?[0-5]\d|heures?\b|[ap]\.?m\b)(?!\s?/\s?\d)", re.I
    ),
    re.compile(r"\((?:\d{2}|2[AB]|97\d)\)|(?<=\bdans le )(?:\d{2}|2[AB]|97\d)\b", re.I),
    re.compile(
        r"\b(?<!en )(?:trains?|trenes|tren)\b|\b(?:gare|tgv|quai|a[ée]roport|m[ée]tro|tram(?:way)?|bus|autobus|autocar|"
        r"flixbus|blablacar|covoiturage|(?:train|bus|railway) station|airport|estaci[óo]n|aeropuerto)\b|"
        r"محطة|قطار|مطار|حافلة",
        re.I,
    ),
)


def told(library: Library, text: str) -> tuple[str, ...]:
    """The pieces of a text that tell where, by what or when, in its order, each once."""
    found = [*_named(library, text), *((m.start(), m[0]) for shape in BY_SHAPE for m in shape.finditer(text))]
    return tuple(dict.fromkeys(piece for _, piece in sorted(found)))


def _named(library: Library, text: str) -> Iterator[tuple[int, str]]:
    """Where each name begins, and as it was written; the longest that begins there."""
    names = _names((*library.departments.values(), *library.anonymity.regions, *library.towns))
    words, place = list(WORD.finditer(GREETING.sub(lambda m: " " * len(m[0]), text))), 0
    while place < len(words):
        size = next((n for n in range(LONGEST, 0, -1) if _is(names, text, words[place : place + n])), 0)
        if size:
            start, end = words[place].start(), words[min(place + size, len(words)) - 1].end()
            yield start, text[start:end]
        place += size or 1


def _is(names: frozenset[str], text: str, words: list[re.Match[str]]) -> bool:
    written = text[words[0].start() : words[-1].end()]
    name = plain(written)
    if name in WORDS_TOO and not words[-1][0][0].isupper():
        return False
    return name in names or (written[0] in IN_THE_WORD and name[1:] in names)


@cache
def _names(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, listed))
