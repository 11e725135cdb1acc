"""Reading ease: an easier text has the higher figure, in the languages that have a formula."""

import pytest

from dialogs.readability import FORMULAS, ease, syllables

EASY_AND_HARD = {
    "en": ("You can call them. It is free.", "The administration subsequently communicates its determination."),
    "fr": ("Vous pouvez appeler. C’est gratuit.", "L’administration communique ultérieurement sa détermination."),
    "es": ("Puede llamar. Es gratis.", "La administración comunicará posteriormente su determinación administrativa."),
}


@pytest.mark.parametrize("language", FORMULAS)
def test_an_easy_text_has_the_higher_figure(language: str):
    easy, hard = (ease(language, [text]) for text in EASY_AND_HARD[language])
    assert easy is not None
    assert hard is not None
    assert easy > 60 > hard


def test_flesch_as_it_was_published():
    """Six words of one syllable in one sentence: 206.835 less 1.015 times 6, less 84.6."""
    assert ease("en", ["The cat sat on the mat."]) == pytest.approx(116.145)


def test_arabic_has_no_formula_and_nothing_has_no_figure():
    assert ease("ar", ["يمكنك الاتصال."]) is None
    assert ease("fr", ["…"]) is None


@pytest.mark.parametrize(
    ("language", "word", "count"),
    [("en", "people", 2), ("en", "called", 1), ("fr", "victimes", 2), ("fr", "récépissé", 4), ("es", "policía", 4)],
)
def test_syllables_are_counted_by_ear(language: str, word: str, count: int):
    assert syllables(word, language) == count
