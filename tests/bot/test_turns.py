"""One message, one turn: repeats, receipts, the exchange with the coordination, erasing, and what a thief reads."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, text, update

from bot import tally, turns
from bot.turns import Host
from dialogs.engine import IDLE_SECONDS
from services import brakes, sent
from services.database import Database
from services.keys import Keys
from services.receipts import new_code
from services.referrals import acts, claims, messages, queue
from services.tables import Message, Referral
from tests.bot.stage import AT, Guest, coordinator

SECRETS = ["zephyrine", "quokka", "ornithorynque", "kaleidoscope"]


async def test_the_first_word_opens_the_conversation_in_the_devices_language(host: Host):
    guest = Guest(host)
    await guest.send(language="ar")
    assert guest.reply.language == "ar"
    assert guest.reply.screens[-1].direction == "rtl"
    assert {"fr", "en", "es", "ar", "sos", "leave"} <= set(guest.choices)


async def test_a_repeated_message_is_answered_again_and_done_once(host: Host):
    guest = await Guest(host).at_menu()
    first = await guest.send(key="same", text="mes droits")
    again = await guest.send(key="same", text="mes droits")
    assert again.repeated
    assert (again.turn, again.screens) == (first.turn, first.screens)


async def test_a_page_lost_on_its_way_still_shows_its_receipt_once_more(host: Host, database: Database):
    guest = await Guest(host, "web").at_menu()
    await guest.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days", "unsaid", "unsaid", "ok", "read")
    await guest.tap("yes")
    from bot.messages import Tap

    sent = Tap(guest.reply.turn, "no")
    first = await guest.send(key="form", tap=sent)
    again = await guest.send(key="form", tap=sent)
    assert first.receipts
    assert again.receipts == first.receipts
    async with database.read() as tx:
        assert len(await queue.triage_rows(tx)) == 1


async def test_an_answer_of_the_coordination_waits_behind_the_receipt(host: Host, database: Database, keys: Keys):
    opened = await coordinator(database, keys)
    guest = await Guest(host, "web").at_menu()
    receipt = (await guest.asks_for_help("I need a room without stairs")).receipts[0]
    async with database.begin() as tx:
        (row,) = await queue.triage_rows(tx)
        await acts.claim(tx, str(row["id"]), opened.member, AT)
    async with database.begin() as tx:
        unsealed = await acts.open_sealed(tx, str(row["id"]), opened, AT)
        claimed = await queue.one(tx, str(row["id"]))
    assert "I need a room without stairs" in repr(unsealed)
    async with database.begin() as tx:
        await acts.answer(tx, str(row["id"]), opened, "We are looking. Please wait.", claimed.revision, AT)
    other = await Guest(host, "terminal", "another phone").at_menu("ar")
    await other.say(receipt.digits)
    assert "We are looking. Please wait." in other.words
    await other.say(receipt.words.upper())
    assert "We are looking. Please wait." in other.words
    await other.tap("write")
    await other.say("Thank you")
    await other.tap("send")
    assert other.reply.commands == ("PostMessage",)


async def test_a_mistyped_receipt_is_told_apart_from_an_unknown_one(host: Host):
    guest = await Guest(host).at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0]
    await guest.tap("finished")
    wrong = receipt.digits[:-1] + str((int(receipt.digits[-1]) + 1) % 10)
    await guest.say(wrong)
    assert "is not right" in guest.words


async def test_without_a_coordination_no_free_text_is_asked(host: Host):
    guest = await Guest(host).at_menu("en")
    await guest.tap("help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days", "unsaid", "unsaid")
    assert guest.reply.step == "review"


async def test_erasing_forgets_at_once_and_says_what_remains(host: Host, database: Database):
    guest = await Guest(host).at_menu("en")
    await guest.asks_for_help()
    await guest.send(command="erase")
    await guest.tap("yes")
    assert guest.reply.ended
    assert "receipt" in guest.words
    assert await host.present("terminal", "here", AT) is None
    async with database.read() as tx:
        assert len(await queue.triage_rows(tx)) == 1


async def test_hiding_forgets_and_names_the_messages_to_delete(host: Host):
    guest = await Guest(host, "telegram", "77").at_menu("en")
    await host.remember("telegram", "77", 501, AT)
    await guest.send(command="hide")
    assert guest.reply.hide
    assert 501 in guest.reply.clear
    assert await host.present("telegram", "77", AT) is None


async def test_what_was_sent_is_noted_once_the_database_will_have_it_again(
    host: Host, database: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(turns, "FLUSH_AGAIN_S", 0.05)
    guest = await Guest(host, "telegram", "77").at_menu("en")
    await host.flush()
    async with database.begin() as tx:
        await tx.execute(text("ALTER TABLE sent_messages RENAME TO away"))
    await host.remember("telegram", "77", 501, AT)
    assert guest.reply.delivery is not None
    await host.delivered(guest.reply.delivery)
    async for _ in a_while():
        if "could not be noted" in caplog.text:
            break
    async with database.begin() as tx:
        await tx.execute(text("ALTER TABLE away RENAME TO sent_messages"))
    async for _ in a_while():
        if await noted(database, keys, "77") == [501]:
            break
    assert guest.reply.delivery not in [reply.delivery for _, reply in await host.undelivered("telegram")]
    assert "501" not in caplog.text


async def a_while() -> AsyncIterator[None]:
    """Looks again and again; fails after ten seconds."""
    for _ in range(1000):
        yield
        await asyncio.sleep(0.01)
    pytest.fail("it never happened")


async def noted(database: Database, keys: Keys, address: str) -> list[int]:
    """The ids of sent messages that the database holds."""
    async with database.read() as tx:
        return await sent.remembered(tx, keys, keys.speaker("telegram", address))


async def test_after_half_an_hour_the_answers_are_gone_and_it_is_said(host: Host):
    guest = await Guest(host).at_menu("en")
    await guest.tap("check", "start", "adult", "yes")
    guest.at += 31 * 60
    await guest.say("hello again")
    assert "30 minutes" in guest.words
    assert guest.reply.language == "en"
    assert guest.reply.flow == "welcome"


@pytest.mark.parametrize("text", ["\ud800", "\x00", "x" * 10_000, "\u202e\u2066", "9" * 5000, "🙂" * 700])
async def test_odd_texts_are_turns(host: Host, text: str):
    guest = await Guest(host).at_menu()
    await guest.say(text)
    assert "leave" in guest.choices


async def test_telegram_users_are_told_what_telegram_keeps(host: Host):
    guest = Guest(host, "telegram", "78")
    await guest.send()
    await guest.tap("en")
    assert "Telegram keeps this chat" in guest.words


async def opened_twice(host: Host, database: Database, keys: Keys) -> tuple[Guest, Guest]:
    """A request, and its receipt opened in two conversations; the first has a message ready to be sent."""
    await coordinator(database, keys)
    guest = await Guest(host, "web").at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0]
    writer, other = await Guest(host, "web", "one").at_menu("en"), await Guest(host, "telegram", "two").at_menu("en")
    for somebody in (writer, other):
        await somebody.say(receipt.digits)
    await writer.tap("write")
    await writer.say("I will wait here")
    return writer, other


async def test_a_message_to_a_request_taken_back_meanwhile_is_a_turn_that_says_so(
    host: Host, database: Database, keys: Keys
):
    writer, other = await opened_twice(host, database, keys)
    await other.tap("withdraw", "yes")
    await writer.tap("send")
    assert "taken back. Your message was not sent" in writer.words
    assert "write" not in writer.choices
    assert writer.reply.commands == ()


async def test_a_message_to_a_closed_request_is_not_said_to_be_sent(host: Host, database: Database, keys: Keys):
    writer, _ = await opened_twice(host, database, keys)
    async with database.begin() as tx:
        await tx.execute(update(Referral).values(state="closed", ended_at=AT))
    await writer.tap("send")
    assert "is closed. Your message was not sent" in writer.words
    assert {"anew", "human"} <= set(writer.choices)
    assert "write" not in writer.choices


async def test_why_a_request_was_declined_and_what_fits_instead_is_told_in_the_readers_language(
    host: Host, database: Database, keys: Keys
):
    opened = await coordinator(database, keys)
    guest = await Guest(host, "web").at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0]
    async with database.begin() as tx:
        (row,) = await queue.triage_rows(tx)
        await acts.claim(tx, str(row["id"]), opened.member, AT)
    async with database.begin() as tx:
        held = await queue.one(tx, str(row["id"]))
        decision = acts.Decision("declined", "no_place", "ccem")
        await acts.set_state(tx, held.id, opened.member, decision, held.revision, AT)
    for language, why, instead in (("en", "no place that fits", "the CCEM"), ("fr", "pas de place", "le CCEM")):
        reader = await Guest(host, "terminal", language).at_menu(language)
        await reader.say(receipt.words)
        assert why in reader.words
        assert instead in reader.words


async def test_danger_in_a_message_makes_the_request_immediate(host: Host, database: Database, keys: Keys):
    writer, _ = await opened_twice(host, database, keys)
    await writer.tap("change")
    await writer.say("he is going to kill me with a knife")
    assert writer.reply.flow == "crisis"
    await writer.tap("back")
    await writer.tap("send")
    async with database.read() as tx:
        (row,) = await queue.triage_rows(tx)
    assert row["urgency"] == "immediate"


async def test_behind_a_receipt_so_many_messages_are_sent_a_day(
    host: Host, database: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(messages, "A_DAY", 2)
    writer, other = await opened_twice(host, database, keys)
    await writer.tap("send", "write")
    await writer.say("the train is late")
    await writer.tap("send", "write")
    await writer.say("it comes at noon")
    await writer.tap("send")
    assert "Many messages were sent with this receipt today" in writer.words
    assert "send" in writer.choices
    await other.tap("write")
    await other.say("Thank you")
    await other.tap("send")
    assert "Many messages were sent" in other.words, "the receipt counts, not the conversation"
    async with database.read() as tx:
        assert len((await tx.execute(select(Message.id))).all()) == 2
        assert await messages.may_write(
            tx, str((await queue.triage_rows(tx))[0]["id"]), "person", AT + messages.DAY_S + 1
        )


async def test_one_that_speaks_of_danger_is_sent_after_many_others(
    host: Host, database: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(messages, "A_DAY", 1)
    writer, _ = await opened_twice(host, database, keys)
    await writer.tap("send", "write")
    await writer.say("he is going to kill me with a knife")
    await writer.tap("back")
    await writer.tap("send")
    assert "Many messages were sent" not in writer.words
    async with database.read() as tx:
        assert len((await tx.execute(select(Message.id))).all()) == 2


async def test_a_conversation_sends_so_many_requests_a_day(host: Host, database: Database):
    guest = await Guest(host, "web").at_menu("en")
    for _ in range(brakes.REQUESTS_A_DAY):
        assert (await guest.asks_for_help()).receipts
        await guest.tap("finished")
        await guest.send(command="menu")
    refused = await guest.asks_for_help()
    assert refused.receipts == ()
    assert "Several requests were sent from here today" in guest.words
    assert "yes" in guest.choices
    async with database.read() as tx:
        assert len(await queue.triage_rows(tx)) == brakes.REQUESTS_A_DAY


async def test_who_sends_one_too_many_has_half_an_hour_from_then_on(host: Host):
    guest = await Guest(host, "web").at_menu("en")
    for _ in range(brakes.REQUESTS_A_DAY):
        await guest.asks_for_help()
        await guest.tap("finished")
        await guest.send(command="menu")
    await guest.asks_for_help()
    guest.at += IDLE_SECONDS - 60
    await guest.tap("yes")
    assert "Several requests were sent from here today" in guest.words
    guest.at += 120
    await guest.tap("back")
    assert (guest.reply.flow, guest.reply.step) == ("consent", "text")


async def test_while_too_many_guess_requests_go_on_and_receipts_are_asked_for_again(
    host: Host, database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(claims.OPENING, "_most", 0)
    guest = await Guest(host, "web").at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0]
    await guest.say(receipt.digits)
    assert "try again in a minute" in guest.words
    monkeypatch.undo()
    await guest.say(receipt.digits)
    assert guest.reply.step == "open"


async def test_a_conversation_that_must_wait_costs_no_slow_hash(
    host: Host, keys: Keys, monkeypatch: pytest.MonkeyPatch
):
    guest = await Guest(host, "web").at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0]
    for _ in range(claims.TRIES):
        await guest.say(new_code().digits)
    monkeypatch.setattr(claims.OPENING, "_most", 0)
    await guest.say(new_code().digits)
    assert "too many wrong tries" in guest.words
    monkeypatch.undo()
    await guest.say(receipt.digits)
    assert guest.reply.step == "open", "who has the right one is no guesser"


async def test_no_typed_word_is_in_the_database_or_the_log(
    host: Host, database: Database, keys: Keys, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    await coordinator(database, keys)
    guest = await Guest(host, "telegram", "address-8231").at_menu("en")
    await guest.say(SECRETS[0])
    await guest.tap(guest.choices[-2] if "menu" in guest.choices else guest.choices[0])
    fresh = await Guest(host, "web", "address-4410").at_menu("en")
    receipt = (await fresh.asks_for_help(f"about {SECRETS[1]}")).receipts[0]
    await fresh.tap("finished")
    await fresh.say(receipt.words)
    await fresh.tap("write")
    await fresh.say(f"and {SECRETS[2]}")
    await fresh.tap("send")
    dumped = await everything_in(database)
    for word in (
        *SECRETS[:3],
        "address-8231",
        "address-4410",
        receipt.digits,
        receipt.digits.replace(" ", ""),
        receipt.words,
    ):
        assert word.encode() not in dumped
        assert word not in caplog.text


async def everything_in(database: Database) -> bytes:
    """Every value of every row of every table, one after the other."""
    from sqlalchemy import select

    from services.tables import Table

    values: list[bytes] = []
    async with database.read() as tx:
        for table in Table.metadata.sorted_tables:
            for row in await tx.execute(select(table)):
                values += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(values)


async def test_what_is_not_understood_is_counted_by_the_thousand_and_not_kept(
    host: Host, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tally, "EACH", 3)
    guest = await Guest(host).at_menu()
    with caplog.at_level(logging.INFO, "passerelle"):
        for words in ("mes droits", "quokka zephyrine blorp", "menu"):
            await guest.send(text=words)
    assert "of 3 texts, 1 were not understood" in caplog.text
    assert "quokka" not in caplog.text
