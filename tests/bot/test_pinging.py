"""One neutral message on Telegram for who asked for it: once, by day, cut at any time, and nothing of it stays."""

import asyncio

import pytest
from sqlalchemy import select

from bot.channels.telegram.requests import make_bot
from bot.channels.telegram.sending import Sender
from bot.messages import ShownReceipt
from bot.pinger import Pinger, by_day
from bot.turns import Host
from services import pings
from services.database import Database
from services.keys import Keys
from services.referrals import acts, queue
from services.rights import Opened
from services.tables.pings import Ping
from tests.bot.channels.telegram.stage import running
from tests.bot.stage import AT, Guest, coordinator
from tests.emulator.bot_api import BotApi

HOUR = 3600
NIGHT = AT + 12 * HOUR
CHAT = "770077"


class Desk:
    """A request of somebody who asked to be written to, the coordination that answers, and what was written."""

    def __init__(self, host: Host, database: Database, keys: Keys, opened: Opened) -> None:
        self.host, self.database, self.opened = host, database, opened
        self.at = AT
        self.written: list[tuple[str, str]] = []
        self.pinger = Pinger(database, keys, host.content.catalog, lambda: self.at, self._write)
        self.receipt: ShownReceipt
        self.guest = Guest(host, "telegram", CHAT)

    def _write(self, address: str, words: str) -> None:
        self.written.append((address, words))

    async def begin(self) -> "Desk":
        sender = await Guest(self.host, "web", "sender").at_menu("en")
        self.receipt = (await sender.asks_for_help()).receipts[0]
        await self.guest.at_menu("fr")
        await self.guest.say(self.receipt.digits)
        return self

    async def answers(self, words: str = "Hello.") -> None:
        async with self.database.begin() as tx:
            (referral,) = [str(row["id"]) for row in await queue.triage_rows(tx)]
            if (await queue.one(tx, referral)).state == "acknowledged":
                await acts.claim(tx, referral, self.opened.member, self.at)
        async with self.database.begin() as tx:
            seen = await queue.one(tx, referral)
            await acts.answer(tx, referral, self.opened, words, seen.revision, self.at)

    async def kept(self) -> list[bytes]:
        async with self.database.read() as tx:
            return [row.route_box for row in await tx.execute(select(Ping))]


@pytest.fixture
async def desk(host: Host, database: Database, keys: Keys) -> Desk:
    return await Desk(host, database, keys, await coordinator(database, keys)).begin()


async def test_one_message_comes_by_day_and_then_no_other(desk: Desk):
    await desk.guest.tap("ping_me")
    assert "Il y a du nouveau." in desk.guest.words
    await desk.guest.tap("nobody")
    assert "ping_cut" in desk.guest.choices
    await desk.pinger.look()
    assert desk.written == [], "nothing is new"
    desk.at = NIGHT
    await desk.answers()
    await desk.pinger.look()
    assert desk.written == [], "nothing comes at night"
    desk.at = NIGHT + 12 * HOUR
    for _ in range(3):
        await desk.pinger.look()
        await desk.answers()
    assert desk.written == [(CHAT, "Il y a du nouveau.")]
    assert await desk.kept() == []


async def test_where_to_write_is_kept_in_cipher_and_under_no_name(desk: Desk):
    await desk.guest.tap("ping_me", "nobody")
    (box,) = await desk.kept()
    assert CHAT.encode() not in box
    await desk.guest.tap("again")
    await desk.guest.say(desk.receipt.words)
    await desk.guest.tap("ping_cut")
    assert await desk.kept() == []
    await desk.answers()
    await desk.pinger.look()
    assert desk.written == []
    await desk.guest.say(desk.receipt.words)
    assert "Hello." in desk.guest.words, "the receipt works as before"


@pytest.mark.parametrize("leaving", ["hide", "erase"])
async def test_hiding_and_erasing_the_chat_cut_it(desk: Desk, leaving: str):
    await desk.guest.tap("ping_me", "nobody")
    await desk.guest.send(command=leaving)
    if leaving == "erase":
        await desk.guest.tap("yes")
    assert await desk.kept() == []


@pytest.mark.parametrize("way", [("withdraw", "yes"), ("agreed", "silence", "yes")])
async def test_taking_back_the_request_or_the_messages_cuts_it(desk: Desk, way: tuple[str, ...]):
    await desk.guest.tap("ping_me", "nobody", *way)
    assert await desk.kept() == []


async def test_who_says_that_somebody_looks_is_not_written_to_nor_asked_again(desk: Desk):
    await desk.guest.tap("ping_me", "somebody")
    assert await desk.kept() == []
    assert not {"ping_me", "ping_cut"} & set(desk.guest.choices)


async def test_where_nobody_can_be_written_to_it_is_not_offered_and_can_be_cut(desk: Desk):
    await desk.guest.tap("ping_me", "nobody")
    elsewhere = await Guest(desk.host, "web", "elsewhere").at_menu("en")
    await elsewhere.say(desk.receipt.words)
    await elsewhere.tap("ping_cut")
    assert await desk.kept() == []
    assert "ping_me" not in elsewhere.choices
    colleague = await Guest(desk.host, "telegram", "88").at_menu("en", "professional")
    await colleague.say(desk.receipt.words)
    assert "ping_me" not in colleague.choices


async def test_what_the_person_read_or_did_themself_is_not_new(desk: Desk):
    await desk.guest.tap("ping_me", "nobody")
    await desk.answers()
    reader = await Guest(desk.host, "web", "reader").at_menu("en")
    await reader.say(desk.receipt.words)
    await reader.tap("write", "yes")
    await desk.pinger.look()
    assert desk.written == []
    await desk.answers("More.")
    await desk.pinger.look()
    assert len(desk.written) == 1


async def test_of_two_processes_one_writes(desk: Desk, keys: Keys):
    await desk.guest.tap("ping_me", "nobody")
    await desk.answers()
    await asyncio.gather(*(desk.pinger.look() for _ in range(4)))
    assert len(desk.written) == 1


async def test_after_thirty_days_nothing_of_it_is_left(desk: Desk):
    await desk.guest.tap("ping_me", "nobody")
    async with desk.database.begin() as tx:
        assert (await pings.purge(tx, AT + 30 * 24 * HOUR - 1))["pings"] == 0
        assert (await pings.purge(tx, AT + 30 * 24 * HOUR))["pings"] == 1


@pytest.mark.parametrize(
    ("clock", "day"), [("08:59:59", False), ("09:00:00", True), ("15:59:59", True), ("16:00:00", False)]
)
def test_it_comes_between_ten_and_five_by_clocks_in_france(clock: str, day: bool):
    hours, minutes, seconds = map(int, clock.split(":"))
    midnight = AT - AT % 86400  # UTC, an hour behind France in November
    assert by_day(midnight + hours * HOUR + minutes * 60 + seconds) is day


async def test_telegram_gets_these_words_and_deletes_them_when_the_chat_is_hidden(host: Host):
    async with BotApi() as api:
        ana = api.person(77, "en")
        async with running(api, host):
            await ana.says("/start")
            await api.until(lambda: not api.pending)
            bot = make_bot(api.token, api.url)
            await bot.request.initialize()
            sender = Sender(bot, host)
            sender.write("77", "There is something new.")
            await sender.stop(5)
            await bot.request.shutdown()
            assert ana.sees()[-1] == "There is something new."
            await ana.says("/hide")
            await api.until(lambda: "There is something new." not in ana.sees())
