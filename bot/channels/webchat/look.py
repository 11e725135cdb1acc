"""How a browser's pages are shown: covered or not, in large letters or not, and the word that uncovers.

It lies in the signed cookie alone, the word as a keyed hash: nothing of it is stored at the server.
"""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass

CODED = re.compile(r"([a-z]{0,3})~(L?)~([A-Za-z0-9_-]{32}|)")
SALT = 8  # bytes
MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Look:
    """`covered`: the language of the cover that hides the chat, "" when nothing does.

    `word`: salt and keyed hash, or "".
    """

    covered: str = ""
    large: bool = False
    word: str = ""

    def __str__(self) -> str:
        """As it stands in the cookie."""
        return f"{self.covered}~{'L' if self.large else ''}~{self.word}"

    @classmethod
    def read(cls, coded: str) -> "Look":
        """What stood in a cookie of ours; nothing special for what an older release wrote."""
        found = CODED.fullmatch(coded)
        return cls(found[1], found[2] == "L", found[3]) if found else cls()


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
