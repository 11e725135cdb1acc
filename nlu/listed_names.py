"""All languages' `names.txt` in one file that loads in a moment, made by `make train`: which are also words.

`olg*` stands for all words that begin so and have at most three letters more; `!pierre` is sure, whatever it also is;
`^joy` counts with a capital inside a sentence, `~كريم` beside another name, or after a word that announces one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlu import tries
from nlu.compile import forms
from nlu.knowledge import DATA
from nlu.names import BESIDE, CAPITAL, FILE, STEM, SURE
from nlu.runs import is_place
from nlu.words import plain

OFTEN = 6  # times that the examples have it in small letters: then it is a word too
SHORTEST = 3  # letters of a name that is sure
SURELY = "!"
_MARKS = {SURELY: SURE, "^": CAPITAL, "~": BESIDE}
MARKS = "".join(_MARKS) + STEM
_WORD = re.compile(r"[^\W\d_]+")


def listed(folder: Path = DATA) -> Iterator[str]:
    """The names of every file, as they stand there."""
    for path in sorted(folder.glob("*/names.txt")):
        lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
        yield from (name for line in lines for name in line.split())


def written_small(texts: Iterable[str]) -> Counter[str]:
    """How often each plain word stands in the texts without a capital."""
    words = (word for text in texts for word in _WORD.findall(text) if not word[0].isupper())
    return Counter(map(plain, words))


def counted(name: str, words: Counter[str], known: frozenset[str]) -> str:
    """How a plain name counts. `words`: how often each stands in the examples; `known`: those of the lexicon."""
    if is_place(name) or (name.isascii() and len(name) < SHORTEST):
        return BESIDE
    return CAPITAL if words[name] >= OFTEN or name in known else SURE


def write(texts: Iterable[str], path: Path = FILE) -> None:
    """Write the file; `texts`: all examples."""
    words = written_small(texts)
    known = frozenset(plain(form) for _, form, _ in forms() if " " not in form and not form.endswith(STEM))
    tries.write(_pairs(words, known), path)


def _pairs(words: Counter[str], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    told: dict[str, str] = {}
    for name in sorted(listed()):
        stem = STEM * name.endswith(STEM)
        for part in name.strip(MARKS).split("-"):
            form = plain(part)
            counts = _MARKS.get(name[0]) or counted(form, words, known)
            told[form + stem] = _stronger(counts, told.get(form + stem, counts))
    yield from told.items()


def _stronger(one: str, other: str) -> str:
    return min(one, other, key=(SURE, CAPITAL, BESIDE).index)
