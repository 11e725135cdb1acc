"""A text as plain words: one spelling for accents, Arabic variants, digits, apostrophes and drawn-out letters."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_ARABIC = {
    **str.maketrans("ىةگڭپڤچکیہ", "يهككبفشكيه"),
    **dict.fromkeys(map(ord, "ـء"), None),
}
_LETTERS = str.maketrans(
    {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ə": "e", "ŋ": "n", "ƙ": "k", "ɗ": "d"}
)
# Cyrillic as Serbian in Latin letters without its signs, so that one word is one word in both.
_CYRILLIC = str.maketrans(
    dict(zip("абвгдежзиклмнопрстуфхцчшыэіјћґ", "abvgdezziklmnoprstufhccsyeijcg", strict=True))
    | {
        "я": "ja",
        "ю": "ju",
        "щ": "sc",
        "ё": "e",
        "ь": "",
        "ъ": "",
        "љ": "lj",
        "њ": "nj",
        "ђ": "dj",
        "џ": "dz",
        "є": "je",
    }
)
_WATER = re.compile(r"\bماء\b")  # without its hamza it would read as "not"
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´ʹ", "'"))
_DRAWN_OUT = re.compile(r"([^\W\d])\1{2,}")
_NOT_JOINED = re.compile(r"n't\b")
_AGE_UNIT = re.compile(
    r"\b\d{1,2}(?=(?:ans|anos?|annees|years?|yrs?|yo|mois|eme|ieme|st|nd|rd|th)\b|[\u0620-\u064a\u0980-\u09ff])"
    r"|\b\d\d(?=(?:an|ann?i|anyos|let|letn\w*|god|god[ai]\w*|rok\w*|ricn\w*|vje[cqt]\w*|eves\w*|yas\w*|y[iu]m|tu[io]i?|t|sui"
    r"|bo[cs]\w*|sal\w*)\b)"
)  # a digit before Latin letters may be Arabic: "3anni"
_LONGEST_WORD = 30  # a longer one is read in pieces, so that no text takes long to read
_HAN = r"[\u3400-\u9fff]"  # a character is a word
SIGNS = r"\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u09d7"  # vowels that Python takes for no letters
_WORD = re.compile(rf"{_HAN}|(?:(?!{_HAN})[^\W_]|[{SIGNS}]){{1,{_LONGEST_WORD}}}|[.,;:!?\n؟،؛()\"«»…]+|\[[a-z ]+\]")
_ONE_HAN = re.compile(_HAN)
_BREAK = frozenset('.,;:!?\n؟،؛()"«»…')

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, the clause each lies in (same length), and whether it ends as a question."""

    words: Words
    clauses: tuple[int, ...]
    asks: bool

    def spelt_out(self, spellings: Mapping[str, Words]) -> "Reading":
        """With whole words for chat spellings ("jsuis": "je", "suis")."""
        if spellings.keys().isdisjoint(self.words):
            return self
        pairs = [
            (whole, clause)
            for word, clause in zip(self.words, self.clauses, strict=True)
            for whole in spellings.get(word, (word,))
        ]
        return Reading(tuple(whole for whole, _ in pairs), tuple(clause for _, clause in pairs), self.asks)


def plain(text: str) -> str:
    """Lower case, without accents, vowel signs or letter variants; digits as 0 to 9."""
    text = unicodedata.normalize("NFKD", _WATER.sub("الماء", text.translate(_QUOTES).casefold()))
    text = "".join(_digit(c) for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    return _DRAWN_OUT.sub(r"\1", text.translate(_ARABIC).translate(_LETTERS).translate(_CYRILLIC))


def read(text: str) -> Reading:
    """The words of a text."""
    words: list[str] = []
    clauses: list[int] = []
    clause = 0
    for found in _WORD.findall(_AGE_UNIT.sub(r"\g<0> ", _NOT_JOINED.sub("nt", plain(text)))):
        if found[0] in _BREAK:
            clause += 1
            continue
        words.append(found)
        clauses.append(clause)
    return Reading(tuple(words), tuple(clauses), text.rstrip().endswith(("?", "؟")))


def is_han(word: str) -> bool:
    """Whether a word is a Chinese character."""
    return bool(_ONE_HAN.fullmatch(word))


def _digit(character: str) -> str:
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))
