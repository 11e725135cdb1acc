"""A receipt tells when it was last opened, and is replaced by a new one in the conversation that it opened."""

import asyncio

from services.database import Database
from services.keys import Keys
from services.referrals import claims, messages
from services.referrals.claims import Derived, OpenReceipt
from tests.services.coordination import SELF, open_coordination, submit

DAY = 86400


async def replaced(database: Database, keys: Keys, receipts: tuple[Derived, Derived]) -> str:
    await open_coordination(database)
    referral = (await submit(database, receipts[:1], SELF)).referral
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "Before", 150)
        assert await claims.replace(tx, referral, "person", 1, receipts[1])
    return referral


async def test_the_old_one_opens_nothing_and_the_new_one_what_came_since(
    database: Database, keys: Keys, receipts: tuple[Derived, Derived], speaker
):
    referral = await replaced(database, keys, receipts)
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "Since", 160)
        assert await claims.open_receipt(tx, speaker, receipts[0], 200) == "unknown"
        opened = await claims.open_receipt(tx, speaker, receipts[1], 200)
        assert isinstance(opened, OpenReceipt)
        assert await messages.read_for_receipt(tx, opened) == ("Since",)
        assert not await claims.in_force(tx, referral, "person", 1)
        assert await claims.in_force(tx, referral, "person", 2)


async def test_of_two_who_replace_the_same_one_only_one_does(
    database: Database, keys: Keys, receipts: tuple[Derived, Derived]
):
    referral = await replaced(database, keys, receipts)
    third, fourth = await claims.prepare(keys), await claims.prepare(keys)

    async def once(derived: Derived) -> bool:
        async with database.begin() as tx:
            return await claims.replace(tx, referral, "person", 2, derived) is not None

    assert sorted(await asyncio.gather(once(third), once(fourth))) == [False, True]


async def test_its_holder_sees_the_day_on_which_it_was_opened_before(
    database: Database, receipts: tuple[Derived, Derived]
):
    referral = (await submit(database, receipts[:1], SELF, note=None)).referral
    opened = OpenReceipt(referral, "person", "received", False, receipts[0].keys)
    async with database.begin() as tx:
        first = await claims.note_opened(tx, opened, 10 * DAY)
        again = await claims.note_opened(tx, opened, 10 * DAY + 60)
        later = await claims.note_opened(tx, opened, 12 * DAY)
    assert (first, again, later) == ((1, ""), (1, "1970-01-11"), (1, "1970-01-11"))
