"""Words that tell what a chat is about: one short list a language, locales/<language>/telling.txt."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
_MARKS: Final = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f]+")  # accents, Arabic vowels and hamza


def tells(text: str) -> bool:
    """Whether a word of any language's list is in `text`: an answer in French may stand in an Arabic talk."""
    return _pattern().search(_folded(text)) is not None


def entries(path: Path) -> Iterator[str]:
    """The entries of a list, as they are written there."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return (line for line in lines if line and not line.startswith("#"))


@cache
def _pattern() -> re.Pattern[str]:
    every = {_folded(entry) for path in sorted(FOLDER.glob("*/telling.txt")) for entry in entries(path)}
    inside = "|".join(re.escape(entry.strip("*")) for entry in sorted(every) if entry.startswith("*"))
    begin = "|".join(_beginning(entry) for entry in sorted(every) if not entry.startswith("*"))
    return re.compile(rf"\b(?:{begin})|(?:{inside})")


def _beginning(entry: str) -> str:
    root = entry.removesuffix("*")
    return re.escape(root) + ("" if root != entry else r"(?!\w)")


def _folded(text: str) -> str:
    """As compared: without capitals and accents."""
    text = text.casefold()
    return text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", text))
