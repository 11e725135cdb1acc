"""The agreement: each purpose is asked apart, in the words and language that are kept, and taken back apart."""

import pytest

from dialogs import agreement
from dialogs.commands import GiveConsent, SubmitReferral, WithdrawConsent
from dialogs.events import Holder, ReceiptSeen, Said, Standing
from dialogs.purposes import STANDS, Purpose
from tests.dialogs.world import AT, Person, as_person, at_review


def agreed(*taps: str) -> SubmitReferral:
    person = at_review()
    person.tap("ok", "read", *taps)
    (command,) = person.turn.commands
    assert isinstance(command, SubmitReferral)
    return command


def behind_a_receipt(
    *, without: tuple[Purpose, ...] = (), until: str = "2028-01-01", holder: Holder = "person"
) -> Person:
    person = as_person()
    standing = Standing("claimed", without=without, until=until)
    seen = ReceiptSeen("open", "R-1", holder, standing)
    person.send(Said(AT, "", receipt=seen))
    return person


@pytest.mark.parametrize(
    ("taps", "purposes"),
    [
        (("yes", "yes"), ["search", "contact", "statistics"]),
        (("yes", "no"), ["search", "contact"]),
        (("silent", "yes"), ["search", "statistics"]),
        (("all", "silent", "no"), ["search"]),
    ],
)
def test_nobody_agrees_to_more_than_they_tapped(taps: tuple[str, ...], purposes: list[str]):
    command = agreed(*taps)
    assert [purpose for consent in (command.consent, *command.also) for purpose in consent.purposes] == purposes


def test_what_is_kept_is_what_was_read():
    short, whole = agreed("yes", "yes"), agreed("all", "yes", "yes")
    assert agreement.SHORT["place"] in short.consent.text
    assert agreement.KEPT[0] not in short.consent.text
    assert agreement.KEPT[0] in whole.consent.text
    assert short.also[0].text == whole.also[0].text == agreement.STATISTICS


def test_nothing_is_sent_before_the_last_question_and_back_leads_to_the_first():
    person = at_review()
    person.tap("ok", "read", "yes")
    assert person.commands == []
    assert person.place == ("consent", "statistics")
    person.tap("back")
    assert person.place == ("consent", "text")


def test_who_is_asked_reads_that_made_figures_stay():
    assert any("already made stay" in line.msgid for line in agreement.STATISTICS)


def test_no_more_messages_is_asked_once_more_and_then_nobody_writes():
    person = behind_a_receipt()
    assert "write" in person.choices
    person.tap("agreed", "silence")
    assert person.commands == []
    person.tap("yes")
    assert person.turn.commands == (WithdrawConsent("R-1", "contact"),)
    person.tap("request")
    assert "write" not in person.choices
    assert any("You said no to messages" in line for line in person.words)
    person.tap("agreed", "allow")
    (command,) = person.turn.commands
    assert isinstance(command, GiveConsent)
    assert (command.consent.purposes, command.consent.language) == (("contact",), "fr")
    person.tap("request")
    assert "write" in person.choices


def test_being_counted_is_taken_back_and_given_again():
    person = behind_a_receipt()
    person.tap("agreed", "uncount")
    assert person.turn.commands == (WithdrawConsent("R-1", "statistics"),)
    person.tap("count")
    assert any("already made stay" in line for line in person.words)
    person.tap("yes")
    (command,) = person.turn.commands
    assert isinstance(command, GiveConsent)
    assert command.consent.text == agreement.STATISTICS[1:], "what was sent already is not said to be sent"


def test_a_longer_time_is_offered_when_the_end_is_near():
    person = behind_a_receipt()
    person.tap("agreed")
    assert "longer" not in person.choices
    person = behind_a_receipt(until="2026-12-01")
    person.tap("agreed", "longer")
    (command,) = person.turn.commands
    assert isinstance(command, GiveConsent)
    assert command.consent.purposes == ("search",)
    assert "longer" not in person.choices
    assert STANDS > 365 * 24 * 3600


def test_what_the_person_agreed_to_is_not_the_professional_s_to_change():
    person = behind_a_receipt(holder="professional", without=("contact",))
    assert "agreed" not in person.choices
    assert "write" in person.choices, "their own exchange stays"
