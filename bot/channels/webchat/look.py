"""How a browser's pages are shown: covered or not, in large letters or not, the word that uncovers, what is beside.

It lies in the signed cookie alone, the word as a keyed hash: nothing of it is stored at the server.
"""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, replace

from dialogs.engine import IDLE_SECONDS

CODED = re.compile(r"([a-z]{0,3})~(L?)~([A-Za-z0-9_-]{32}|)~([a-z]{0,6})~([a-z]{0,6})~([a-z]{0,3})~([0-9a-f]{0,8})")
SALT = 8  # bytes
MOST_LETTERS = 60
TOLD_S = 120  # what a page says once of a form is not said again after so long


@dataclass(frozen=True, slots=True)
class Aside:
    """What is shown instead of the talk, or said above it: in no address, for that stays in the browser's history.

    `page`: "more", "sheet" or a notice, "" for the talk. `note`: a fixed word. `since`: Unix seconds.
    """

    page: str = ""
    note: str = ""
    language: str = ""
    since: int = 0

    def at(self, now: int) -> "Aside":
        """What is left of it: a page dies with its conversation, a note much sooner."""
        if now - self.since > IDLE_SECONDS:
            return TALK
        return self if now - self.since <= TOLD_S else replace(self, note="")


TALK = Aside()


@dataclass(frozen=True, slots=True)
class Look:
    """`covered`: the language of the cover that hides the chat, "" when nothing does.

    `word`: salt and keyed hash, or "".
    """

    covered: str = ""
    large: bool = False
    word: str = ""
    aside: Aside = TALK

    def __str__(self) -> str:
        """As it stands in the cookie."""
        aside = self.aside
        parts = (self.covered, "L" if self.large else "", self.word, aside.page, aside.note, aside.language)
        return "~".join((*parts, f"{aside.since:x}"))

    @classmethod
    def read(cls, coded: str) -> "Look":
        """What stood in a cookie of ours; nothing special for what an older release wrote."""
        found = CODED.fullmatch(coded)
        if found is None:
            return cls()
        covered, large, word, page, note, language, since = found.groups()
        return cls(covered, large == "L", word, Aside(page, note, language, int(since or "0", 16)))


PLAIN = Look()


def hashed(key: bytes, word: str, salt: bytes = b"") -> str:
    """A salted keyed hash of a word as people type it again: in any case, with any spaces."""
    salt = salt or secrets.token_bytes(SALT)
    mac = hmac.new(key, b"uncover." + salt + plain(word).encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(salt + mac[:16]).decode()


def fits(key: bytes, word: str, kept: str) -> bool:
    """Whether a word is the one that was chosen."""
    salt = base64.urlsafe_b64decode(kept)[:SALT]
    return hmac.compare_digest(hashed(key, word, salt), kept)


def plain(word: str) -> str:
    """A word without case, accents' forms and spaces around and between."""
    return " ".join(unicodedata.normalize("NFKC", word[:MOST_LETTERS]).casefold().split())
