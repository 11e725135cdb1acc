"""Texts and the names that belong to them, in a file of little memory that loads in a moment."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from marisa_trie import RecordTrie

_NUMBER = "<H"
_END = b"\n"


class Names:
    """Which names belong to a text: a name stands for any number of texts, a text has any number of names."""

    def __init__(self, path: Path) -> None:
        """Raises OSError without the file, ValueError or RuntimeError when it is no such file."""
        first, _, packed = path.read_bytes().partition(_END)
        self.names: list[str] = json.loads(first)
        self._trie = RecordTrie(_NUMBER).frombytes(packed)

    def of(self, text: str) -> Iterator[str]:
        """The names of exactly this text."""
        return (self.names[number] for (number,) in self._trie.get(text, ()))

    def beginning(self, text: str) -> Iterator[str]:
        """The names of every text that this one begins with, itself among them."""
        return (name for begin in self._trie.prefixes(text) for name in self.of(begin))


def write(pairs: Iterable[tuple[str, str]], path: Path) -> None:
    """Write texts with their names; the same pairs give the same file."""
    every = sorted(set(pairs))
    names = sorted({name for _, name in every})
    number = {name: place for place, name in enumerate(names)}
    trie = RecordTrie(_NUMBER, ((text, (number[name],)) for text, name in every))
    path.write_bytes(json.dumps(names, ensure_ascii=False).encode() + _END + trie.tobytes())
