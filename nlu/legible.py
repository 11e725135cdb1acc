"""A text as its reader sees it: without signs that show nothing, Latin letters where others only look like them."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
UNSEEN = frozenset("\u115f\u1160\u200a\u2800")  # fillers that count as letters, a blank of Braille, the thinnest space
LOOKS_LIKE = str.maketrans(
    dict(zip("АВЕЅІЈКМНОРСТУХасеһіјкорѕухԁԛԝѵ", "ABESIJKMHOPCTYXacehijkopsyxdqwv", strict=True))  # Cyrillic
    | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυ", "ABEZHIKMNOPTYXaikvoptu", strict=True))  # Greek
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))  # small capitals
    | dict(zip("ıȷɑɡɩłŁøØđĐħɨօսհӏ", "ijagilLoOdDhiouhl", strict=True))
    | {"0": "o"}
)
MIXED = 2  # Latin letters beside which a nought is an o


def legible(text: str) -> str:
    """What is seen of a text. Marks above and below go too, where no letter has them.

    A word is read as Latin where it has Latin letters, or nothing else than what looks like them.
    """
    composed = unicodedata.normalize("NFKC", text)
    shown = (sign for sign in composed if unicodedata.category(sign) not in ("Cf", "Mn", "Me") and sign not in UNSEEN)
    return WORD.sub(_latin, unicodedata.normalize("NFC", "".join(shown)))


def unmarked(text: str) -> str:
    """The same length, each letter without what stands above or below it."""
    return "".join(unicodedata.normalize("NFD", sign)[0] for sign in text)


def _latin(word: re.Match[str]) -> str:
    spread = unicodedata.normalize("NFD", word[0])
    letters = [sign for sign in spread if sign.isalpha()]
    latin = sum("LATIN" in unicodedata.name(sign, "") for sign in letters)
    noughts = "0" not in spread or latin >= MIXED
    alike = latin or all(ord(sign) in LOOKS_LIKE for sign in letters)
    return unicodedata.normalize("NFC", spread.translate(LOOKS_LIKE)) if letters and alike and noughts else word[0]
