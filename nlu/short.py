"""Short texts that the examples have word for word: nothing is guessed of these. Made by `make train`."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from nlu.examples import DANGERS, Example
from nlu.knowledge import DATA
from nlu.words import Words, read

FILE = DATA / "short.bin"
LONGEST = 4  # words


class Short:
    """What the examples say of a text of few words."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file."""
        self._told: dict[str, str] = json.loads(zlib.decompress(path.read_bytes()))

    def find(self, words: Words) -> str | None:
        """The intent of the example with these words, as the files name it (`report_danger/threat`, `no_danger/…`)."""
        return self._told.get(" ".join(words)) if len(words) <= LONGEST else None


def write(examples: Iterable[Example], path: Path = FILE) -> None:
    """Keep the short examples that say one thing; of two intents in two languages, none."""
    told: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        words = read(example.text, {}).words
        if 0 < len(words) <= LONGEST:
            told[" ".join(words)].add(example.intent)
    sure = {words: _one(intents) for words, intents in sorted(told.items()) if _one(intents)}
    path.write_bytes(zlib.compress(json.dumps(sure, ensure_ascii=False, separators=(",", ":")).encode(), 9))


def _one(intents: set[str]) -> str:
    """The one intent meant. What is said to be no danger, and an intent that is none, is that intent."""
    if len(intents) > 1 and not intents & (DANGERS.keys() | {"report_danger"}):
        intents = {intent for intent in intents if not intent.startswith("no_danger")}
    return next(iter(intents)) if len(intents) == 1 else ""
