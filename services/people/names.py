"""Names of accounts: of one script, without what cannot be seen, so that no two can be taken for each other."""

import re
import unicodedata

LATIN = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
}  # letters that are no a-z with accents
_SHAPE = re.compile(r"[^\W_](?:[\w .'’-]{0,38})(?:[^\W_]|(?<=\w)\.)")


def written(name: str) -> str:
    """A name as it is stored: small, with single spaces."""
    words = unicodedata.normalize("NFKC", name).casefold().split()
    return unicodedata.normalize("NFC", " ".join(words))


def shaped(name: str) -> bool:
    """Whether a `written` name may be that of an account, also of one made when other scripts could be."""
    return bool(_SHAPE.fullmatch(name))


def proper(name: str) -> bool:
    """Whether a `written` name may be given: 2 to 40 Latin letters, figures, spaces, `.`, `'`, `-`."""
    return shaped(name) and all(map(_fits, name))


def folded(name: str) -> str:
    """What two names may not share: the letters without their accents."""
    plain = "".join(LATIN.get(letter, letter) for letter in written(name).replace("’", "'"))
    return "".join(part for part in unicodedata.normalize("NFD", plain) if not unicodedata.combining(part))


def _fits(letter: str) -> bool:
    return letter in " .'’-" or (len(bare := folded(letter)) > 0 and bare.isascii() and bare.isalnum())
