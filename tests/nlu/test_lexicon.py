"""Words to concepts: stems, typing errors, Arabic in two scripts, numbers in words."""

import pytest

from nlu.arabizi import looks_arabizi, skeleton, unprefixed
from nlu.lexicon import Lexicon, distance
from nlu.words import plain, read


def taught(*forms: str) -> Lexicon:
    lexicon = Lexicon()
    for form in forms:
        lexicon.add(form, 1)
    lexicon.seal(["morte"])
    return lexicon


@pytest.mark.parametrize("word", ["menace", "menaces", "menacee", "menasse", "mneace"])
def test_a_stem_is_found_with_its_endings_and_typing_errors(word: str) -> None:
    assert taught("menac*").concepts(word, arabizi=False) == {1}


def test_a_guarded_word_is_never_a_mistyped_other_one() -> None:
    assert not taught("forte").concepts("morte", arabizi=False)


def test_a_part_is_found_inside_an_arabic_word() -> None:
    assert taught("*قتل*").concepts(plain("سيقتلونني"), arabizi=False) == {1}


def test_arabic_in_latin_letters_has_the_same_bones() -> None:
    assert skeleton("y9tlni") == skeleton(plain("يقتلني"))
    assert taught("يقتلني").concepts("y9tlni", arabizi=True) == {1}


def test_arabic_prefixes_come_off_one_after_the_other() -> None:
    assert unprefixed("وبالمدرسه") == ["بالمدرسه", "المدرسه", "مدرسه"]


@pytest.mark.parametrize(
    ("word", "arabizi"), [("3lia", True), ("y9tlni", True), ("3eme", False), ("2nd", False), ("15h", False)]
)
def test_digits_that_are_letters_are_told_from_counts(word: str, arabizi: bool) -> None:
    assert looks_arabizi(word) is arabizi


def test_a_swap_is_one_error() -> None:
    assert (distance("abcd", "abdc"), distance("abcd", "abd"), distance("abc", "abcdef")) == (1, 1, 3)


def test_words_are_read_in_one_spelling() -> None:
    assert plain("Ça, ÉTÉ أنَا ١٥ aideeeez") == "ca, ete انا 15 aidez"


def test_clauses_and_chat_spellings() -> None:
    reading = read("jsuis là, 15ans?").spelt_out({"jsuis": ("je", "suis")})
    assert reading.words == ("je", "suis", "la", "15", "ans")
    assert reading.clauses == (0, 0, 0, 1, 1)
    assert reading.asks
