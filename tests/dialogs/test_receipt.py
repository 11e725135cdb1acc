"""What a receipt opens: its news from anywhere, who may take a request back, and until when."""

from dialogs.events import Holder, ReceiptSeen, Said, Standing
from tests.dialogs.world import AT, as_person


def test_a_lost_receipt_is_no_dead_end():
    person = as_person()
    person.tap("receipt", "lost", "anew")
    assert person.place[0] == "referral"


def test_a_receipt_opened_after_a_long_silence_says_only_its_news():
    person = as_person()
    person.wait(9999)
    person.send(
        Said(person.at, "", receipt=ReceiptSeen("open", "R-1", "person", Standing("received"), messages=("Hello",)))
    )
    assert not any("30 minutes" in line for line in person.words)


def test_a_receipt_opens_from_anywhere():
    person = as_person()
    person.tap("check", "start", "adult")
    person.send(Said(AT, "", receipt=ReceiptSeen("open", "R-1", "person", Standing("claimed"), messages=("Hello",))))
    assert person.place == ("receipt", "open")
    person.tap("close")
    assert person.place[0] == "screening"


def test_only_the_person_may_take_a_request_back():
    holders: list[tuple[Holder, bool]] = [("person", True), ("professional", False)]
    for holder, may in holders:
        person = as_person()
        person.send(Said(AT, "", receipt=ReceiptSeen("open", "R-1", holder, Standing("received"))))
        assert ("withdraw" in person.choices) is may


def test_a_closed_request_may_be_taken_back_and_one_that_was_may_not():
    for state, may in (("closed", True), ("withdrawn", False)):
        person = as_person()
        person.send(Said(AT, "", receipt=ReceiptSeen("open", "R-1", "person", Standing(state, takes=False))))
        assert ("withdraw" in person.choices) is may


def test_taking_back_asks_once_more():
    person = as_person()
    person.send(Said(AT, "", receipt=ReceiptSeen("open", "R-1", "person", Standing("received"))))
    person.tap("withdraw")
    assert person.commands == []
    person.tap("yes")
    assert person.commands == ["WithdrawReferral"]


def test_eight_mistyped_words_where_a_receipt_is_asked_for_are_no_alarm():
    eight = "abeja cuchilo triste noche muertte ventana sangria calor"
    person = as_person()
    person.say("x", "check_referral")
    person.say(eight, danger=("suicide",), unsure=("suicide",))
    assert person.place == ("receipt", "enter")
    person.say(eight, danger=("suicide",))
    assert person.place[0] == "crisis"


def test_a_sentence_where_a_receipt_is_asked_for_is_heard():
    person = as_person()
    person.say("x", "check_referral")
    person.say("je ne veux plus continuer comme cela", danger=("suicide",), unsure=("suicide",))
    assert person.place[0] == "crisis"
