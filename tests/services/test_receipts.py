"""Receipts are written, read again however they are typed, and not mistaken for a sentence."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.receipts import DIGITS, MISTYPED, ReceiptCode, new_code, parse
from services.words import LANGUAGES, plain, word_list

codes = st.binary(min_size=10, max_size=10).map(ReceiptCode)
languages = st.sampled_from([*LANGUAGES])


@given(codes, languages)
def test_words_are_read_again(code: ReceiptCode, language: str):
    words = code.words(language)
    assert len(words.split()) == 8
    for typed in (
        words, words.upper(), plain(words), words.replace(" ", "-"), words.replace(" ", ",\n"), f"  {words}. ",
        " ".join(word[:4] for word in plain(words).split()),
    ):  # fmt: skip
        assert parse(typed) == code


@given(codes)
def test_digits_are_read_again_in_any_script(code: ReceiptCode):
    digits = code.digits
    assert len(digits.replace(" ", "")) == DIGITS
    assert all(len(group) == 3 for group in digits.split())
    for typed in (digits, digits.replace(" ", ""), digits.replace(" ", "-"), digits.replace(" ", "\n"), f" {digits}."):
        assert parse(typed) == code
    for zero in "٠۰०০":
        assert parse(digits.translate({48 + n: chr(ord(zero) + n) for n in range(10)})) == code


@pytest.mark.parametrize("language", ["ro", "uk", "fa"])
def test_a_language_without_a_list_gets_french_words(language: str):
    code = new_code()
    assert code.words(language) == code.words("fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_put_for_another_is_noticed_but_for_one_in_256(language: str):
    dice = random.Random(7)
    words, missed, tried = word_list(language).words, 0, 20_000
    for _ in range(tried):
        code = ReceiptCode(dice.randbytes(10))
        typed = code.words(language).split()
        place = dice.randrange(8)
        typed[place] = dice.choice([word for word in words[:50] if word != typed[place]])
        missed += parse(" ".join(typed)) is not MISTYPED
    assert 0.5 < missed / tried * 256 < 1.6


def test_a_wrong_digit_is_noticed_but_for_one_in_256():
    dice = random.Random(7)
    missed, tried = 0, 20_000
    for _ in range(tried):
        typed = list(ReceiptCode(dice.randbytes(10)).digits.replace(" ", ""))
        place = dice.randrange(DIGITS)
        typed[place] = str((int(typed[place]) + dice.randrange(1, 10)) % 10)
        missed += parse("".join(typed)) is not MISTYPED
    assert 0.4 < missed / tried * 256 < 1.6


@given(codes, languages, st.integers(0, 7))
def test_a_receipt_with_a_misspelt_word_or_a_lost_digit_is_mistyped(code: ReceiptCode, language: str, place: int):
    typed = code.words(language).split()
    typed[place] = "qqqqq"
    assert parse(" ".join(typed)) is MISTYPED
    digits = code.digits.replace(" ", "")
    assert parse(digits[1:]) is MISTYPED
    assert parse(digits + "0") is MISTYPED


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "hello", "119", "06 39 98 12 34", "0" * 25, "0" * 29,
        "this man say you must work all day", "they hurt me and took my passport away",
        "my boss keep my money every night",
        "il garde mon passeport et je travaille la nuit", "mon patron prend mon argent chaque nuit dehors",
        "mi jefe me quita el dinero cada noche", "no puedo salir de casa nunca sola ayuda",
        "glance enough sudden city fox mosquito beach", "abri " * 9,
        "I need help now please call the police", "je veux porter plainte contre ma patronne demain",
    ],
)  # fmt: skip
def test_what_people_say_is_not_taken_for_a_receipt(text: str):
    assert parse(text) is None


def test_a_word_cut_short_may_look_like_a_little_word():
    places = word_list("fr").words.index("pourpre")
    code = ReceiptCode((places << 69).to_bytes(10))
    assert code.words("fr").startswith("pourpre ")
    assert parse(" ".join(word[:4] for word in code.words("fr").split())) == code


def test_a_sentence_around_a_receipt_is_no_receipt():
    assert parse(f"voici {new_code().words('fr')}") is None
    assert parse(f"my code {new_code().digits}") is None


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str):
    parse(text)


def test_the_secret_is_not_printed():
    code = ReceiptCode(b"secret1234")
    assert "secret" not in repr(code)
