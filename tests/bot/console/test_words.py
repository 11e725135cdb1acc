"""The console's words: each fixed word of the queue has a name here, and a sentence for who reads a receipt."""

from bot.console import words
from dialogs.declining import INSTEAD, WHY
from dialogs.standing_words import STATES
from services.referrals import acts, life


def test_every_state_has_words():
    assert tuple(words.STATE) == life.STATES
    assert set(STATES) == set(life.STATES)
    assert set(words.SET_STATE) == {
        to for table in life.STEPS.values() for (_, to), who in table.items() if who & {*life.DESK}
    } - {*acts.OWN_ACTS}


def test_every_reason_can_be_chosen_and_is_told_to_the_person():
    assert tuple(words.REASON) == life.REASONS
    assert set(WHY) == set(life.REASONS)


def test_what_fits_instead_can_be_chosen_and_is_told_to_the_person():
    assert tuple(words.ALTERNATIVE) == life.ALTERNATIVES
    assert set(INSTEAD) == set(life.ALTERNATIVES)


def test_what_was_never_asked_is_not_told_as_somebodys_answer():
    for field, value in (("pregnancy", "unsaid"), ("interpreter", "unknown"), ("status", "unknown")):
        assert words.option(field, value) == words.NOT_SAID
    assert words.option("pregnancy", "yes") != words.NOT_SAID
