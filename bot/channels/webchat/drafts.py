"""Forms that could not be taken, kept in memory for the one page that gives the words back; never a receipt."""

from bot.channels.webchat.form import Form
from services.receipts import WORDS, parse
from services.tools import codes
from services.words import tokens

KEPT_S = 5 * 60
MOST = 200


class Drafts:
    """What each browser sent last and nobody took. With several replicas another one may not know: words are lost."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._kept: dict[str, tuple[int, Form]] = {}

    def keep(self, address: str, form: Form, at: int) -> None:
        """Keep a proven form, unless its words may hold a receipt."""
        self._forget(at)
        if like_a_receipt(form.text):
            return
        self._kept.pop(address, None)  # kept anew, it is the youngest
        if len(self._kept) >= MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[address] = at, form

    def take(self, address: str, at: int) -> Form | None:
        """Give it back, once."""
        self._forget(at)
        return self._kept.pop(address, (at, None))[1]

    def _forget(self, at: int) -> None:
        self._kept = {address: kept for address, kept in self._kept.items() if kept[0] > at - KEPT_S}


def like_a_receipt(text: str) -> bool:
    """Whether a receipt or a professional code, whole or mistyped, stands anywhere in a text."""
    if sum(character.isdecimal() for character in text) >= codes.DIGITS - 1:
        return True
    words = tokens(text)
    parts = (" ".join(words[start : start + WORDS]) for start in range(max(1, len(words) - WORDS + 1)))
    return any(parse(part) is not None for part in parts)
