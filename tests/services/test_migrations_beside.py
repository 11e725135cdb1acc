"""An older version at work on newer tables: what it writes and changes, it still can after each later migration."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    delete,
    insert,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError

from services import migrations
from services.database import open_database
from tests.services.test_migrations_add import CHANGELOG, later

NUMBERS = itertools.count(1)


def row(table: Table, written: dict[str, dict[str, Any]], *, whole: bool) -> dict[str, Any]:
    """What an older version may write there: every column it knows, or only those that must be."""
    told: dict[str, Any] = {}
    for column in table.columns:
        needed = column.primary_key or (column.server_default is None and not column.nullable)
        key = next(iter(column.foreign_keys), None)
        if key is None:
            told |= {column.name: value(column)} if whole or needed else {}
        elif needed or (whole and key.column.table is not table):
            told[column.name] = written[key.column.table.name][key.column.name]
    return told


def value(column: Any) -> Any:
    number = next(NUMBERS)
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Integer | Float):
        return number
    if isinstance(column.type, LargeBinary):
        return number.to_bytes(32)
    return [] if isinstance(column.type, JSON) else f"text {number}"


def known(connection: Connection) -> list[Table]:
    """The tables as they are, those that others point to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def at_work(connection: Connection, tables: list[Table]) -> None:
    """Rows written with few columns and with all, each then changed."""
    for whole in (False, True):
        written: dict[str, dict[str, Any]] = {}
        for table in tables:
            written[table.name] = row(table, written, whole=whole)
            connection.execute(insert(table), written[table.name])
            mine = [column == written[table.name][column.name] for column in table.primary_key]
            connection.execute(update(table).where(*mine).values(written[table.name]))


def beside() -> Iterator[tuple[str, str]]:
    """Each later migration for which no process stops, with the one before it."""
    told = CHANGELOG.read_text("utf-8")
    for path in later():
        number = path.name[1:5]
        if f"stop every process before migration {number}" not in told:
            yield f"{int(number) - 1:04}", number


@pytest.mark.parametrize(("before", "after"), [*beside()])
async def test_an_older_version_writes_on_in_the_tables_of_the_next(empty_url: str, before: str, after: str):
    database = open_database(empty_url)
    async with database.begin() as tx:
        await tx.run_sync(migrations.upgrade, before)
        tables = await tx.run_sync(known)
        await tx.run_sync(at_work, tables)
    async with database.begin() as tx:
        await tx.run_sync(migrations.upgrade, after)
    async with database.begin() as tx:
        await tx.run_sync(at_work, tables)
        for table in reversed(tables):
            await tx.execute(delete(table))
    await database.close()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE trainings RENAME COLUMN seats TO chairs",
        "DROP TABLE pings",
    ],
)
async def test_a_change_that_an_older_version_stumbles_over_is_found(empty_url: str, change: str):
    database = open_database(empty_url)
    async with database.begin() as tx:
        await tx.run_sync(migrations.upgrade)
        tables = await tx.run_sync(known)
        await tx.execute(text(change))
    with pytest.raises(DBAPIError):
        async with database.begin() as tx:
            await tx.run_sync(at_work, tables)
    await database.close()
