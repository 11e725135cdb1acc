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
    """Keep the short examples that say one thing; of two intents none, but that there is no danger in them."""
    told: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        words = read(example.text).words
        if 0 < len(words) <= LONGEST:
            told[" ".join(words)].add(example.intent)
    tries.write(((words, one) for words, intents in told.items() if (one := _one(intents))), path)


def _one(intents: set[str]) -> str:
    """The one intent meant; that of what is said to be no danger too; of several such, only that it is none."""
    if len(intents) == 1:
        return next(iter(intents))
    calm = {intent for intent in intents if intent.startswith("no_danger")}
    if not calm or intents & (DANGERS.keys() | {"report_danger"}):
        return ""
    return next(iter(intents - calm)) if len(intents - calm) == 1 else min(calm)
