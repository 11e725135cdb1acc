"""Arabic in Latin letters and in its own, brought to one skeleton of consonants: "y9tlni" and "يقتلني" are "yktln"."""

import re

_PAIRS = re.compile(r"kh|gh|ch|sh|dj|th|dh|ou|oo|ee|ai|ei")
_PAIR = {"kh": "x", "gh": "G", "ch": "C", "sh": "C", "dj": "j", "th": "t", "dh": "d"}
_LATIN = str.maketrans(
    {"9": "k", "q": "k", "c": "k", "g": "k", "5": "x", "7": "h", "8": "G", "6": "t", "4": "d"}
    | {"p": "b", "v": "f", "z": "d", "2": ""}
)
_ARABIC = str.maketrans("بتثجحخدذرزسشصضطظعغفقكلمنهويا", "btthhxddrdsCsdtd3Gfkklmnhwya".replace("tthh", "ttjh", 1))
_VOWELS = re.compile(r"(?<!^)[aeiouwy]|^[aeiou]")
_DOUBLE = re.compile(r"(.)\1")
_MIXED = re.compile(r"[a-z][23579]|[23579][a-z]")
_COUNTED = re.compile(
    r"\d+(?:e|er|ere|eme|ieme|h|j|d|x|g|km|kg|k|am|pm|nd|rd|th|st|yo|yr|yrs|m|min|mn|fois|ans?|a|b|de|c|f|fa|eur|euros?|days?|years?)?$"
)
_PREFIX = re.compile(r"(?:ال|لل|[وفبلكسهحغ](?=ال|لل|[يتنا]))(?=.{3})|[وفبلك](?=.{4})")
_SCRIPT = re.compile(r"[\u0620-\u064a]")


def is_arabic(word: str) -> bool:
    """Whether the word is in Arabic letters."""
    return _SCRIPT.search(word) is not None


def unprefixed(word: str) -> list[str]:
    """An Arabic word without "and", "in", "the" or the mark of its tense, one taken off after the other."""
    shorter: list[str] = []
    while (found := _PREFIX.match(word)) is not None:
        word = word[found.end() :]
        shorter.append(word)
    return shorter


def looks_arabizi(word: str) -> bool:
    """Whether digits stand for letters in it ("3lia", "y9tlni"), which is not so of "2nd" or "15"."""
    return _MIXED.search(word) is not None and not _COUNTED.match(word) and len(word) > 2


def skeleton(word: str) -> str:
    """The consonants, alike for both scripts; a first y or w is kept."""
    if is_arabic(word):
        bare = word.translate(_ARABIC)
    else:
        bare = _PAIRS.sub(lambda pair: _PAIR.get(pair[0], ""), word).translate(_LATIN)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", bare))
