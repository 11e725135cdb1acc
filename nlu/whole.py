"""Short messages that as a whole surely mean an intent, names of languages, words of politeness: made by `make train`.

The source is each language's `intents.toml`.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nlu import tries
from nlu.knowledge import DATA
from nlu.words import Words, plain, read

FILE = DATA / "whole.bin"
_POLITE, _NAMES = "polite", "names"
_LONGEST_NAME = 3  # words of a language's name


class Whole:
    """What the lists of all languages say."""

    def __init__(self, path: Path = FILE) -> None:
        """Raises OSError without the file."""
        self._told = tries.Names(path)

    def intent(self, words: Words, conversation: str | None) -> str | None:
        """The intent of a whole message, with or without its politeness.

        Where languages differ, that of the conversation decides, else most of them; of as many there is none.
        """
        return self._intent(words, conversation) or self._intent(self.bare(words), conversation)

    def language(self, words: Words) -> str | None:
        """The one language in whose list a whole message is."""
        found = {language for language, _ in self._of(words)}
        return found.pop() if len(found) == 1 else None

    def bare(self, words: Words) -> Words:
        """The words of a message without its politeness, when something is left."""
        return tuple(word for word in words if (_POLITE, "") not in self._marks(word)) or words

    def named(self, words: Words) -> tuple[str | None, bool]:
        """The code of a language named in the words, and whether that is nearly all that is said."""
        for size in range(_LONGEST_NAME, 0, -1):
            for start in range(len(words) - size + 1):
                for mark, code in self._marks(" ".join(words[start : start + size])):
                    if mark == _NAMES:
                        return code, len(self.bare(words)) <= size
        return None, False

    def _intent(self, words: Words, conversation: str | None) -> str | None:
        found = self._of(words)
        spoken = [intent for language, intent in found if language == conversation]
        counts = Counter(spoken or [intent for _, intent in found]).most_common(2)
        sure = len(counts) == 1 or (len(counts) == 2 and counts[0][1] > counts[1][1])
        return counts[0][0] if sure else None

    def _of(self, words: Words) -> set[tuple[str, str]]:
        return {mark for mark in self._marks(" ".join(words)) if mark[0] not in (_POLITE, _NAMES)}

    def _marks(self, text: str) -> set[tuple[str, str]]:
        found = (name.partition(" ") for name in self._told.of(text))
        return {(first, rest) for first, _, rest in found}


def told(folder: Path = DATA) -> Iterator[tuple[str, str]]:
    """Every text with what is known of it: "fr affirm", "names es", "polite"."""
    lists = {file.parent.name: tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*/intents.toml"))}
    polite = {word for data in lists.values() for word in plain(data["words"]["polite"]).split()}
    yield from ((word, _POLITE) for word in polite)
    for language, data in lists.items():
        for code, names in data["languages"].items():
            yield from ((" ".join(plain(name).split()), f"{_NAMES} {code}") for name in names.split(";"))
        for intent, messages in data["whole"].items():
            for words in (read(message).words for message in messages.split(";")):
                bare = tuple(word for word in words if word not in polite) or words
                yield from ((" ".join(one), f"{language} {intent}") for one in {words, bare})


def main() -> None:
    """Write the file."""
    tries.write(told(), FILE)


if __name__ == "__main__":
    main()
