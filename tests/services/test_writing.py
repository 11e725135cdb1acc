"""That somebody writes reaches every process within moments, for the one it is for, and leaves nothing behind."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from services import writing
from services.database import Database, open_database
from services.keys import Keys
from services.tables import Table
from services.writing import Writing
from tests.services.test_changes import CUT

SOON_S = 20


@pytest.fixture
def keys() -> Keys:
    return Keys(bytes(range(32)))


@pytest.fixture
async def there(database: Database, database_url: str, keys: Keys) -> AsyncIterator[Writing]:
    """Another process on PostgreSQL; on SQLite, which serves one process, the same."""
    other = open_database(database_url)
    heard = Writing(other, keys)
    following = asyncio.create_task(heard.follow())
    yield heard
    following.cancel()
    await asyncio.wait([following])
    await other.close()


async def told(here: Writing, there: Writing) -> None:
    """Said again until it is heard, as a page does while somebody types."""
    async with asyncio.timeout(SOON_S):
        while not there.to("R-1", "person"):
            await here.tell("R-1", "person")
            await asyncio.sleep(0.02)


def here(there: Writing, database: Database, keys: Keys) -> Writing:
    return Writing(database, keys) if database.kind == "postgresql" else there


async def test_it_is_heard_in_every_process_for_the_one_it_is_for(database: Database, keys: Keys, there: Writing):
    assert not there.to("R-1", "person")
    await told(here(there, database, keys), there)
    assert not there.to("R-1", "professional")
    assert not there.to("R-2", "person")


async def test_it_is_over_soon_after_the_last_key(database: Database, keys: Keys):
    now = 0.0
    heard = Writing(database, keys, lambda: now)
    heard._hear(heard._name("R-1", "person"))
    now = writing.LASTS_S - 0.1
    assert heard.to("R-1", "person")
    now = writing.LASTS_S
    assert not heard.to("R-1", "person")
    heard._hear("another")
    assert list(heard._heard) == ["another"]


async def test_it_is_heard_again_after_the_database_was_gone(
    database: Database, keys: Keys, there: Writing, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(writing, "AGAIN_S", 0.05)
    await told(here(there, database, keys), there)
    if database.kind == "postgresql":
        async with database.begin() as tx:
            await tx.execute(CUT)
        there._heard.clear()
        await told(Writing(database, keys), there)


async def test_nothing_of_it_is_kept_and_the_word_that_is_passed_on_names_nobody(
    database: Database, keys: Keys, there: Writing
):
    async def rows() -> list[int]:
        async with database.read() as tx:
            tables = Table.metadata.sorted_tables
            return [(await tx.execute(select(func.count()).select_from(table))).scalar_one() for table in tables]

    before = await rows()
    await told(here(there, database, keys), there)
    assert await rows() == before
    assert "R-1" not in str(there._heard)
