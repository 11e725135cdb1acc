"""A screen's words as Telegram messages: at most 4,096 units each, telling ones covered, numbers that a tap copies."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import unquote

from bot.messages import Direction, Half, Shown, ShownChoice
from locales.telling import tells

LIMIT: Final = 4096  # UTF-16 code units
GAP: Final = "\n\n"
NO_WORDS: Final = "…"  # Telegram takes no message without text
BETWEEN: Final = "———"
_NUMBER_SCHEMES: Final = ("tel", "sms")
_ENDS: Final = ("\n", ". ", "؟ ", "? ", "! ", "。", " ")

Kind = Literal["spoiler", "code"]


class Mark(NamedTuple):
    """What is covered (spoiler) or copied by a tap (code): from `start`, `length` units long."""

    kind: Kind
    start: int
    length: int

    def entity(self) -> dict[str, Any]:
        """As the Bot API has it."""
        return {"type": self.kind, "offset": self.start, "length": self.length}


class Piece(NamedTuple):
    """Words, how many units they are, and their marks."""

    text: str
    length: int
    marks: tuple[Mark, ...] = ()

    def then(self, other: "Piece") -> "Piece":
        """This piece and right after it another."""
        moved = (mark._replace(start=mark.start + self.length) for mark in other.marks)
        return Piece(self.text + other.text, self.length + other.length, (*self.marks, *moved))


def units(text: str) -> int:
    """The length of `text` as Telegram counts it: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def is_number(choice: ShownChoice) -> bool:
    """Whether a choice dials or writes to a number: Telegram's buttons cannot."""
    return choice.url is not None and choice.url.partition(":")[0] in _NUMBER_SCHEMES


def covered(text: str) -> Piece:
    """Words as they may stand in a notification: under a spoiler when they tell something (docs/decisions/0007)."""
    return _piece(text, "spoiler" if tells(text) else None)


def messages(screen: Shown) -> list[Piece]:
    """The screen's paragraphs and numbers, in as few messages as they fit. What is shown once is covered whole.

    Where two read together, both halves, one after the other.
    """
    numbers = [choice for choice in screen.choices if is_number(choice)]
    if screen.beside is None:
        packed = list(_pack([*_paragraphs(screen.text, screen.once), *map(_number, numbers)]))
    else:
        packed = list(_pack(_of_two(screen, screen.beside, numbers)))
    return packed or ([_piece(NO_WORDS)] if screen.choices else [])


def _paragraphs(texts: Iterable[str], secret: bool) -> list[Piece]:
    return [piece for text in texts for piece in _paragraph(text, secret)]


def _of_two(screen: Shown, half: Half, numbers: Sequence[ShownChoice]) -> list[Piece]:
    """The professional's half and that of the person beside, a line between, each with its numbers."""
    theirs = [replace(choice, label=choice.beside or choice.label) for choice in numbers]
    return [
        *_paragraphs((_from(text, screen.direction) for text in screen.text), screen.once),
        *map(_number, numbers),
        _piece(BETWEEN),
        *_paragraphs((_from(text, half.direction) for text in half.text), screen.once),
        *map(_number, theirs),
    ]


def _from(text: str, direction: Direction) -> str:
    """Every line read from its own side, though a number or a name of the other one may begin it."""
    mark = "\u200f" if direction == "rtl" else "\u200e"
    return "\n".join(mark + line for line in text.splitlines())


def _piece(text: str, kind: Kind | None = None) -> Piece:
    length = units(text)
    return Piece(text, length, (Mark(kind, 0, length),) if kind and length else ())


def _joined(pieces: Iterable[Piece]) -> Piece:
    return list(accumulate(pieces, Piece.then))[-1]


def _pack(pieces: Sequence[Piece]) -> Iterator[Piece]:
    gap, full = _piece(GAP), _piece("")
    for piece in pieces:
        if full.length and full.length + gap.length + piece.length > LIMIT:
            yield full
            full = _piece("")
        full = full.then(gap).then(piece) if full.length else piece
    if full.length:
        yield full


def _paragraph(text: str, secret: bool) -> Iterator[Piece]:
    rest = text.encode(errors="ignore").decode().strip()
    kind: Kind | None = "spoiler" if secret or tells(rest) else None
    while rest:
        head = rest if units(rest) <= LIMIT else _head(rest)
        yield _piece(head.rstrip(), kind)
        rest = rest[len(head) :].strip()


def _head(text: str) -> str:
    """As much of a too long text as fits, up to the end of a line, a sentence or a word when there is one."""
    window = text.encode("utf-16-le")[: 2 * LIMIT].decode("utf-16-le", errors="ignore")
    cuts = (window.rfind(end) + len(end) for end in _ENDS if window.rfind(end) > len(window) // 2)
    return window[: next(cuts, len(window))]


def _number(choice: ShownChoice) -> Piece:
    """A line with its number open, whatever is covered around it: in danger nobody should have to look for it."""
    scheme, _, rest = (choice.url or "").partition(":")
    number = unquote(rest.partition("?")[0]).strip()
    sign = _piece("☎ " if scheme == "tel" else "✉ ")
    # A label has spaces in its number, an address has none. The marks of direction around it stay with it.
    spaced = r"\s?".join(map(re.escape, number))
    written = re.search(rf"([\u2066-\u2068]?)({spaced})(\u2069?)", choice.label)
    if written:
        before, after = choice.label[: written.start()], choice.label[written.end() :]
    else:  # isolated, or a leading + jumps to the other end in Arabic
        before, after = choice.label, ""
    opening, shown, closing = written.groups() if written else (" \u2066", number, "\u2069")
    return _joined((sign, covered(before), _piece(opening), _piece(shown, "code"), _piece(closing), covered(after)))
