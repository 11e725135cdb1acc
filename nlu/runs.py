"""Names that nothing announces: two to four words with a capital in a row that are no words of ours and no places.

Rather a harmless pair too many than a name too few; but a text that gives most of its words a capital tells nothing.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlu.concepts import lexicon
from nlu.knowledge import DATA
from nlu.private import PROPER
from nlu.tries import Names
from nlu.words import plain, read

PLACES = DATA / "places.bin"

_RUN = re.compile(rf"(?<!\w)(?:{PROPER})(?:[ ](?:{PROPER})){{1,3}}(?!\w)")
PART = re.compile(r"[^\W_]{2,}")
_WORD = re.compile(r"\S+")
_SENTENCE_ENDS = frozenset(".!?…:\n")
_MOST_CAPITALS = 0.5  # of a text's words
_FEW = 4  # words of a text that may be a name and little else


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Where such a run begins and ends."""
    words = text.split()
    if sum(word[0].isupper() for word in words) > _MOST_CAPITALS * len(words) and len(words) > _FEW:
        return
    for match in _RUN.finditer(text):
        parts = [(match.start() + part.start(), part[0]) for part in _WORD.finditer(match[0])]
        if begins_sentence(text, match.start()) and is_known(parts[0][1]):
            parts = parts[1:]
        if len(parts) > 1 and not all(is_known(word) for _, word in parts) and not _holds_place(parts):
            yield parts[0][0], match.end()


def begins_sentence(text: str, at: int) -> bool:
    """Whether what stands at a place is the first of a sentence."""
    before = text[:at].rstrip()
    return not before or before[-1] in _SENTENCE_ENDS


def _holds_place(parts: list[tuple[int, str]]) -> bool:
    return any(is_place(word) for _, part in parts for word in part.split("-"))


def is_known(word: str) -> bool:
    """Whether a word is one of the lexicon's, or a place's."""
    return any(lexicon().find(read(word).words)) or is_place(word)


def is_place(name: str) -> bool:
    """Whether every word of it is a country's, a town's, a month's or the like."""
    words = PART.findall(plain(name))
    return bool(words) and all(any(_places().of(word)) for word in words)


@cache
def _places() -> Names:
    return Names(PLACES)
