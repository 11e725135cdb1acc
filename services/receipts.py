"""A receipt's form: 80 random bits and a check of 8, written as 8 words or as 27 digits, and read again."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from services.words import LANGUAGES, WordList, tokens, word_list

SECRET_SIZE = 10
CHECK_BITS = 8
CODE_BITS = SECRET_SIZE * 8 + CHECK_BITS
WORDS = 8
WORD_BITS = 11
NEARLY = 6
DIGITS = 27
GROUP = 3
OTHERWISE = "fr"

# Little words that sentences have and receipts never: a text with one of them is a sentence.
SENTENCE = frozenset(
    tokens(
        """
        a i he she we me my his her him it is am are was be been the and or but not no to of in on at for from with by
        so if as do did does has had don
        un una uno el la los las de del al y o e que mi te se su lo le les en con por para es soy son
        une des du et ou je tu il elle nous vous ils elles mon ma mes ne pas ce qui d j m n s t c l qu au aux dans sur
        pour par avec est suis sont ai
        في من على إلى عن مع هذا هذه ذلك تلك هو هي هم أنا نحن أنت لا ما لم لن قد كان كانت أن إن أو ثم بل كل بعد قبل
        عند منذ حتى لكن الذي التي كيف متى أين لماذا يا ليس هنا هناك جدا بين لي لك له لها
        """
    )
)


class Mistyped(Enum):
    """A text that was meant as a receipt and is not one: the check does not fit, or a word or digit is missing."""

    MISTYPED = "mistyped"


MISTYPED = Mistyped.MISTYPED


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """The 10 secret bytes of a receipt."""

    secret: bytes = field(repr=False)

    @property
    def digits(self) -> str:
        """27 digits in 9 groups of 3."""
        text = f"{_number(self.secret):0{DIGITS}}"
        return " ".join(text[start : start + GROUP] for start in range(0, DIGITS, GROUP))

    def words(self, language: str) -> str:
        """8 words of the language's list; of the French one where a language has none."""
        words = word_list(language if language in LANGUAGES else OTHERWISE).words
        number = _number(self.secret)
        places = (number >> shift & (1 << WORD_BITS) - 1 for shift in range(CODE_BITS - WORD_BITS, -1, -WORD_BITS))
        return " ".join(words[place] for place in places)


def new_code() -> ReceiptCode:
    """A receipt that nobody can guess."""
    return ReceiptCode(secrets.token_bytes(SECRET_SIZE))


def parse(text: str) -> ReceiptCode | Mistyped | None:
    """The receipt in a text: all of it must be one. None: the text does not look like a receipt at all."""
    if (digits := _digits(text)) is not None:
        return _from_digits(digits)
    typed = tokens(text)
    found = _from_words(typed) if len(typed) == WORDS else None
    return None if found is MISTYPED and not SENTENCE.isdisjoint(typed) else found


def _digits(text: str) -> str | None:
    """The digits of a text of digits, whatever their script and what stands between; None for other texts."""
    if any(character.isalpha() for character in text):
        return None
    digits = "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())
    return digits if abs(len(digits) - DIGITS) <= 1 else None


def _from_digits(digits: str) -> ReceiptCode | Mistyped:
    return _checked(int(digits)) if len(digits) == DIGITS else MISTYPED


def _from_words(typed: list[str]) -> ReceiptCode | Mistyped | None:
    seen: Mistyped | None = None
    for language in LANGUAGES:
        places = _places(typed, word_list(language))
        if len(places) == WORDS and isinstance(code := _checked(_joined(places)), ReceiptCode):
            return code
        if len(places) >= NEARLY:
            seen = MISTYPED
    return seen


def _places(typed: list[str], words: WordList) -> list[int]:
    return [place for token in typed if (place := words.place(token)) is not None]


def _joined(places: list[int]) -> int:
    number = 0
    for place in places:
        number = number << WORD_BITS | place
    return number


def _number(secret: bytes) -> int:
    return int.from_bytes(secret + _check(secret))


def _check(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=CHECK_BITS // 8, person=b"receipt").digest()


def _checked(number: int) -> ReceiptCode | Mistyped:
    if number >> CODE_BITS:
        return MISTYPED
    secret = (number >> CHECK_BITS).to_bytes(SECRET_SIZE)
    return ReceiptCode(secret) if _number(secret) == number else MISTYPED
