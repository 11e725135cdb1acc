"""A screen's words as Telegram messages: HTML, at most 4,096 units each, numbers that a tap copies."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final, NamedTuple
from urllib.parse import unquote

from bot.messages import Shown, ShownChoice

LIMIT: Final = 4096  # UTF-16 code units, once tags and entities are read
GAP: Final = "\n\n"
NO_WORDS: Final = "…"  # Telegram takes no message without text
_NUMBER_SCHEMES: Final = ("tel", "sms")
_ENDS: Final = ("\n", ". ", "؟ ", "? ", "! ", "。", " ")


class Piece(NamedTuple):
    """The same words twice: as read, and as Telegram's HTML."""

    plain: str
    html: str


def units(text: str) -> int:
    """The length of `text` as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def is_number(choice: ShownChoice) -> bool:
    """Whether a choice dials or writes to a number: Telegram's buttons cannot."""
    return choice.url is not None and choice.url.partition(":")[0] in _NUMBER_SCHEMES


def messages(screen: Shown) -> list[Piece]:
    """The screen's paragraphs and numbers, in as few messages as they fit."""
    paragraphs = [piece for text in screen.text for piece in _paragraph(text)]
    numbers = [_number(choice) for choice in screen.choices if is_number(choice)]
    packed = list(_pack([*paragraphs, *numbers]))
    return packed or ([Piece(NO_WORDS, NO_WORDS)] if screen.choices else [])


def _pack(pieces: Sequence[Piece]) -> Iterator[Piece]:
    full = Piece("", "")
    for piece in pieces:
        longer = Piece(full.plain + GAP + piece.plain, full.html + GAP + piece.html) if full.plain else piece
        if units(longer.plain) > LIMIT:
            yield full
            longer = piece
        full = longer
    if full.plain:
        yield full


def _paragraph(text: str) -> Iterator[Piece]:
    rest = text.encode(errors="ignore").decode().strip()
    while rest:
        head = rest if units(rest) <= LIMIT else _head(rest)
        yield Piece(head, escape(head, quote=False))
        rest = rest[len(head) :].strip()


def _head(text: str) -> str:
    """As much of a too long text as fits, up to the end of a line, a sentence or a word when there is one."""
    window = text.encode("utf-16-le")[: 2 * LIMIT].decode("utf-16-le", errors="ignore")
    cuts = (window.rfind(end) + len(end) for end in _ENDS if window.rfind(end) > len(window) // 2)
    return window[: next(cuts, len(window))]


def _number(choice: ShownChoice) -> Piece:
    scheme, _, rest = (choice.url or "").partition(":")
    number = unquote(rest.partition("?")[0]).strip()
    sign = "☎" if scheme == "tel" else "✉"
    label, copied = escape(choice.label, quote=False), f"<code>{escape(number)}</code>"
    if number in choice.label:
        html = label.replace(escape(number), copied, 1)
        return Piece(f"{sign} {choice.label}", f"{sign} {html}")
    # Isolated, or a leading + jumps to the other end in Arabic.
    return Piece(f"{sign} {choice.label} \u2066{number}\u2069", f"{sign} {label} \u2066{copied}\u2069")
