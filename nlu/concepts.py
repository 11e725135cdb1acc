"""What words are about: a lexicon of concepts in every language, met as words, as stems and as phrases.

The source is each language's `lexicon.yml`, in Rasa's form; `nlu/compile.py` makes the one file that is read here.
"""

from collections.abc import Container
from functools import cache
from pathlib import Path

from nlu.arabizi import is_arabic, unprefixed
from nlu.knowledge import DATA
from nlu.tries import Names
from nlu.words import Words

FILE = DATA / "concepts.bin"
LONGEST = 9  # words of a phrase
SHORT = 4  # letters of a word that is kept with its language: "concept code"


class Concepts:
    """The lexicon."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file."""
        self._forms = Names(path)

    def find(self, words: Words, languages: Container[str] | None = None) -> list[set[str]]:
        """The concepts of each word; a phrase counts at its first word.

        A short word means one thing in one language and another in the next: it counts in `languages` alone, if given.
        """
        found = []
        for place, word in enumerate(words):
            names = set(self._forms.beginning(ended(words[place : place + LONGEST])))
            if is_arabic(word):
                for inner in unprefixed(word):
                    names.update(self._forms.beginning(ended((inner,))))
            told = (name.partition(" ") for name in names)
            found.append({concept for concept, _, code in told if not code or languages is None or code in languages})
        return found


@cache
def lexicon() -> Concepts:
    """The lexicon of the project, read once. Raises OSError without its file."""
    return Concepts()


def ended(words: Words) -> str:
    """Words as the file has them, each with a blank after it; a stem there has none."""
    return "".join(f"{word} " for word in words)
