"""Replies wait until they are delivered; messages sent are remembered for a while."""

import pytest
from sqlalchemy import delete, select, update

from services import outbox, sent
from services.database import Database
from services.keys import Keys, Speaker
from services.sealing import Unreadable
from services.tables import SentMessage, Update


async def test_a_reply_waits_with_its_address_until_delivered(database: Database, keys: Keys, speaker: Speaker):
    async with database.begin() as tx:
        first = await outbox.put(tx, keys, speaker, "1", b"hello", 100)
        second = await outbox.put(tx, keys, speaker, "2", b"", 100)
    async with database.begin() as tx:
        assert await outbox.pending(tx, keys, "telegram", 101) == [
            outbox.Waiting(first, 100, "4242", b"hello"),
            outbox.Waiting(second, 100, "4242", b""),
        ]
        assert await outbox.find(tx, keys, speaker, "1", 101) == outbox.Waiting(first, 100, "4242", b"hello")
        await outbox.delivered(tx, [first, second])
        await outbox.delivered(tx, [])
    async with database.begin() as tx:
        assert await outbox.pending(tx, keys, "telegram", 101) == []
        assert await outbox.find(tx, keys, speaker, "1", 101) is None
        assert list(await tx.scalars(select(Update.body))) == [None, None]


async def test_an_update_is_answered_once(database: Database, keys: Keys, speaker: Speaker):
    async with database.begin() as tx:
        await outbox.put(tx, keys, speaker, "1", b"hello", 100)
    with pytest.raises(outbox.Repeated):
        async with database.begin() as tx:
            await outbox.put(tx, keys, speaker, "1", b"again", 100)
    async with database.begin() as tx:
        assert [waiting.payload for waiting in await outbox.pending(tx, keys, "telegram", 101)] == [b"hello"]


async def test_a_number_is_never_given_twice(database: Database, keys: Keys, speaker: Speaker):
    async with database.begin() as tx:
        first = await outbox.put(tx, keys, speaker, "1", b"hello", 100)
        await tx.execute(delete(Update))
        assert await outbox.put(tx, keys, speaker, "2", b"hello", 100) > first


async def test_replies_cannot_change_places(database: Database, keys: Keys, speaker: Speaker):
    async with database.begin() as tx:
        first = await outbox.put(tx, keys, speaker, "1", b"hello", 100)
        await outbox.put(tx, keys, keys.speaker("telegram", "4343"), "1", b"secret", 100)
        body = await tx.scalar(select(Update.body).where(Update.id != first))
        await tx.execute(update(Update).where(Update.id == first).values(body=body))
        with pytest.raises(Unreadable):
            await outbox.pending(tx, keys, "telegram", 101)


@pytest.mark.parametrize("address", ["", "é" * 300, "\ud800"])
async def test_any_address_comes_back(database: Database, keys: Keys, address: str):
    async with database.begin() as tx:
        await outbox.put(tx, keys, keys.speaker("telegram", address), "1", b"hello", 100)
        assert [waiting.address for waiting in await outbox.pending(tx, keys, "telegram", 101)] == [address]


@pytest.mark.parametrize("channel", ["web", "terminal"])
async def test_who_comes_for_a_reply_opens_it_and_the_key_file_alone_does_not(
    database: Database, keys: Keys, channel: str
):
    somebody = keys.speaker(channel, "what the browser holds")
    async with database.begin() as tx:
        row = await outbox.put(tx, keys, somebody, "1", b"a receipt", 100)
        waiting = outbox.Waiting(row, 100, "what the browser holds", b"a receipt")
        assert await outbox.find(tx, keys, somebody, "1", 101) == waiting
        assert await outbox.latest(tx, keys, somebody, 99) == waiting
        with pytest.raises(Unreadable):
            await outbox.pending(tx, keys, channel, 101)


@pytest.mark.parametrize(("channel", "limit"), [("web", 300), ("terminal", 300), ("telegram", 86_400)])
async def test_a_reply_over_its_limit_is_neither_found_nor_sent(
    database: Database, keys: Keys, channel: str, limit: int
):
    somebody = keys.speaker(channel, "a")
    async with database.begin() as tx:
        await outbox.put(tx, keys, somebody, "1", b"a receipt", 100)
        assert await outbox.find(tx, keys, somebody, "1", 99 + limit)
        assert await outbox.find(tx, keys, somebody, "1", 100 + limit) is None
        assert await outbox.pending(tx, keys, channel, 100 + limit) == []


async def test_of_a_reply_that_arrived_only_the_day_is_kept(database: Database, keys: Keys, speaker: Speaker):
    async with database.begin() as tx:
        row = await outbox.put(tx, keys, speaker, "1", b"hello", 1_800_000_123)
        await outbox.delivered(tx, [row])
        kept = (await tx.execute(select(Update.channel, Update.created_at))).one()
    assert kept == ("", 1_799_971_201)


async def test_messages_sent_are_remembered_until_forgotten(database: Database, keys: Keys, speaker: Speaker):
    other = keys.speaker("telegram", "4343")
    async with database.begin() as tx:
        await sent.remember(tx, keys, [(speaker, 7, 100), (other, 9, 100), (speaker, 8, 101)])
        await sent.remember(tx, keys, [])
        assert await sent.remembered(tx, keys, speaker) == [7, 8]
        assert all(box[-1:] != b"7" for box in await tx.scalars(select(SentMessage.box)))
        await sent.forget(tx, speaker)
        assert await sent.remembered(tx, keys, speaker) == []
        assert await sent.remembered(tx, keys, other) == [9]


async def test_nothing_readable_is_printed(keys: Keys):
    assert "secret" not in repr(outbox.Waiting(1, 100, "secret", b"secret"))
