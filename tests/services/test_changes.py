"""Changes of the queue reach every process that looks at it: at the commit, and again after the database was gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text

from services import audit
from services.audit_chain import CHANNEL
from services.changes import Changes
from services.database import Database, open_database, upgrade
from tests.conftest import new_database

SOON_S = 20


async def act(database: Database, referral: str | None = "R-1") -> None:
    async with database.begin() as tx:
        await audit.record(tx, 1, "person", "wrote", referral)


@asynccontextmanager
async def followed(database: Database) -> AsyncIterator[Changes]:
    """Somebody who has begun to follow, and has noticed what there was."""
    noticed = Changes(database)
    task = asyncio.create_task(noticed.follow())
    assert await noticed.after(0, SOON_S)
    yield noticed
    task.cancel()
    await asyncio.wait([task])


async def settled(noticed: Changes) -> int:
    """The number once it stays: the first looks may notice the same thing twice."""
    number = noticed.number
    while (later := await noticed.after(number, 1.5)) != number:
        number = later
    return number


async def test_an_act_in_one_process_is_noticed_in_another(database, database_url):
    other = open_database(database_url)
    await act(other)
    async with followed(database) as noticed:
        for _ in range(3):
            number = await settled(noticed)
            waiting = asyncio.create_task(noticed.after(number, SOON_S))
            await act(other)
            assert await waiting > number
    await other.close()


async def test_what_is_no_referrals_or_was_undone_is_not_told(database):
    await act(database)
    async with followed(database) as noticed:
        number = await settled(noticed)
        await act(database, None)
        try:
            async with database.begin() as tx:
                await audit.record(tx, 1, "person", "wrote", "R-2")
                raise KeyError
        except KeyError:
            pass
        assert await settled(noticed) == number


async def test_the_payload_is_empty(postgresql_url):
    database = open_database(postgresql_url)
    await upgrade(database)
    heard: list[tuple[object, ...]] = []
    async with database.begin() as tx:
        driver: Any = (await tx.get_raw_connection()).driver_connection
        await driver.add_listener(CHANNEL, lambda *told: heard.append(told[2:]))
        await audit.record(tx, 1, "person", "wrote", "R-1")
    await database.close()
    assert heard == [(CHANNEL, "")]


async def test_after_every_connection_was_cut_it_listens_again(postgresql_url, tables_in_postgresql, postgresql):
    url = new_database(postgresql, "with_tables")
    database, other = open_database(url), open_database(url)
    await act(other)
    async with followed(database) as noticed:
        number = await settled(noticed)
        for _ in range(2):
            async with other.begin() as tx:
                await tx.execute(CUT)
            after = await noticed.after(number, SOON_S)
            assert after > number, "what may have been missed meanwhile is told"
            number = await settled(noticed)
            waiting = asyncio.create_task(noticed.after(number, SOON_S))
            await act(other)
            number = await waiting
            assert number > after
    await database.close()
    await other.close()


CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def test_who_waits_is_let_go_when_the_process_ends(database):
    noticed = Changes(database)
    waiting = asyncio.create_task(noticed.after(0, SOON_S))
    await asyncio.sleep(0)
    noticed.close()
    async with asyncio.timeout(SOON_S / 2):
        assert await waiting == 0
        assert await noticed.after(0, SOON_S) == 0
