"""A backup brought back into an empty database of either kind, whole or not at all, and compared row by row."""

import gzip
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from sqlalchemy import Table, delete, insert, inspect

from services import migrations
from services.backup.making import Held, Manifest, file_of, read_manifest
from services.backup.rows import BATCH, Counted, count_on, counted, row_of, tables
from services.database import Database, Transaction, upgrade

NOT_EMPTY = "there is something in this database already: give the address of an empty one"
OTHER_PAIR = "the folder of keys was not made with this backup: give the one of the same time, or none"
NOT_ROWS = "this is a folder of keys: give the one with rows, and this one with --keys"
DAMAGED = "the backup is damaged: {table} does not hold what its manifest says"
UNLIKE = "{table} does not hold after restoring what the backup says: nothing was restored"


async def restore(database: Database, rows: Path, keys: Path | None) -> Mapping[str, int]:
    """Fill an empty database from a backup's folder, with its folder of keys or without; how many rows of each table.

    Raises ValueError, with a sentence for people: not empty, no backup, damaged, from a newer release; OSError.
    """
    whole = _manifests(rows, keys)
    first = next(iter(whole.values()))
    async with database.begin() as tx:
        if (await tx.run_sync(lambda connection: inspect(connection).get_table_names())) != []:
            raise ValueError(NOT_EMPTY)
        await tx.run_sync(migrations.upgrade, first.version)
        found = await tx.run_sync(tables)
        for table in reversed(found):
            await tx.execute(delete(table))
        loaded = {table.name: await _load(tx, table, *_place(whole, table)) for table in found if _has(whole, table)}
    await upgrade(database)
    return loaded


def _manifests(rows: Path, keys: Path | None) -> dict[Path, Manifest]:
    whole = {rows: read_manifest(rows)} | ({keys: read_manifest(keys)} if keys else {})
    if whole[rows].part != "rows" or (keys is not None and whole[keys].part != "keys"):
        raise ValueError(NOT_ROWS)
    if len({manifest.pair for manifest in whole.values()}) > 1:
        raise ValueError(OTHER_PAIR)
    return whole


def _has(whole: Mapping[Path, Manifest], table: Table) -> bool:
    return any(table.name in manifest.tables for manifest in whole.values())


def _place(whole: Mapping[Path, Manifest], table: Table) -> tuple[Path, Held]:
    return next((at, manifest.tables[table.name]) for at, manifest in whole.items() if table.name in manifest.tables)


async def _load(tx: Transaction, table: Table, folder: Path, held: Held) -> int:
    count = Counted()
    try:
        for batch in _batches(file_of(folder, table.name)):
            for line in batch:
                count.add(line)
            await tx.execute(insert(table), [row_of(table, line) for line in batch])
    except (EOFError, gzip.BadGzipFile, zlib.error, FileNotFoundError):
        raise ValueError(DAMAGED.format(table=table.name)) from None
    if (count.rows, count.digest) != (held.rows, held.digest):
        raise ValueError(DAMAGED.format(table=table.name))
    if held.last is not None:
        await count_on(tx, table, held.last)
    if (await counted(tx, table)).digest != held.digest:
        raise ValueError(UNLIKE.format(table=table.name))
    return count.rows


def _batches(path: Path) -> Iterator[list[bytes]]:
    """The lines of a file, some thousand at a time."""
    with gzip.open(path, "rb") as packed:
        stripped = (line.removesuffix(b"\n") for line in packed)
        while batch := list(islice(stripped, BATCH)):
            yield batch
