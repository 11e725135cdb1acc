"""The exchange behind a receipt."""

import pytest
from sqlalchemy import func, select, update

from services.database import Database
from services.referrals import claims, messages, referrals
from services.referrals.claims import Derived, OpenReceipt
from services.referrals.messages import Exchanged, NotTaken
from services.sealing import Unreadable, new_key_pair
from services.tables import Message, MessageCopy, Referral
from tests.services.coordination import SELF, open_coordination, submit

Receipts = tuple[Derived, Derived]


async def test_both_holders_read_the_coordination_and_it_reads_everybody(database: Database, receipts: Receipts):
    coordination = await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "any news?", 200)
        await messages.post_from_coordination(tx, referral, "we looked", 201)
        await messages.post_from_holder(tx, referral, "professional", "thanks", 202)
        await messages.post_from_coordination(tx, referral, "a place is free", 203)
    async with database.read() as tx:
        for holder, derived in zip(claims.holders("professional"), receipts, strict=True):
            opened = OpenReceipt(referral, holder, "received", False, derived.keys)
            assert await messages.read_for_receipt(tx, opened) == ("we looked", "a place is free")
        assert await messages.read_for_coordination(tx, referral, coordination.private) == (
            Exchanged("person", 200, "any news?", ("person",)),
            Exchanged("coordination", 201, "we looked", ("person", "professional")),
            Exchanged("professional", 202, "thanks", ("professional",)),
            Exchanged("coordination", 203, "a place is free", ("person", "professional")),
        )


async def test_a_holder_s_words_are_not_sealed_to_the_other_holder(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "alone", 200)
        assert set(await tx.scalars(select(MessageCopy.reader))) == {"person", "coordination"}


async def test_an_answer_may_be_for_one_holder_alone(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    professional, person = (
        OpenReceipt(referral, holder, "received", False, derived.keys)
        for holder, derived in zip(claims.holders("professional"), receipts, strict=True)
    )
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "for you alone", 200, to=("person",))
        assert await messages.read_for_receipt(tx, person) == ("for you alone",)
        assert await messages.read_for_receipt(tx, professional) == ()


async def test_words_of_danger_make_the_referral_an_immediate_one(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "hello", 200)
        assert await tx.scalar(select(Referral.urgency)) == "soon"
        await messages.post_from_holder(tx, referral, "person", "help", 201, urgent=True)
        assert await tx.scalar(select(Referral.urgency)) == "immediate"


async def test_a_closed_referral_takes_no_messages(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await tx.execute(update(Referral).values(state="closed"))
        assert not (await referrals.standing(tx, referral)).takes
        with pytest.raises(NotTaken):
            await messages.post_from_holder(tx, referral, "person", "still there?", 202)


async def test_a_message_opens_with_the_right_key_in_its_place_only(database: Database, receipts: Receipts):
    coordination = await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "one", 200)
        await messages.post_from_coordination(tx, referral, "two", 200)
        with pytest.raises(Unreadable):
            await messages.read_for_coordination(tx, referral, new_key_pair().private)
        mine = MessageCopy.reader == "coordination"
        box = await tx.scalar(select(MessageCopy.box).where(mine))
        await tx.execute(update(MessageCopy).where(mine).values(box=box))
        with pytest.raises(Unreadable):
            await messages.read_for_coordination(tx, referral, coordination.private)


async def test_a_withdrawn_referral_takes_no_messages_and_keeps_none(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "one", 200)
        await referrals.withdraw(tx, referral, 201)
        for table in (Message, MessageCopy):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0
        with pytest.raises(NotTaken):
            await messages.post_from_holder(tx, referral, "person", "still there?", 202)


async def test_without_a_coordination_or_a_referral_nothing_is_taken(database: Database, receipts: Receipts):
    referral = (await submit(database, receipts, SELF, note=None)).referral
    for unknown in (referral, "R-NONE-NONE"):
        with pytest.raises(NotTaken):
            async with database.begin() as tx:
                await messages.post_from_holder(tx, unknown, "person", "hello", 200)
    async with database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Referral)) == 1
