"""Receipts in the database: the right one opens, wrong ones are counted, in one conversation only."""

import asyncio
import time
from collections import Counter
from contextlib import suppress
from typing import Any

import pytest

from services import brakes, store
from services.database import Database
from services.keys import Keys, Speaker
from services.lines import Busy, Line
from services.receipts import ReceiptCode, new_code
from services.referrals import claims
from services.referrals.claims import Derived, Empty, OpenReceipt, Stock
from tests.services.coordination import SELF, submit

Receipts = tuple[Derived, Derived]


async def test_each_receipt_opens_its_referral_for_its_holder(database: Database, speaker: Speaker, receipts: Receipts):
    submitted = await submit(database, receipts, note=None)
    for holder, derived in zip(claims.holders("professional"), receipts, strict=True):
        opened = await tried(database, speaker, derived)
        assert opened == OpenReceipt(submitted.referral, holder, "acknowledged", False, derived.keys)


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
    assert await tried(database, speaker, wrong, at=100 + claims.TRIES_WINDOW_S) == "unknown"
    assert isinstance(await tried(database, keys.speaker("web", "holder"), right), OpenReceipt)


async def test_whoever_tried_wrong_ones_before_the_right_one_opens(
    database: Database, speaker: Speaker, receipts: Receipts
):
    right, wrong = receipts
    await submit(database, (right,), SELF, note=None)
    for _ in range(claims.TRIES + 1):
        await tried(database, speaker, wrong)
    assert await tried(database, speaker, wrong) == "wait"
    assert isinstance(await tried(database, speaker, right), OpenReceipt)


async def test_a_right_receipt_ends_the_counting(database: Database, speaker: Speaker, receipts: Receipts):
    right, wrong = receipts
    await submit(database, (right,), SELF, note=None)
    for receipt in [wrong] * (claims.TRIES - 1) + [right] + [wrong] * claims.TRIES:
        assert await tried(database, speaker, receipt) != "wait"
    assert await tried(database, speaker, wrong) == "wait"


async def test_a_forged_row_with_the_right_selector_does_not_open(
    database: Database, speaker: Speaker, receipts: Receipts
):
    right, wrong = receipts
    forged = Derived(wrong.code, right.selector, wrong.verifier, wrong.keys)
    await submit(database, (right,), SELF, note=None)
    assert await tried(database, speaker, forged) == "unknown"


async def test_a_stock_gives_each_receipt_once_and_says_when_it_is_empty(keys: Keys):
    stock = Stock(keys)
    with pytest.raises(Empty):
        stock.take(1)
    await stock.fill()
    taken = [*stock.take(2), *stock.take(2)]
    with pytest.raises(Empty):
        stock.take(2)
    await stock.fill()
    assert len({derived.selector for derived in [*taken, *stock.take(2)]}) == 6
    await stock.close()


async def test_more_guesses_than_can_wait_are_turned_away_and_requests_go_on(keys: Keys):
    guesses = [claims.derive(keys, new_code()) for _ in range(claims.MOST_OPENING + 3)]
    made = asyncio.create_task(claims.prepare(keys))
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(outcome, Busy) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, Derived) for outcome in outcomes) == claims.MOST_OPENING
    assert isinstance(await made, Derived)


async def test_many_false_receipts_keep_no_holder_out(database: Database, keys: Keys, receipts: Receipts):
    await submit(database, (receipts[0],), SELF, note=None)
    door = claims.Door(keys)
    for number in range(brakes.FREE + 30):
        async with database.begin() as tx:
            await door.open(tx, keys.speaker("web", f"a new cookie {number}"), "unknown", 100)
    guesses = [asyncio.create_task(at_the_door(database, door, keys, new_code())) for _ in range(30)]
    await asyncio.sleep(0.1)
    async with asyncio.timeout(1.5):
        assert await at_the_door(database, door, keys, receipts[0].code) == receipts[0]
    assert {await guess for guess in guesses} == {"unknown"}


async def test_one_receipt_shown_many_times_at_once_keeps_no_other_holder_out(keys: Keys, receipts: Receipts):
    door, here = claims.Door(keys), keys.speaker("web", "here")
    flood = [
        asyncio.create_task(door.derive(receipts[0].code, 100, here, known=True))
        for _ in range(5 * claims.MOST_OPENING)
    ]
    await asyncio.sleep(0)
    for gone in flood[::2]:
        gone.cancel()
    assert await door.derive(receipts[1].code, 100, here, known=True) == receipts[1]
    assert {await one for one in flood[1::2]} == {receipts[0]}
    assert not door._deriving


async def test_who_holds_many_receipts_and_shows_them_without_end_keeps_no_holder_out(keys: Keys, receipts: Receipts):
    door = claims.Door(keys, Line("tried", claims.MOST_OPENING))
    codes = [new_code() for _ in range(claims.MOST_OPENING)]
    shown, under_way = Counter[ReceiptCode](), asyncio.Event()

    async def shows(code: ReceiptCode) -> None:
        while True:
            shown[code] += 1
            if min(shown[each] for each in codes) == 2:
                under_way.set()
            speaker = keys.speaker("web", f"a new cookie {code.digits} {shown[code]}")
            with suppress(Busy):
                await door.derive(code, 100, speaker, known=True)

    attack = [asyncio.create_task(shows(code)) for code in codes]
    await under_way.wait()
    assert await door.derive(receipts[0].code, 100, keys.speaker("web", "holder"), known=True) == receipts[0]
    for task in attack:
        task.cancel()
    await asyncio.gather(*attack, return_exceptions=True)


async def test_an_unknown_receipt_is_answered_no_sooner_than_the_slow_hash(database: Database, keys: Keys):
    began = time.monotonic()
    assert await at_the_door(database, claims.Door(keys), keys, new_code()) == "unknown"
    assert time.monotonic() - began >= claims.USUAL_S


async def test_wrong_receipts_slow_down_the_next_wrong_ones_whatever_was_hidden_or_erased(
    database: Database, keys: Keys, receipts: Receipts
):
    door = claims.Door(keys)
    for number in range(brakes.FREE + 3):
        async with database.begin() as tx:
            stranger = keys.speaker("web", f"a new cookie {number}")
            assert await door.open(tx, stranger, receipts[0], 100) == "unknown"
            await store.erase(tx, stranger)
    assert door.pause(100) > 0
    assert door.pause(100 + brakes.WINDOW_S) == 0


async def at_the_door(database: Database, door: claims.Door, keys: Keys, code: ReceiptCode) -> Derived | str:
    async with database.read() as tx:
        known = await claims.known(tx, keys, code)
    return await door.derive(code, 100, keys.speaker("web", "here"), known=known)


async def tried(database: Database, speaker: Speaker, derived: Derived, at: int = 100) -> Any:
    async with database.begin() as tx:
        return await claims.open_receipt(tx, speaker, derived, at)
