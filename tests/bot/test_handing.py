"""A professional's referral hands over two receipts, one page each; a process that dies in between loses neither."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from bot.messages import Tap
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys
from services.tables import Receipt, Referral
from tests.bot.handed import TO_THE_PERSON, sends
from tests.bot.stage import Guest, host_of

ROOT = Path(__file__).parents[2]
KEY = bytes(range(32))


async def holders(database: Database) -> list[str]:
    async with database.read() as tx:
        return sorted(await tx.scalars(select(Receipt.holder)))


async def test_each_receipt_comes_once_on_a_page_of_its_own(host: Host, database: Database):
    guest = Guest(host, "web")
    own = await sends(guest)
    assert [receipt.holder for receipt in own.receipts] == ["professional"]
    assert not (await guest.tap(*TO_THE_PERSON)).receipts
    theirs = await guest.tap("show")
    assert [receipt.holder for receipt in theirs.receipts] == ["person"]
    assert {screen.language for screen in theirs.screens} == {"es"}
    assert own.receipts[0].words not in guest.words
    assert await holders(database) == ["person", "professional"]
    shown = await guest.host.present("web", "here", guest.at)
    assert shown is not None
    assert not shown.receipts
    assert theirs.receipts[0].words not in str(shown)


async def test_a_tap_that_comes_twice_shows_the_same_receipt_and_makes_no_other(host: Host, database: Database):
    guest = Guest(host, "web")
    await sends(guest)
    await guest.tap(*TO_THE_PERSON)
    turn = guest.reply.turn
    first = await guest.send(key="tap", tap=Tap(turn, "show"))
    again = await guest.send(key="tap", tap=Tap(turn, "show"))
    assert first.receipts == again.receipts
    assert len(await holders(database)) == 2


async def test_what_the_professional_left_is_shown_later_behind_their_own_receipt(host: Host, database: Database):
    guest = Guest(host, "web")
    own = (await sends(guest)).receipts[0]
    guest.at += 3 * 24 * 3600
    later = Guest(host, "terminal", "elsewhere")
    later.at = guest.at
    await later.at_menu("en", "professional")
    await later.say(own.digits)
    assert "The person has not seen their own receipt yet." in later.words
    await later.tap("hand_over", "show")
    assert later.reply.receipts[0].holder == "person"
    assert later.reply.language == "es"
    await later.tap("finished", "skip")
    await later.say(own.words)
    assert "hand_over" not in later.choices


async def test_of_two_who_show_it_at_the_same_time_one_shows_it(host: Host, database: Database):
    guest = Guest(host, "web")
    own = (await sends(guest)).receipts[0]
    await guest.tap(*TO_THE_PERSON)
    other = Guest(host, "terminal", "elsewhere")
    await other.at_menu("en", "professional")
    await other.say(own.digits)
    await other.tap("hand_over")
    await asyncio.gather(guest.tap("show"), other.tap("show"))
    assert sorted(len(one.reply.receipts) for one in (guest, other)) == [0, 1]
    assert await holders(database) == ["person", "professional"]


async def test_a_process_killed_between_the_two_loses_neither(
    database_url: str, database: Database, everything_said: Content
):
    left = killed(database_url, *TO_THE_PERSON)
    assert left == -signal.SIGKILL
    assert await holders(database) == ["professional"]
    async with asyncio.timeout(60):
        host = host_of(database, Keys(KEY), everything_said)
        await host.open()
        guest = Guest(host, "web")
        found = await host.present("web", "here", guest.at)
        assert found is not None
        assert (found.flow, found.step) == ("receipt", "hand")
        guest.reply = found
        theirs = (await guest.tap("show")).receipts[0]
        other = Guest(host, "terminal", "elsewhere")
        await other.at_menu("es")
        await other.say(theirs.digits)
        assert "withdraw" in other.choices
        await host.close()
    async with database.read() as tx:
        assert len(list(await tx.scalars(select(Referral.id)))) == 1


async def test_a_process_killed_before_the_first_was_seen_shows_it_again(
    database_url: str, database: Database, everything_said: Content
):
    assert killed(database_url) == -signal.SIGKILL
    host = host_of(database, Keys(KEY), everything_said)
    guest = Guest(host, "web")
    again = await host.latest("web", "here", guest.at)
    assert again is not None
    assert [receipt.holder for receipt in again.receipts] == ["professional"]
    await host.open()
    guest.reply = again
    await guest.tap(*TO_THE_PERSON, "show")
    assert guest.reply.receipts[0].holder == "person"
    await host.close()


def killed(url: str, *taps: str) -> int:
    """How a process of its own ended that sent the referral, tapped these, and died without a word."""
    told = [sys.executable, "-m", "tests.bot.handed", url, KEY.hex(), *taps]
    return subprocess.run(told, cwd=ROOT, timeout=120, check=False).returncode
