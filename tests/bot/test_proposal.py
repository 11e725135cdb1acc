"""A place that is held and offered: the person answers through the receipt, and reads nothing of where it is."""

import pytest

from bot.messages import ShownReceipt
from bot.turns import Host
from services.database import Database
from services.keys import Keys
from services.places import partners, places, placing
from services.places.capacity import Details
from services.places.places import Held
from services.referrals import acts, holding, queue
from services.referrals.acts import Decision
from services.rights import Opened
from tests.bot.stage import AT, Guest, coordinator

LABEL = "Maison du Quokka"
ZONE = Details(("59",), ("woman", "mixed"), ("child_0_2",), ("fr", "en"), ("mobility", "treatment"), 3)
TELLING = (LABEL, "59", "Nord", "P1", "Hauts-de-France", "women")


@pytest.fixture
async def ana(database: Database, keys: Keys) -> Opened:
    return await coordinator(database, keys)


async def offered(host: Host, database: Database, keys: Keys, ana: Opened) -> tuple[str, ShownReceipt]:
    """A person's own request for which a place is held and offered; with its receipt."""
    guest = await Guest(host, "web", "a").at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0]
    async with database.begin() as tx:
        partner = await partners.add(tx, ana.member, LABEL, AT)
        group = await places.add(tx, keys, ana.member, partner, ZONE, AT)
        await places.count(tx, keys, ana.member, group, 1, AT)
        (referral,) = [one.id for one in (await queue.page(tx, "waiting", 0, minors=False)).rows]
        await acts.claim(tx, referral, ana.member, AT)
    for to in ("evaluation", "searching", "place_offered"):
        async with database.begin() as tx:
            if to == "place_offered":
                regions = host.content.library.anonymity.regions
                await placing.hold(tx, keys, ana.member, referral, Held(group, 1), regions, AT)
            seen = await queue.one(tx, referral)
            await acts.set_state(tx, referral, ana.member, Decision(to, adult_checked=True), seen.revision, AT)
    return referral, receipt


async def stands(database: Database, referral: str) -> tuple[str, bool]:
    async with database.read() as tx:
        return (await queue.one(tx, referral)).state, await holding.standing(tx, referral)


async def test_the_person_agrees_then_thinks_again_and_reads_of_no_place(
    host: Host, database: Database, keys: Keys, ana: Opened
):
    referral, receipt = await offered(host, database, keys, ana)
    reader = await Guest(host, "telegram", "b").at_menu("en")
    read = []
    await reader.say(receipt.digits)
    read.append(reader.words)
    await reader.tap("proposal", "agree")
    read.append(reader.words)
    assert await stands(database, referral) == ("agreed", True)
    await reader.tap("proposal", "disagree")
    read.append(reader.words)
    assert await stands(database, referral) == ("searching", False)
    for words in read:
        assert not [word for word in TELLING if word in words]


async def test_taking_the_request_back_frees_the_place(host: Host, database: Database, keys: Keys, ana: Opened):
    referral, receipt = await offered(host, database, keys, ana)
    reader = await Guest(host, "web", "b").at_menu("en")
    await reader.say(receipt.digits)
    await reader.tap("withdraw", "yes")
    assert await stands(database, referral) == ("withdrawn", False)
