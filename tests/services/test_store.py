"""Conversations are found, kept to one transaction, saved, forgotten."""

import asyncio

import pytest
from sqlalchemy import func, select, text, update

from services import outbox, retention, sent, store
from services.database import Database
from services.keys import Keys, Speaker
from services.sealing import Unreadable
from services.tables import Conversation, SentMessage, Update


async def test_a_first_contact_finds_nothing(database: Database, keys: Keys, speaker: Speaker):
    async with database.begin() as tx:
        assert await store.lock(tx, keys, speaker, "1", 100) == store.Locked(None, seen=False)
        assert await store.find(tx, speaker, 100) is None


async def test_what_was_saved_is_found_again(database: Database, keys: Keys, speaker: Speaker):
    await save(database, speaker)
    async with database.begin() as tx:
        locked = await store.lock(tx, keys, speaker, "2", 100)
        assert locked == store.Locked(store.Stored(b"words", b"fr", 3, 1900), seen=False)
        assert await store.find(tx, speaker, 100) == locked.stored


async def test_the_last_one_saved_counts(database: Database, speaker: Speaker):
    await save(database, speaker)
    async with database.begin() as tx:
        await store.save(tx, speaker, b"other", 4, 2000, b"ar")
        assert await store.find(tx, speaker, 100) == store.Stored(b"other", b"ar", 4, 2000)


async def test_an_expired_session_leaves_only_what_remains(database: Database, keys: Keys, speaker: Speaker):
    await save(database, speaker)
    async with database.begin() as tx:
        assert await store.find(tx, speaker, 1900) == store.Stored(None, b"fr", 3, 1900)
        await retention.purge(tx, 1900)
        assert await tx.scalar(select(Conversation.payload)) is None
        assert (await store.lock(tx, keys, speaker, "2", 1900)).stored == store.Stored(None, b"fr", 3, 1)


async def test_an_update_is_seen_once_it_is_in_the_outbox(database: Database, keys: Keys, speaker: Speaker):
    other = keys.speaker("telegram", "4343")
    async with database.begin() as tx:
        assert not await store.seen(tx, keys, speaker, "9")
        await outbox.put(tx, keys, speaker, "9", b"reply", 100)
        await store.save(tx, speaker, b"words", 1, 1900)
    async with database.begin() as tx:
        assert await store.seen(tx, keys, speaker, "9")
        assert (await store.lock(tx, keys, speaker, "9", 100)).seen
        assert not (await store.lock(tx, keys, speaker, "8", 100)).seen
        assert not (await store.lock(tx, keys, other, "9", 100)).seen


async def test_erasing_forgets_one_conversation_whole(database: Database, keys: Keys, speaker: Speaker):
    other = keys.speaker("telegram", "4343")
    for somebody in (speaker, other):
        await save(database, somebody)
        async with database.begin() as tx:
            await outbox.put(tx, keys, somebody, "1", b"reply", 100)
            await sent.remember(tx, keys, [(somebody, 7, 100)])
    async with database.begin() as tx:
        await store.erase(tx, speaker)
        await outbox.put(tx, keys, speaker, "2", b"goodbye", 100)
    async with database.begin() as tx:
        assert await store.lock(tx, keys, speaker, "2", 100) == store.Locked(None, seen=True)
        assert [waiting.payload for waiting in await outbox.pending(tx, keys, "telegram", 100)] == [
            b"reply",
            b"goodbye",
        ]
        for table, left in ((Conversation, {1, 2}), (Update, {2}), (SentMessage, {1})):
            assert await tx.scalar(select(func.count()).select_from(table)) in left


async def test_turns_of_one_conversation_wait_for_each_other(database: Database, keys: Keys, speaker: Speaker):
    async def turn(update_key: str) -> None:
        async with database.begin() as tx:
            stored = (await store.lock(tx, keys, speaker, update_key, 100)).stored
            await asyncio.sleep(0.002)
            turn = stored.turn + 1 if stored else 1
            await store.save(tx, speaker, b"words", turn, 1900)

    await asyncio.gather(*(turn(str(number)) for number in range(12)))
    async with database.read() as tx:
        stored = await store.find(tx, speaker, 100)
        assert stored is not None
        assert stored.turn == 12


async def test_the_same_update_at_the_same_moment_is_handled_once(database: Database, keys: Keys, speaker: Speaker):
    async def turn() -> str:
        async with database.begin() as tx:
            locked = await store.lock(tx, keys, speaker, "1", 100)
            if locked.seen:
                return "seen"
            await asyncio.sleep(0.002)
            await store.save(tx, speaker, b"words", locked.stored.turn + 1 if locked.stored else 1, 1900)
            await outbox.put(tx, keys, speaker, "1", b"reply", 100)
            return "done"

    for _ in range(2):
        outcomes = await asyncio.gather(*(turn() for _ in range(6)), return_exceptions=True)
        assert all(outcome in ("seen", "done") or isinstance(outcome, outbox.Repeated) for outcome in outcomes)
    async with database.read() as tx:
        stored = await store.find(tx, speaker, 100)
        assert stored is not None
        assert stored.turn == 1
        assert len(await outbox.pending(tx, keys, "telegram", 100)) == 1


async def test_a_session_moved_to_another_row_does_not_open(database: Database, keys: Keys, speaker: Speaker):
    other = keys.speaker("telegram", "4343")
    await save(database, speaker)
    await save(database, other)
    async with database.begin() as tx:
        payload = await tx.scalar(select(Conversation.payload).where(Conversation.key == speaker.key))
        await tx.execute(update(Conversation).values(payload=payload))
        assert await store.find(tx, speaker, 100)
        with pytest.raises(Unreadable):
            await store.find(tx, other, 100)


async def test_payload_and_remains_cannot_change_places(database: Database, speaker: Speaker):
    await save(database, speaker)
    async with database.begin() as tx:
        await tx.execute(text("UPDATE conversations SET payload = remains"))
        with pytest.raises(Unreadable):
            await store.find(tx, speaker, 100)


async def save(database: Database, speaker: Speaker) -> None:
    async with database.begin() as tx:
        await store.save(tx, speaker, b"words", 3, 1900, b"fr")
