"""Receipts in the database: the right one opens, wrong ones are counted, in one conversation only."""

import asyncio
from typing import Any

from services import claims
from services.claims import Derived, OpenReceipt, Stock
from services.database import Database
from services.keys import Keys, Speaker
from tests.services.coordination import SELF, submit

Receipts = tuple[Derived, Derived]


async def test_each_receipt_opens_its_referral_for_its_holder(database: Database, speaker: Speaker, receipts: Receipts):
    submitted = await submit(database, receipts, note=None)
    for holder, derived in zip(claims.holders("professional"), receipts, strict=True):
        opened = await tried(database, speaker, derived)
        assert opened == OpenReceipt(submitted.referral, holder, "received", False, derived.keys)


async def test_the_slow_hash_gives_the_same_each_time(keys: Keys, receipts: Receipts):
    assert await claims.derive(keys, receipts[0].code) == receipts[0]
    other = await claims.derive(Keys.new(), receipts[0].code)
    assert other.selector != receipts[0].selector
    assert other.keys != receipts[0].keys


async def test_too_many_wrong_receipts_make_one_conversation_wait(
    database: Database, keys: Keys, speaker: Speaker, receipts: Receipts
):
    right, wrong = receipts
    await submit(database, (right,), SELF, note=None)
    for _ in range(claims.TRIES):
        assert await tried(database, speaker, wrong) == "unknown"
    assert await tried(database, speaker, wrong) == "wait"
    assert await tried(database, speaker, right) == "wait"
    assert isinstance(await tried(database, keys.speaker("web", "holder"), right), OpenReceipt)
    assert isinstance(await tried(database, speaker, right, at=100 + claims.TRIES_WINDOW_S), OpenReceipt)


async def test_a_right_receipt_ends_the_counting(database: Database, speaker: Speaker, receipts: Receipts):
    right, wrong = receipts
    await submit(database, (right,), SELF, note=None)
    for receipt in [wrong] * (claims.TRIES - 1) + [right] + [wrong] * claims.TRIES:
        assert await tried(database, speaker, receipt) != "wait"
    assert await tried(database, speaker, right) == "wait"


async def test_a_forged_row_with_the_right_selector_does_not_open(
    database: Database, speaker: Speaker, receipts: Receipts
):
    right, wrong = receipts
    forged = Derived(wrong.code, right.selector, wrong.verifier, wrong.keys)
    await submit(database, (right,), SELF, note=None)
    assert await tried(database, speaker, forged) == "unknown"


async def test_a_stock_gives_each_receipt_once(keys: Keys):
    stock = Stock(keys)
    first = await stock.take(1)
    await asyncio.sleep(0)
    second = await stock.take(2)
    third = await stock.take(2)
    assert len({derived.selector for derived in first + second + third}) == 5
    await stock.close()


async def tried(database: Database, speaker: Speaker, derived: Derived, at: int = 100) -> Any:
    async with database.begin() as tx:
        return await claims.open_receipt(tx, speaker, derived, at)
