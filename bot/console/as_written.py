"""A text as its reader sees it, each piece of it as it was written: Bengali loses signs to `legible`, and its words."""

import re
import unicodedata
from itertools import accumulate

from nlu.legible import legible

BENGALI = re.compile(r"[\u0980-\u09ff]")
BESIDE = ("Mn", "Me", "Cf")  # what stands above, below or between the letters


class AsWritten:
    """`seen`: what is looked through; `piece` is for those who wrote it."""

    def __init__(self, text: str) -> None:
        """Reads it once."""
        self.seen = legible(text)
        self._letters = _letters(unicodedata.normalize("NFKC", text))
        self._ends = list(accumulate(len(legible(letter)) for letter in self._letters))
        self._whole = bool(self._ends) and self._ends[-1] == len(self.seen)

    def piece(self, start: int, end: int) -> str:
        """What is at a place of `seen`; where that is Bengali, with all its signs."""
        piece = self.seen[start:end]
        if not self._whole or not BENGALI.search(piece):
            return piece
        inside = zip(self._letters, self._ends, strict=True)
        return "".join(letter for letter, stop in inside if start < stop <= end)


def _letters(text: str) -> list[str]:
    """Each sign with those above, below and behind it that are none of their own."""
    found: list[str] = []
    for sign in text:
        if found and unicodedata.category(sign) in BESIDE:
            found[-1] += sign
        else:
            found.append(sign)
    return found
