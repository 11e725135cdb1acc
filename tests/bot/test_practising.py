"""A new receipt is tried once before leaving: two of its words or groups, kindly compared, and no dead end."""

from dataclasses import replace

import pytest

from bot.messages import ShownReceipt
from bot.turns import Host
from dialogs.events import Chose
from dialogs.practising import Fresh, keeping
from dialogs.session import Frame, Session
from tests.bot.handed import TO_THE_PERSON, sends, two
from tests.bot.stage import Guest
from tests.dialogs.world import Person, as_person

LANGUAGES = {"fr": "C’est juste", "en": "That is right", "es": "Es correcto", "ar": "هذا صحيح"}


async def asked(host: Host, language: str = "en", address: str = "here") -> tuple[Guest, ShownReceipt]:
    """Somebody who has just written down their receipt."""
    guest = await Guest(host, "web", address).at_menu(language)
    receipt = (await guest.asks_for_help()).receipts[0]
    await guest.tap("finished")
    assert guest.reply.step == "practise"
    return guest, receipt


def typed_carelessly(written: str) -> list[str]:
    """The same two, as people write them."""
    second, fifth = two(written).split()
    return [f"{second}, {fifth}.", f"{fifth} {second}".upper(), f"{second[:4]}\n{fifth}"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_two_words_or_two_groups_are_enough(host: Host, language: str):
    for form in ("words", "digits"):
        guest, receipt = await asked(host, language, form)
        await guest.say(two(getattr(receipt, form)))
        assert LANGUAGES[language] in guest.words
        assert guest.reply.flow == "menu"


async def test_it_does_not_matter_how_they_are_typed(host: Host):
    for number in range(3):
        guest, receipt = await asked(host, "fr", f"words{number}")
        await guest.say(typed_carelessly(receipt.words)[number])
        assert guest.reply.flow == "menu"
    guest, receipt = await asked(host, "ar", "figures")
    await guest.say(two(receipt.digits, "").translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    assert guest.reply.flow == "menu"


async def test_who_cannot_find_it_gets_a_new_one_and_the_old_one_dies(host: Host):
    guest, old = await asked(host)
    await guest.say("000 000")
    new = (await guest.tap("another")).receipts[0]
    await guest.tap("finished")
    await guest.say(two(new.words))
    assert "That is right" in guest.words
    other = await Guest(host, "terminal", "elsewhere").at_menu("en")
    await other.say(old.words)
    assert "No request belongs to this receipt" in other.words
    await other.say(new.digits)
    assert other.reply.step == "open"


async def test_who_did_not_write_it_down_gets_a_new_one_twice_if_need_be(host: Host):
    guest = await Guest(host, "web").at_menu("en")
    await guest.asks_for_help()
    first = (await guest.tap("lost", "another")).receipts[0]
    second = (await guest.tap("lost", "another")).receipts[0]
    assert first.words != second.words
    await guest.say(second.words)
    assert guest.reply.step == "open"


async def test_it_is_skipped_with_one_tap(host: Host):
    guest, _ = await asked(host)
    await guest.tap("skip")
    assert guest.reply.flow == "menu"


async def test_the_person_of_a_professionals_referral_tries_theirs_in_their_language(host: Host):
    guest = Guest(host, "web")
    await sends(guest)
    theirs = (await guest.tap(*TO_THE_PERSON, "show")).receipts[0]
    await guest.tap("finished")
    assert "Escriba la segunda y la quinta palabra." in guest.words
    await guest.say("000 000")
    await guest.tap("another", "finished")
    assert guest.reply.language == "es"
    await guest.say(theirs.digits)
    assert "Aucune demande" in guest.words


async def test_a_professional_tries_theirs_in_their_own_language_and_then_hands_over(host: Host):
    guest = Guest(host, "web")
    own = (await sends(guest)).receipts[0]
    await guest.tap("finished")
    assert {screen.language for screen in guest.reply.screens} == {"fr"}
    assert "Écrivez le deuxième et le cinquième mot." in guest.words
    await guest.say("000 000")
    assert "another" in guest.choices
    await guest.say(two(own.digits))
    assert "C’est juste" in guest.words
    assert guest.reply.step == "over"
    await guest.tap("next", "show")
    assert guest.reply.receipts[0].holder == "person"


async def test_a_professional_who_did_not_write_theirs_down_is_shown_another_and_the_person_theirs(
    host: Host,
):
    guest = Guest(host, "web")
    old = (await sends(guest)).receipts[0]
    new = (await guest.tap("finished", "lost")).receipts[0]
    assert (guest.reply.step, new.holder) == ("own", "professional")
    await guest.tap("finished")
    await guest.say(two(new.words))
    theirs = (await guest.tap("next", "show")).receipts[0]
    for receipt, opens in ((old, False), (new, True), (theirs, True)):
        other = await Guest(host, "terminal", receipt.words).at_menu("en")
        await other.say(receipt.digits)
        assert (other.reply.step == "open") == opens


async def test_on_the_persons_page_the_professionals_receipt_is_neither_tried_nor_replaced(host: Host):
    """The person saw theirs elsewhere meanwhile: nothing is left to try in this conversation."""
    guest = Guest(host, "web")
    own = (await sends(guest)).receipts[0]
    await guest.tap(*TO_THE_PERSON)
    other = await Guest(host, "web", "other").at_menu("fr", "professional")
    await other.say(own.words)
    await other.tap("hand_over", "show")
    found = await host.present("web", "here", guest.at)
    assert found is not None
    guest.reply = found
    await guest.tap("finished")
    assert guest.reply.flow == "menu"


async def test_where_somebody_replaced_it_meanwhile_nothing_is_made_and_nobody_waits(host: Host):
    guest, old = await asked(host)
    await guest.say("000 000")
    other = await Guest(host, "web", "other").at_menu("en")
    await other.say(old.words)
    new = (await other.tap("renew", "yes")).receipts[0]
    await guest.tap("another")
    assert not guest.reply.receipts
    await other.say(new.words)
    assert other.reply.step == "open"


WORDS = "abeille bagage cabane dauphin facile galerie habitude jaguar"
DIGITS = "123 456 789 012 345 678 901 234 567"
BEGUN = Session("fr", 0, stack=(Frame("menu", "choose"), Frame("receipt", "kept")))


def at_practice() -> Person:
    person = as_person()
    session = keeping(replace(person.turn.session, stack=BEGUN.stack), Fresh("R-1", "person", 1, WORDS, DIGITS))
    person.turn = replace(person.turn, session=session)
    person.send(Chose(person.at, "finished", session.turn))
    assert person.place == ("receipt", "practise")
    return person


def test_a_wrong_word_is_told_with_its_place_and_may_be_tried_again():
    person = at_practice()
    for typed, told in (
        ("bagage", "Please write two"),
        ("bagage cabane dauphin", "Please write two"),
        ("bagage cabane", "The second is right. The fifth is another one."),
        ("012 345", "The fifth is right. The second is another one."),
        ("cabane dauphin", "Count from the first one"),
    ):
        person.say(typed)
        assert person.place == ("receipt", "practise")
        assert any(told in line for line in person.words), typed
    assert {"skip", "another", "lost", "sos", "back", "leave"} <= set(person.choices)
    person.say("345 456")
    assert any("That is right" in line for line in person.words)


@pytest.mark.parametrize("danger", ["minor", "medical", "suicide"])
def test_what_the_right_two_are_like_does_not_matter(danger: str):
    person = at_practice()
    person.say("bagage facile", "quick_exit", danger=(danger,))
    assert person.place[0] == "menu"
    assert any("That is right" in line for line in person.words)


def test_two_others_are_no_alarm_unless_they_surely_are_one():
    person = at_practice()
    person.say("poivre sanglier", "quick_exit", danger=("medical",), unsure=("medical",))
    assert person.place == ("receipt", "practise")
    person.say("au secours", danger=("threat",))
    assert person.place[0] == "crisis"


def test_a_sentence_written_there_is_heard_as_anywhere():
    person = at_practice()
    person.say("je veux parler a quelqu un", "talk_to_human")
    assert person.place[0] == "human"


def test_no_word_of_a_receipt_lies_in_the_conversation():
    """What is kept there: one byte of each of four parts, and no part."""
    session = keeping(BEGUN, Fresh("R-1", "person", 1, WORDS, DIGITS))
    assert len(session.stack[-1].answer("marks") or "") == len("aa,bb,cc,dd")
    assert not [part for part in (*WORDS.split(), *DIGITS.split()) if part in str(session)]
    menu = replace(BEGUN, stack=BEGUN.stack[:1])
    assert keeping(menu, Fresh("R-1", "person", 1, WORDS, DIGITS)) == menu
