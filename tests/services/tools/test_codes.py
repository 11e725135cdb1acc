"""A code as people type it: with other digits, without its letter, with a digit wrong; never taken for a receipt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import receipts
from services.receipts import MISTYPED
from services.tools.codes import DIGITS, MODULUS, RANDOM_DIGITS, ProfessionalCode, new_code, parse

NUMBERS = st.integers(0, 10**RANDOM_DIGITS - 1)
CODES = NUMBERS.map(lambda n: ProfessionalCode(f"{n:0{RANDOM_DIGITS}}{98 - n * 100 % MODULUS:02}"))


def test_a_code_has_more_than_60_random_bits_and_no_two_are_alike():
    assert 10**RANDOM_DIGITS > 2**60
    assert len({new_code().digits for _ in range(200)}) == 200
    assert all(parse(new_code().written) for _ in range(200))


@given(CODES)
def test_what_is_shown_is_read_again(code: ProfessionalCode):
    assert parse(code.written) == code
    assert parse(code.digits) == code


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda w: w.replace(" ", ""),
        lambda w: w.replace(" ", "-"),
        lambda w: f" {w}.\n",
        lambda w: w.translate({ord("0") + i: 0x660 + i for i in range(10)}),
        lambda w: w.replace("P", "Р"),
        lambda w: w.replace("P ", "Ｐ："),
    ],
)
def test_it_is_read_as_people_write_it(change):
    code = new_code()
    assert parse(change(code.written)) == code


@given(CODES, st.integers(0, DIGITS - 1), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(code: ProfessionalCode, place: int, more: int):
    wrong = (int(code.digits[place]) + more) % 10
    typed = f"{code.digits[:place]}{wrong}{code.digits[place + 1 :]}"
    assert parse(f"P {typed}") is MISTYPED
    assert parse(typed) is None  # without its letter it may be anything


@given(CODES, st.integers(0, DIGITS - 2))
def test_two_digits_that_changed_places_are_noticed(code: ProfessionalCode, place: int):
    digits = [*code.digits]
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    swapped = "".join(digits)
    assert (
        parse(f"p{swapped}") is (MISTYPED if swapped != code.digits else parse(code.written)) or swapped == code.digits
    )


@given(CODES)
def test_a_code_is_no_receipt_and_a_receipt_no_code(code: ProfessionalCode):
    assert receipts.parse(code.written) is None
    assert receipts.parse(code.digits) is None
    receipt = receipts.new_code()
    assert parse(receipt.digits) is None
    assert all(parse(receipt.words(language)) is None for language in ("fr", "en", "es"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "p",
        "06",
        "06 12 34 56 78",
        "Paris",
        "P 06 12 34 56 78",
        "passeport 123",
        "٠٦",
        "FR76 3000 6000 0112 3456 7890 189",
        "Pourquoi ? 1234",
        "x" * 10_000,
        "9" * 10_000,
    ],
)
def test_other_texts_are_other_texts(text: str):
    assert parse(text) is None


def test_a_group_left_out_is_a_mistake_in_typing():
    assert parse(new_code().written[:-4]) is MISTYPED
