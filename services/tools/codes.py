"""A professional code's form: the letter P, 19 random digits (63 bits) and two that check them, in groups of three.

Digits, because they are read aloud in every language and typed on every keyboard. The letter tells it from a receipt.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field

from services.receipts import MISTYPED, Mistyped

LETTER = "P"
LETTERS = frozenset("PpРр")  # the last two are Cyrillic
RANDOM_DIGITS = 19
DIGITS = RANDOM_DIGITS + 2
GROUP = 3
NEARLY = 4  # digits too many or too few, after the letter, that are still a mistake in typing
MODULUS = 97  # ISO 7064, MOD 97-10: finds every wrong digit, and any two that changed places


@dataclass(frozen=True, slots=True)
class ProfessionalCode:
    """The 21 digits of a code."""

    digits: str = field(repr=False)

    @property
    def written(self) -> str:
        """As it is shown and read aloud: `P 123 456 …`."""
        return " ".join((LETTER, *(self.digits[start : start + GROUP] for start in range(0, DIGITS, GROUP))))


def new_code() -> ProfessionalCode:
    """A code that nobody can guess."""
    number = secrets.randbelow(10**RANDOM_DIGITS)
    return ProfessionalCode(f"{number:0{RANDOM_DIGITS}}{MODULUS + 1 - number * 100 % MODULUS:02}")


def parse(text: str) -> ProfessionalCode | Mistyped | None:
    """The code in a text: all of it must be one. None: it does not look like a code at all.

    Without its letter only a right one is taken for a code: other numbers are as long.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    lettered = text[:1] in LETTERS
    rest = text[1:] if lettered else text
    if any(character.isalpha() for character in rest):
        return None
    digits = "".join(str(unicodedata.decimal(character)) for character in rest if character.isdecimal())
    if len(digits) == DIGITS and int(digits) % MODULUS == 1:
        return ProfessionalCode(digits)
    return MISTYPED if lettered and abs(len(digits) - DIGITS) <= NEARLY else None
