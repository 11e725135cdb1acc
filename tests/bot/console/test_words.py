"""The console's words: each fixed word of the queue has a name here, and a sentence for who reads a receipt."""

from typing import get_args

from bot.console import words
from dialogs.declining import INSTEAD, WHY
from services import queue


def test_every_state_has_words():
    assert tuple(words.STATE) == get_args(queue.State)
    assert tuple(words.SET_STATE) == queue.SETTABLE


def test_every_reason_can_be_chosen_and_is_told_to_the_person():
    assert tuple(words.REASON) == queue.REASONS
    assert set(WHY) == set(queue.REASONS)


def test_what_fits_instead_can_be_chosen_and_is_told_to_the_person():
    assert tuple(words.ALTERNATIVE) == queue.ALTERNATIVES
    assert set(INSTEAD) == set(queue.ALTERNATIVES)
