"""The conversations that are measured are those that people can have: every tap is a button that was shown."""

from bench.talk import talks
from bot.app import content
from dialogs.events import Chose


def test_every_tap_is_a_button_of_the_message_before():
    taps = [move for talk in talks(content(), 4, 12) for move in talk.moves if isinstance(move.event, Chose)]
    assert len(taps) > 10
    for tap in taps:
        assert isinstance(tap.event, Chose)
        keyboard = tap.what["message"]["reply_markup"]["inline_keyboard"]
        assert tap.what["data"] in [button.get("callback_data") for row in keyboard for button in row]
        assert tap.what["data"].partition(".")[2] == tap.event.choice
