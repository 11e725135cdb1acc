"""In which letters a text is written: Arabic in Latin ones, Serbian in either, Vietnamese with or without accents."""

import unicodedata
from collections import Counter

UNACCENTED = "latin without accents"


def writing(text: str) -> str:
    """The script of most letters (`arabic`, `bengali`, `cjk`, `cyrillic`, `latin`); `` without any."""
    letters = [sign for sign in text if sign.isalpha()]
    scripts = Counter(unicodedata.name(sign, "unknown").partition(" ")[0].lower() for sign in letters)
    script = scripts.most_common(1)[0][0] if scripts else ""
    return UNACCENTED if script == "latin" and all(sign.isascii() for sign in letters) else script
