"""Names of people that nothing announces: each language's `names.txt`, known in any text; `olg*` with an ending, too.

A name that is also a word (`listed_names.py` finds out) counts with a capital inside a sentence, or beside another one.
A word that nothing of ours has (`strangers.py`) is a name with a capital inside a sentence, or joined to one by "and".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from nlu.knowledge import DATA
from nlu.runs import begins_sentence, is_known, is_place
from nlu.strangers import is_inflected_place, is_stranger
from nlu.tries import Names
from nlu.words import SIGNS, plain

FILE = DATA / "names.bin"
SURE, CAPITAL, BESIDE = "sure", "capital", "beside"  # alone; with a capital; only beside another name
STEM = "*"
LONGEST_ENDING = 3  # letters
_PART = re.compile(rf"(?<!\d)(?:[\u3400-\u9fff]++|(?:(?![\u3400-\u9fff])[^\W\d_]|[{SIGNS}])++)(?!\d)")  # "我叫Anna"
_SAINT = re.compile(r"\b(?:saint|sainte|st|ste|san|santa|santo|são|sao|sveti|sv)[. -]+$", re.I)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_HAN_NAMES = (3, 2)  # characters
_JOINED_ARABIC = "وفبل"  # "and", "so", "in", "for": written as a part of the next word
_LONGEST_SAINT = 8
_CAPITALS = 0.5  # of a text's words: more tell nothing
_AND = re.compile(r" (?:and|n|et|y|ed?|i|și|si|dhe|va|и|й|та|і|و|ve|và|és|at|এবং|আর|ও) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a text: from where to where, how it counts as a name, whether it begins with a capital."""

    start: int
    end: int
    counts: str
    capital: bool


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where a name begins and ends, with the names and capitals beside it."""
    parts = list(_parts(text))
    shouted = sum(part.capital for part in parts) > _CAPITALS * len(parts)
    place = 0
    while place < len(parts):
        part = parts[place]
        if _counts_alone(text, part, shouted) or _is_strange(text, parts, place, shouted):
            last = _last(text, parts, place, shouted)
            yield parts[_first(text, parts, place)].start, parts[last].end
            place = last
        place += 1


def _parts(text: str) -> Iterator[Part]:
    for match in _PART.finditer(text):
        word = match[0]
        if _HAN.match(word):
            yield from _in_han(word, match.start())
        else:
            skipped, counts = _counts(word)
            yield Part(match.start() + skipped, match.end(), counts, word[0].isupper())


def _in_han(run: str, at: int) -> Iterator[Part]:
    for size in _HAN_NAMES:
        for start in range(len(run) - size + 1):
            piece = run[start : start + size]
            if _HAN.fullmatch(piece) and any(_listed().of(piece)):
                yield Part(at + start, at + start + size, SURE, capital=False)


def _counts(word: str) -> tuple[int, str]:
    """How a word counts, and how many letters before the name are another word."""
    form = plain(word)
    if found := _found(form):
        return 0, found
    if form[:1] in _JOINED_ARABIC and len(word) == len(form) and (found := _found(form[1:])):
        return 1, found
    return 0, ""


def _found(form: str) -> str:
    if found := next(_listed().of(form), ""):
        return found
    cuts = range(len(form), max(len(form) - LONGEST_ENDING, LONGEST_ENDING) - 1, -1)
    return next((found for cut in cuts for found in _listed().of(form[:cut] + STEM)), "")


def _counts_alone(text: str, part: Part, shouted: bool) -> bool:
    stands_out = part.capital and not shouted and not begins_sentence(text, part.start)
    if part.counts == SURE or (part.counts == CAPITAL and stands_out):
        return not _SAINT.search(text, max(0, part.start - _LONGEST_SAINT), part.start)  # a town: Saint-Denis
    return False


def _is_strange(text: str, parts: Sequence[Part], place: int, shouted: bool) -> bool:
    """Whether a word that no list has is a name: for its capital, or because "and" joins it to a name."""
    part = parts[place]
    word = text[part.start : part.end]
    if part.counts or shouted or not (word[1:].islower() if part.capital else not word.islower()):
        return False
    stands_out = part.capital and not begins_sentence(text, part.start)
    return (stands_out or _is_joined(text, parts, place)) and is_stranger(word)


def _is_joined(text: str, parts: Sequence[Part], place: int) -> bool:
    pairs = ((first, first + 2) for first in (place - 2, place) if first >= 0 and first + 2 < len(parts))
    return any(
        SURE in (parts[first].counts, parts[last].counts) and _AND.fullmatch(text, parts[first].end, parts[last].start)
        for first, last in pairs
    )


def may_be_name(word: str) -> bool:
    """Whether a word is one of the names, also one that is a word too, or none of the words that we know."""
    form = plain(word)
    return bool(_found(form)) or is_stranger(word)


def is_town(words: str) -> bool:
    """Whether words are places', or one word that no list of names has is a place's with an ending."""
    return is_place(words) or (not _found(plain(words)) and words.isalpha() and is_inflected_place(words))


def _last(text: str, parts: Sequence[Part], place: int, shouted: bool) -> int:
    """The last part of the name that goes on from `place`."""
    while place + 1 < len(parts) and _belongs(text, parts[place].end, parts[place + 1], shouted):
        place += 1
    return place


def _first(text: str, parts: Sequence[Part], place: int) -> int:
    """The part before, if it is a name of its own that counts only beside another one."""
    before = place - 1
    joined = before >= 0 and text[parts[before].end : parts[place].start] in (" ", "-")
    alike = parts[before].capital or not parts[place].capital  # "vu Fatou": no Vietnamese name
    return before if joined and alike and parts[before].counts else place


def _belongs(text: str, end: int, part: Part, shouted: bool) -> bool:
    if text[end : part.start] not in (" ", "-", "'", "’"):
        return False
    if part.counts:
        return True
    return part.capital and not shouted and not is_known(text[part.start : part.end])


@cache
def _listed() -> Names:
    return Names(FILE)
