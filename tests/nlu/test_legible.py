"""What is seen of a text, whatever signs it is written with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.legible import legible, unmarked


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Mar\u200bse\u0335ille", "Marseille"),
        ("М\u0430rs\u0435ille", "Marseille"),
        ("\u0410\u0456\u0445", "Aix"),
        ("\U0001d40c\U0001d41a\U0001d42b\U0001d42c", "Mars"),
        ("\u1d0d\u1d00\u0280s", "mars"),
        ("g\u034fa\ufe0fre\u3164", "gare"),
        ("Ly0n, 8h00, A10, 2010", "Lyon, 8h00, A10, 2010"),
        ("Île-de-France, e\u0301te\u0301", "Île-de-France, été"),
        ("Встреча в Марселе", "Встреча в Марселе"),
        ("Καλημέρα", "Καλημέρα"),
        ("أراك في المحطة", "أراك في المحطة"),
    ],
)
def test_a_text_is_read_as_it_is_seen(written: str, seen: str):
    assert legible(written) == seen


@given(st.text())
def test_what_was_read_is_read_the_same_again_and_keeps_its_length_without_marks(text: str):
    once = legible(text)
    assert len(unmarked(once)) == len(once)
    assert legible(once) == once
