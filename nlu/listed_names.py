"""All languages' `names.txt` in one file that loads in a moment, made by `make train`: which are also words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlu import tries
from nlu.concepts import lexicon
from nlu.knowledge import DATA
from nlu.names import BESIDE, CAPITAL, FILE, STEM, SURE
from nlu.runs import is_place
from nlu.words import plain, read

OFTEN = 8  # times that the examples have it in small letters: then it is a word too
SHORTEST = 3  # letters of a name that is sure; of one in Han characters, two
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


def counted(name: str, words: Counter[str]) -> str:
    """How a plain name counts; a stem counts by itself."""
    if is_place(name):
        return BESIDE
    if name.isascii() and len(name) < SHORTEST:
        return BESIDE
    if words[name] >= OFTEN or any(lexicon().find(read(name).words)):
        return CAPITAL
    return SURE


def write(texts: Iterable[str], path: Path = FILE) -> None:
    """Write the file; `texts`: all examples."""
    words = written_small(texts)
    forms = {plain(part) + STEM * name.endswith(STEM) for name in listed() for part in name.strip(STEM).split("-")}
    tries.write(((form, counted(form.removesuffix(STEM), words)) for form in sorted(forms)), path)
