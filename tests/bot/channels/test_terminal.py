"""The terminal: a number that is shown is the number that is heard, for people and for scripts."""

from collections.abc import Callable
from dataclasses import replace

from bot.channels.terminal import Talk, as_json, as_text, person
from bot.messages import Reply, ShownReceipt
from bot.turns import Host
from services.database import Database
from services.keys import Keys
from tests.bot.stage import Guest, coordinator


async def test_the_numbers_that_are_shown_are_those_that_can_be_typed(host: Host):
    guest = await Guest(host).at_menu("en")
    shown = as_text(guest.reply).splitlines()
    third = next(line for line in shown if line.startswith("  3. "))
    await guest.say("3")
    assert guest.reply.taken == third.removeprefix("  3. ")


async def test_numbers_to_call_and_ways_out_have_no_number_of_their_own(host: Host):
    guest = await Guest(host).at_menu("en")
    await guest.tap("sos")
    lines = as_text(guest.reply).splitlines()
    answers = [choice.label for choice in guest.reply.screens[-1].choices if choice.role == "answer"]
    assert answers
    assert [line for line in lines if line[:3].strip().isdigit()] == [f"  {n}. {a}" for n, a in enumerate(answers, 1)]
    assert "  -  Call 112" in "\n".join(lines)
    assert any(line.startswith("  -  ") and "Menu" in line for line in lines)


async def test_where_words_are_asked_for_a_number_is_a_word_and_none_is_shown(host: Host):
    guest = await Guest(host).at_menu("en")
    await guest.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")
    assert guest.reply.screens[-1].asks_text
    assert not [line for line in as_text(guest.reply).splitlines() if line.startswith("  1. ")]


async def test_a_script_chooses_by_the_place_in_the_list_that_it_was_given(host: Host):
    talk = Talk(host, "script", "en")
    welcome = await talk.begin()
    second = welcome.screens[-1].choices[1]
    assert (await talk.choose("2")).taken == second.label
    sos = await talk.choose("sos")
    place, first = next((n, one) for n, one in enumerate(sos.screens[-1].choices, 1) if one.role == "answer")
    assert place > 1, "calls come before it"
    assert (await talk.choose(str(place))).taken == first.label


def reader(*lines: str) -> Callable[[], str]:
    """Somebody who types these lines and then goes."""
    left = iter((*(f"{line}\n" for line in lines), ""))
    return lambda: next(left)


async def test_a_buttons_words_are_its_tap_here_and_a_message_on_the_web(host: Host, database: Database, keys: Keys):
    await coordinator(database, keys)
    receipt = (await (await Guest(host, "web", "sender").at_menu("en")).asks_for_help()).receipts[0]
    web = await Guest(host, "web", "reader").at_menu("en")
    await web.say(receipt.words)
    await web.tap("write")
    assert (await web.say("Yes")).step == "approve"
    written: list[str] = []
    await person(
        Talk(host, "here", "en"), reader("start", receipt.words, "Write to the coordination", "Yes"), written.append
    )
    assert [lines for lines in written if "Sent. The answer will wait" in lines]


def test_a_script_is_told_whose_receipt_it_is_where_it_could_be_anothers():
    own, professional = (ShownReceipt("words", "123", holder) for holder in ("person", "professional"))
    reply = Reply(1, "fr", "receipt", "open", ())
    shown = [as_json(replace(reply, receipts=receipts))["receipt"] for receipts in ((), (own,), (professional,))]
    assert shown == [
        None,
        {"words": "words", "digits": "123"},
        {"words": "words", "digits": "123", "holder": "professional"},
    ]
    both = as_json(replace(reply, receipts=(professional, own)))["receipt"]
    assert [receipt["holder"] for receipt in both] == ["professional", "person"]
