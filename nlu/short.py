"""Short texts that the examples have word for word: nothing is guessed of these. Made by `make train`."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from nlu import tries
from nlu.examples import DANGERS, Example
from nlu.knowledge import DATA
from nlu.words import Words, read

FILE = DATA / "short.bin"
LONGEST = 4  # words


class Short:
    """What the examples say of a text of few words."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file."""
        self._told = tries.Names(path)

    def find(self, words: Words) -> str | None:
        """The intent of the example with these words, as the files name it (`report_danger/threat`, `no_danger/…`)."""
        return next(self._told.of(" ".join(words)), None) if len(words) <= LONGEST else None


def write(examples: Iterable[Example], path: Path = FILE) -> None:
    """Keep the short examples that say one thing; of two intents in two languages, none."""
    told: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        words = read(example.text).words
        if 0 < len(words) <= LONGEST:
            told[" ".join(words)].add(example.intent)
    tries.write(((words, one) for words, intents in told.items() if (one := _one(intents))), path)


def _one(intents: set[str]) -> str:
    """The one intent meant. What is said to be no danger, and an intent that is none, is that intent."""
    if len(intents) > 1 and not intents & (DANGERS.keys() | {"report_danger"}):
        intents = {intent for intent in intents if not intent.startswith("no_danger")}
    return next(iter(intents)) if len(intents) == 1 else ""
