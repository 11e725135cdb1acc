"""Boxes open only with their key, in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.sealing import Unreadable, bound, new_box, new_key_pair, open_sealed, pad, seal_to, unpad


@given(st.binary(max_size=10_000))
def test_what_is_padded_comes_back_and_its_size_tells_little(words):
    padded = pad(words)
    assert unpad(padded) == words
    assert len(padded) in (256, 512, 1024, 2048) or len(padded) % 4096 == 0


def test_what_was_not_padded_is_not_taken_for_it():
    with pytest.raises(Unreadable):
        unpad(b"words")


@given(st.lists(st.binary(max_size=8), max_size=4), st.lists(st.binary(max_size=8), max_size=4))
def test_different_parts_are_never_bound_to_the_same(one, other):
    assert (bound(*one) == bound(*other)) == (one == other)


def test_a_box_opens_with_its_key_and_its_place_only():
    box = new_box()
    sealed = box.seal(b"words", b"here")
    assert box.open(sealed, b"here") == b"words"
    for wrong in (
        lambda: box.open(sealed, b"there"),
        lambda: new_box().open(sealed, b"here"),
        lambda: box.open(b"", b""),
    ):
        with pytest.raises(Unreadable):
            wrong()


@given(st.integers(0, 300), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place, change):
    box = new_box()
    sealed = bytearray(box.seal(b"words", b""))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(Unreadable):
        box.open(bytes(sealed), b"")


def test_the_same_words_are_sealed_differently_each_time():
    box = new_box()
    assert box.seal(b"words", b"") != box.seal(b"words", b"")


def test_a_sealed_box_opens_for_its_reader_in_its_place_only():
    reader = new_key_pair()
    sealed = seal_to(reader.public, b"words", b"here")
    assert open_sealed(reader.private, sealed, b"here") == b"words"
    for private, place in ((reader.private, b"there"), (new_key_pair().private, b"here")):
        with pytest.raises(Unreadable):
            open_sealed(private, sealed, place)
    with pytest.raises(Unreadable):
        open_sealed(reader.private, b"short", b"here")


def test_keys_are_not_printed():
    assert "key" not in repr(new_box())
    assert "private" not in repr(new_key_pair())
