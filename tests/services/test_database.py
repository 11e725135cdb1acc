"""Opening a database, one transaction, and the versions of the tables."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, insert, inspect, select, text

from services import migrations
from services.database import Database, open_database, upgrade
from services.tables import CoordinationKey, Table


@pytest.mark.parametrize("url", ["", "mysql://x", "sqlite", "postgres", "postgresql+psycopg2:/", "nonsense://:::"])
def test_an_address_that_is_no_database_is_refused_in_a_sentence(url):
    with pytest.raises(ValueError, match="must be sqlite"):
        open_database(url)


def test_an_address_with_a_password_is_not_repeated_in_the_refusal():
    with pytest.raises(ValueError, match="must be") as refused:
        open_database("mysql://root:hunter2@localhost/x")
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_postgresql_is_written_as_people_write_it(scheme):
    assert open_database(f"{scheme}://somebody@localhost/x?sslmode=require").kind == "postgresql"


async def test_a_transaction_is_kept_whole_or_not_at_all(database: Database):
    async def add_two_and_fail() -> None:
        async with database.begin() as tx:
            await tx.execute(insert(CoordinationKey), {"public_key": b"1", "created_at": 1})
            await tx.execute(insert(CoordinationKey), {"public_key": b"2", "created_at": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await add_two_and_fail()
    async with database.begin() as tx:
        assert await tx.scalar(select(func.count()).select_from(CoordinationKey)) == 0


async def test_many_transactions_at_once_lose_nothing(database: Database):
    async def add() -> None:
        async with database.begin() as tx:
            await tx.execute(insert(CoordinationKey), {"public_key": b"1", "created_at": 1})
            await asyncio.sleep(0)

    await asyncio.gather(*(add() for _ in range(30)))
    async with database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(CoordinationKey)) == 30


async def test_a_reader_sees_what_was_committed_while_somebody_writes(database: Database):
    async with database.begin() as tx:
        await tx.execute(insert(CoordinationKey), {"public_key": b"1", "created_at": 1})
        async with database.read() as other:
            assert await other.scalar(select(func.count()).select_from(CoordinationKey)) == 0


async def test_a_cancelled_transaction_leaves_the_database_usable(database: Database):
    async def wait_inside() -> None:
        async with database.begin() as tx:
            await tx.execute(insert(CoordinationKey), {"public_key": b"1", "created_at": 1})
            await asyncio.sleep(60)

    task = asyncio.create_task(wait_inside())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with database.begin() as tx:
        assert await tx.scalar(select(func.count()).select_from(CoordinationKey)) == 0


async def test_memory_is_a_database_too():
    database = open_database("sqlite://")
    await upgrade(database)
    async with database.begin() as tx:
        await tx.execute(insert(CoordinationKey), {"public_key": b"1", "created_at": 1})
    async with database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(CoordinationKey)) == 1
    await database.close()


async def test_sqlite_is_set_to_keep_and_to_forget(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path}/x.db")
    for transaction in (database.begin, database.read):
        async with transaction() as tx:
            settings = [(await tx.execute(text(f"PRAGMA {name}"))).scalar() for name in SETTINGS]
            assert settings == list(SETTINGS.values())
    await database.close()


SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_a_new_database_gets_its_tables_once(empty_url: str):
    database = open_database(empty_url)
    assert await upgrade(database)
    assert not await upgrade(database)
    await database.close()


async def test_two_processes_may_start_at_once(empty_url: str):
    databases = [open_database(empty_url) for _ in range(3)]
    assert sorted(await asyncio.gather(*(upgrade(database) for database in databases))) == [False, False, True]
    for database in databases:
        await database.close()


async def test_the_versions_one_after_the_other_lead_to_the_tables_of_a_new_database(empty_url: str):
    database = open_database(empty_url)
    await upgrade(database)
    async with database.begin() as tx:
        assert await tx.run_sync(_differences) == []
        at_once = await tx.run_sync(_tables)
        await tx.run_sync(migrations.downgrade)
        await tx.run_sync(migrations.upgrade)
        assert await tx.run_sync(_differences) == []
        assert await tx.run_sync(_tables) == at_once
    await database.close()


async def test_tables_that_are_not_ours_are_left_alone(empty_url: str):
    database = open_database(empty_url)
    async with database.begin() as tx:
        await tx.execute(text("CREATE TABLE other (id INTEGER)"))
    await upgrade(database)
    async with database.begin() as tx:
        assert "other" in await tx.run_sync(lambda c: inspect(c).get_table_names())
    await database.close()


async def test_the_versions_lead_back_to_nothing(empty_url: str):
    database = open_database(empty_url)
    await upgrade(database)
    async with database.begin() as tx:
        await tx.run_sync(migrations.downgrade)
        assert await tx.run_sync(lambda c: inspect(c).get_table_names()) == ["alembic_version"]
    assert await upgrade(database)
    await database.close()


async def test_a_database_of_a_newer_release_is_refused(empty_url: str):
    database = open_database(empty_url)
    await upgrade(database)
    async with database.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ValueError, match="newer release"):
        await upgrade(database)
    await database.close()


def test_the_newest_version_is_the_one_named():
    heads = ScriptDirectory(str(Path(migrations.__file__).parent)).get_heads()
    assert heads == [migrations.HEAD]


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Table.metadata))


def _tables(connection: Connection) -> dict[str, Any]:
    """What the database itself knows of each table, in no order."""
    known = inspect(connection)
    return {"": _functions(connection)} | {
        name: {
            "columns": sorted(str(column) for column in known.get_columns(name)),
            "keys": known.get_pk_constraint(name),
            "foreign": sorted(str(key) for key in known.get_foreign_keys(name)),
            "indexes": sorted(_index(index) for index in known.get_indexes(name)),
            "unique": sorted(str(one) for one in known.get_unique_constraints(name)),
            "counts": connection.dialect.name == "sqlite" and _counts(connection, name),
        }
        for name in known.get_table_names()
    }


def _functions(connection: Connection) -> list[str]:
    """What the database does by itself."""
    if connection.dialect.name == "sqlite":
        return []
    mine = "SELECT prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    triggers = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    return sorted(connection.scalars(text(f"{mine} UNION ALL {triggers}")))


def _index(index: Mapping[str, Any]) -> str:
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


def _counts(connection: Connection, name: str) -> bool:
    """Whether SQLite never gives one of the table's numbers again."""
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return "AUTOINCREMENT" in connection.execute(query, {"name": name}).scalar_one()
