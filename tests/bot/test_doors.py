"""A professional code typed on a channel: recognised before anything reads it, checked at each turn, kept nowhere."""

import asyncio
import logging

import pytest
from sqlalchemy import text

from bot.turns import Host
from services import receipts
from services.database import Database
from services.keys import Keys
from services.referrals import claims
from services.rights import Opened
from services.tables import Table
from services.tools import organisations
from services.tools.codes import ProfessionalCode, new_code
from services.tools.organisations import VALID_S, Organisation
from tests.bot.stage import AT, Guest, coordinator

SCREENED = ("instruments", "situation", "start", "adult", "yes", "yes", "yes")


@pytest.fixture
async def opened(database: Database, keys: Keys) -> Opened:
    return await coordinator(database, keys)


async def issued(database: Database, keys: Keys, opened: Opened) -> tuple[ProfessionalCode, Organisation]:
    async with database.begin() as tx:
        return await organisations.issue(tx, keys, opened.member, "Maison du Quokka", "housing", AT)


async def screening(host: Host, channel: str = "web", address: str = "here") -> Guest:
    guest = await Guest(host, channel, address).at_menu("en", "professional")  # type: ignore[arg-type]
    await guest.tap(*SCREENED)
    return guest


async def test_typed_at_the_finding_it_opens_more_and_does_not_come_back(
    host: Host, database: Database, keys: Keys, opened: Opened, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    code, _ = await issued(database, keys, opened)
    guest = await screening(host)
    assert "changes" not in guest.choices
    await guest.say(code.written)
    said = guest.words
    await guest.tap("changes")
    assert "1 yes of 2 questions" in guest.words
    said += guest.words
    async with database.read() as tx:
        tables = [table.name for table in Table.metadata.sorted_tables]
        tables = [table.name for table in Table.metadata.sorted_tables]
        dump = [str(tuple(row)) for table in tables for row in await tx.execute(text(f"SELECT * FROM {table}"))]
    for trace in (said, caplog.text, *dump):
        assert code.digits[:6] not in trace
        assert code.digits not in trace
        assert code.written not in trace
        assert "Quokka" not in trace


async def test_revoked_in_the_coordination_it_closes_with_the_next_turn(
    host: Host, database: Database, keys: Keys, opened: Opened
):
    code, made = await issued(database, keys, opened)
    guest = await screening(host)
    await guest.say(code.digits)
    await guest.tap("changes")
    async with database.begin() as tx:
        await organisations.revoke(tx, opened.member, made.id, AT + 1)
    shown = await host.present("web", "here", AT + 2)
    assert shown is not None
    assert "yes of" not in " ".join(shown.screens[-1].text)
    await guest.tap("finding")
    assert "no longer valid" in guest.words
    assert "because" in guest.words.casefold()  # the finding is still there
    assert "changes" not in guest.choices
    await guest.tap("reasons")
    assert "no longer valid" not in guest.words
    await guest.say(code.written)
    assert "This code opens nothing" in guest.words


async def test_expired_it_closes_too(host: Host, database: Database, keys: Keys, opened: Opened):
    code, _ = await issued(database, keys, opened)
    async with database.begin() as tx:
        await tx.execute(text("UPDATE professional_codes SET expires_at = :at"), {"at": AT + 60})
    guest = await screening(host)
    await guest.say(code.written)
    assert "changes" in guest.choices
    guest.at += 61
    await guest.tap("reasons")
    assert "no longer valid" in guest.words
    assert VALID_S > 60


async def test_wrong_codes_and_wrong_receipts_are_counted_together(
    host: Host, database: Database, keys: Keys, opened: Opened
):
    code, _ = await issued(database, keys, opened)
    guest = await screening(host)
    for _ in range(claims.TRIES):
        await guest.say(new_code().written)
        assert "This code opens nothing" in guest.words
    await guest.say(code.written)
    assert "too many wrong tries" in guest.words
    assert "changes" not in guest.choices
    guest.at += claims.TRIES_WINDOW_S
    await guest.say(code.written)
    assert "changes" in guest.choices


async def test_a_flood_of_wrong_receipts_from_new_conversations_keeps_no_holder_out(host: Host):
    receipt = (await (await Guest(host, "web").at_menu("en")).asks_for_help()).receipts[0]
    strangers = [await Guest(host, "web", f"stranger {number}").at_menu("en") for number in range(60)]
    flood = [asyncio.create_task(one.say(receipts.new_code().digits)) for one in strangers for _ in range(2)]
    holder = await Guest(host, "web", "another telephone").at_menu("en")
    async with asyncio.timeout(60):
        await holder.say(receipt.words)
    assert holder.reply.step == "open"
    await asyncio.gather(*flood)
    assert all("receipt" not in one.reply.flow or one.reply.step != "open" for one in strangers)


async def test_a_typing_error_is_told_from_an_unknown_code_and_costs_no_try(
    host: Host, database: Database, keys: Keys, opened: Opened
):
    code, _ = await issued(database, keys, opened)
    guest = await screening(host)
    wrong = code.written[:-1] + str((int(code.written[-1]) + 1) % 10)
    for _ in range(claims.TRIES + 1):
        await guest.say(wrong)
        assert "One number of the code is not right" in guest.words
    await guest.say(code.written)
    assert "changes" in guest.choices


async def test_the_same_message_twice_counts_once(host: Host, opened: Opened):
    guest = await screening(host)
    first = await guest.send(key="same", text=new_code().written)
    again = await guest.send(key="same", text=new_code().written)
    assert again.repeated
    assert again.turn == first.turn


async def test_before_anybody_has_said_who_they_are_it_waits(
    host: Host, database: Database, keys: Keys, opened: Opened
):
    code, _ = await issued(database, keys, opened)
    guest = Guest(host, "telegram", "4242")
    await guest.send(language="en")
    await guest.say(code.written)
    assert "once you have said that you are a professional" in guest.words
    if "en" in guest.choices:
        await guest.tap("en")
    await guest.tap("professional", *SCREENED)
    assert "changes" in guest.choices


async def test_hiding_ends_it(host: Host, database: Database, keys: Keys, opened: Opened):
    code, _ = await issued(database, keys, opened)
    guest = await screening(host)
    await guest.say(code.written)
    await guest.send(command="hide")
    again = await screening(host)
    assert "changes" not in again.choices


async def test_a_code_in_a_message_that_was_changed_is_heard(
    host: Host, database: Database, keys: Keys, opened: Opened
):
    code, _ = await issued(database, keys, opened)
    guest = await screening(host, "telegram", "77")
    await guest.send(text=code.written, edited=True)
    assert "changes" in guest.choices
