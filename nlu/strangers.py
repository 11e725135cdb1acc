"""Words that none of our examples, lexicons and lists of places has: beside a name, or with a capital, they are names.

`make train` writes the file of the words that are known.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from nlu import tries
from nlu.knowledge import DATA
from nlu.runs import is_known, is_place
from nlu.tries import Names
from nlu.words import SIGNS, plain

FILE = DATA / "words.bin"
TWICE = 2  # times that the examples have a word: once may be a name that somebody made up
SHORTEST = 3  # letters
LONGEST_ENDING = 3  # letters, of a place's name: "Budapestről"
_SHORTEST_STEM = 4  # letters
_WORD = re.compile(rf"(?:[^\W\d_]|[{SIGNS}])+")
_KIND = "word"


def is_stranger(word: str) -> bool:
    """Whether a word of letters may be a name only: nothing of ours has it, and no place is called so."""
    form = plain(word)
    if len(word) < SHORTEST or not form or any(_words().of(form)) or is_known(word):
        return False
    return not is_inflected_place(word)


def is_inflected_place(word: str) -> bool:
    """Whether a word begins with a place's name and goes on with an ending."""
    form = plain(word)
    cuts = range(max(_SHORTEST_STEM, len(form) - LONGEST_ENDING), len(form))
    return any(is_place(form[:cut]) for cut in cuts)


def write(texts: Iterable[str]) -> None:
    """Write the file; `texts`: all examples."""
    tries.write(((word, _KIND) for word in known(texts)), FILE)


def known(texts: Iterable[str]) -> Iterator[str]:
    """The plain words of the texts that they have often enough."""
    counts = Counter(plain(word) for text in texts for word in set(_WORD.findall(text)))
    return (word for word, times in counts.items() if times >= TWICE)


@cache
def _words() -> Names:
    return Names(FILE)
