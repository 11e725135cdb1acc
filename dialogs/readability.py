"""Reading ease by the formula of a language, where there is one: from words a sentence and syllables a word.

Syllables are counted by groups of vowels, which is near and not exact. A figure to compare pages with, never a gate.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.plain import sentences


@dataclass(frozen=True, slots=True)
class Formula:
    """`base` less so much for each word a sentence and each syllable a word; 100 is very easy, 0 very hard."""

    name: str
    base: float
    words_a_sentence: float
    syllables_a_word: float


FORMULAS = {
    "en": Formula("Flesch 1948", 206.835, 1.015, 84.6),
    "fr": Formula("Kandel-Moles 1958", 207.0, 1.015, 73.6),
    "es": Formula("Fernández Huerta 1959", 206.84, 1.02, 60.0),
}
_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+"),
    "es": re.compile(r"[íú]|[iuüy]*[aeoáéó][iuü]*|[iuü]+"),
}
_SILENT = {
    "en": re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyscxzhg])es$"),
    "fr": re.compile(r"es?$"),
}
_WORD = re.compile(r"[^\W_]+")


def ease(language: str, texts: Iterable[str]) -> float | None:
    """The reading ease of texts read together; None where the language has no formula, or nothing was said."""
    formula = FORMULAS.get(language)
    said = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in said for word in _WORD.findall(sentence)]
    if formula is None or not words:
        return None
    length, weight = len(words) / len(said), sum(syllables(word, language) for word in words) / len(words)
    return formula.base - formula.words_a_sentence * length - formula.syllables_a_word * weight


def syllables(word: str, language: str) -> int:
    """How many syllables a word has, at least one; a silent ending is not counted beside others."""
    lowered = word.casefold()
    groups = _VOWELS[language].findall(lowered)
    if len(groups) > 1 and language in _SILENT:
        groups = _VOWELS[language].findall(_SILENT[language].sub("", lowered))
    return max(1, len(groups))
