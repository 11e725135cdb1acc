"""How well personal data is found: messages in which it is marked `{kind:piece}` in, precision and recall out.

A file named `redaction.yml` is a list of such messages; what is not marked has to stay.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlu.material import Unusable, content
from nlu.redaction import clean, redact

NAME = "redaction.yml"
_MARK = re.compile(r"\{([a-z ]+):([^{}]+)\}")
_SAYS = re.compile(r"[^\W_]")  # a blank or a dot that is left of a piece tells nothing
_KEPT = "birth date"  # its year may stay

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A message as it is typed, and what in it is private: its kind, from where to where."""

    text: str
    private: tuple[tuple[str, int, int], ...]

    def left(self, found: Sequence[Span]) -> list[str]:
        """The private pieces of which anything is left."""
        return [self.text[start:end] for kind, start, end in self.private if not self._gone(kind, start, end, found)]

    def wrong(self, found: Sequence[Span]) -> list[str]:
        """What was taken out though nothing of it is private."""
        return [
            self.text[start:end]
            for start, end in found
            if not any(begin < end and start < stop for _, begin, stop in self.private)
        ]

    def _gone(self, kind: str, start: int, end: int, found: Sequence[Span]) -> bool:
        open_places = [place for place in range(start, end) if not any(a <= place < b for a, b in found)]
        rest = "".join(self.text[place] for place in open_places)
        return bool(re.fullmatch(r"\D*(?:\d{4}|\d{2})?\D*", rest)) if kind == _KEPT else not _SAYS.search(rest)


def marked(path: Path) -> list[Marked]:
    """The messages of a file. Raises Unusable when it cannot be read or is of another form."""
    import yaml  # here, for the assistant itself reads none, and it takes 2 MB

    try:
        return [_marked(clean(text)) for text in yaml.load(content(path), yaml.CSafeLoader)]
    except (yaml.YAMLError, TypeError) as wrong:
        raise Unusable(f"{path} is no list of messages with {{kind:piece}} in them") from wrong


def _marked(text: str) -> Marked:
    bare, private, last = "", [], 0
    for mark in _MARK.finditer(text):
        bare += text[last : mark.start()]
        private.append((mark[1], len(bare), len(bare) + len(mark[2])))
        bare += mark[2]
        last = mark.end()
    return Marked(bare + text[last:], tuple(private))


def evaluated(told: Iterable[Marked]) -> dict[str, Any]:
    """`recall`: the share of private pieces of which nothing is left; `by_kind`: the same for each kind.

    `precision`: the share of what was taken out that was private, at least in part. `left`, `wrong`: the pieces missed,
    and those taken out without need.
    """
    counts: dict[str, list[bool]] = {}
    left, wrong, taken = [], [], 0
    for one in told:
        found = [(piece.start, piece.end) for piece in redact(one.text).found]
        missed = one.left(found)
        for kind, start, end in one.private:
            counts.setdefault(kind, []).append(one.text[start:end] not in missed)
        left += missed
        wrong += one.wrong(found)
        taken += len(found)
    every = [gone for those in counts.values() for gone in those]
    return {
        "n": len(every),
        "precision": _share(taken - len(wrong), taken),
        "recall": _share(sum(every), len(every)),
        "by_kind": {kind: _share(sum(those), len(those)) for kind, those in sorted(counts.items())},
        "left": left,
        "wrong": wrong,
    }


def _share(some: int, every: int) -> float:
    return round(some / every, 4) if every else 1.0
