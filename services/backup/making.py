"""A backup: every row in one consistent look, in two folders, one to keep long and one that must not be.

The second holds what deleting must erase: the sealed data keys, and what is sealed to the coordination itself.
"""

import gzip
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Literal, TypeAlias

import orjson
from sqlalchemy import Table

from services import migrations
from services.backup.rows import Counted, kept, last_number, lines, tables
from services.database import Database, Transaction

Part: TypeAlias = Literal["rows", "keys"]

FORMAT = 1
MANIFEST = "manifest.json"
NAME = re.compile(r"passerelle-(\d{8}T\d{6}Z)-(rows|keys)")
STAMP = "%Y%m%dT%H%M%SZ"
DAY_S = 24 * 3600
AS_TEXT = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS  # SQLAlchemy's names of tables are a kind of str


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds of a table. `last`: the last number given there; None where none is counted."""

    rows: int
    digest: str
    last: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds. `pair`: the same in the two folders of one backup; `version`: that of the tables."""

    part: Part
    pair: str
    made_at: str
    version: str
    tables: Mapping[str, Held]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made. `left_out`: the tables of which nothing is kept."""

    rows: Path
    keys: Path
    counts: Mapping[str, int]
    left_out: Sequence[str]


async def make(database: Database, to: Path, keys_to: Path, at: int) -> Made:
    """Write a folder in `to` and one in `keys_to`, each whole or not at all.

    Raises ValueError where the tables are older than this version, OSError.
    """
    stamp, pair = datetime.fromtimestamp(at, UTC), secrets.token_hex(8)
    async with database.one_look() as tx:
        if await tx.run_sync(migrations.behind):
            raise ValueError("the tables are older than this version: passerelle db upgrade")
        found = await tx.run_sync(tables)
        with _folder(to, stamp, "rows") as rows, _folder(keys_to, stamp, "keys") as keys:
            held = {"rows": await _written(tx, rows, found, "long"), "keys": await _written(tx, keys, found, "short")}
            for part, folder in (("rows", rows), ("keys", keys)):
                _manifest(folder, Manifest(_part(part), pair, stamp.strftime(STAMP), migrations.HEAD, held[part]))
    counts = {name: one.rows for part in held.values() for name, one in part.items()}
    left_out = [table.name for table in found if kept(table) == "never"]
    return Made(_place(to, stamp, "rows"), _place(keys_to, stamp, "keys"), counts, left_out)


def read_manifest(folder: Path) -> Manifest:
    """What a folder says it holds. Raises ValueError, with a sentence for people, where it is no backup of ours."""
    try:
        told = orjson.loads((folder / MANIFEST).read_bytes())
        if told["format"] != FORMAT:
            raise ValueError
        held = {name: Held(one["rows"], one["digest"], one["last"]) for name, one in told["tables"].items()}
        return Manifest(_part(told["part"]), told["pair"], told["made_at"], told["version"], held)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(f"{folder} is no backup that this release can read") from None


def forget_old(folder: Path, part: Part, days: int, at: int) -> list[Path]:
    """Delete the backups of that part that are older than `days`; those that were deleted."""
    before = datetime.fromtimestamp(at - days * DAY_S, UTC).strftime(STAMP)
    named = [(path, NAME.fullmatch(path.name)) for path in sorted(folder.iterdir())]
    old = [path for path, name in named if name and name[2] == part and name[1] < before and (path / MANIFEST).exists()]
    for path in old:
        shutil.rmtree(path)
    return old


def file_of(folder: Path, table: str) -> Path:
    """Where a folder has the rows of a table."""
    return folder / f"{table}.jsonl.gz"


async def _written(tx: Transaction, folder: Path, found: Sequence[Table], wanted: str) -> dict[str, Held]:
    return {table.name: await _table(tx, folder, table) for table in found if kept(table) == wanted}


async def _table(tx: Transaction, folder: Path, table: Table) -> Held:
    count = Counted()
    with file_of(folder, table.name).open("wb") as file:
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
            async for line in lines(tx, table):
                count.add(line)
                packed.write(line + b"\n")
        _on_disk(file)
    return Held(count.rows, count.digest, await last_number(tx, table))


def _manifest(folder: Path, manifest: Manifest) -> None:
    with (folder / MANIFEST).open("wb") as file:
        file.write(orjson.dumps({"format": FORMAT} | asdict(manifest), option=AS_TEXT) + b"\n")
        _on_disk(file)


@contextmanager
def _folder(to: Path, stamp: datetime, part: Part) -> Iterator[Path]:
    """A folder that gets its name when all is in it, so that half a backup is never taken for one."""
    whole = _place(to, stamp, part)
    draft = whole.with_name(f"{whole.name}.part")
    draft.mkdir(mode=0o700)
    try:
        yield draft
        draft.rename(whole)
        _settled(to)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _place(to: Path, stamp: datetime, part: Part) -> Path:
    return to / f"passerelle-{stamp.strftime(STAMP)}-{part}"


def _on_disk(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _settled(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _part(told: str) -> Part:
    if told not in ("rows", "keys"):
        raise ValueError(told)
    return "rows" if told == "rows" else "keys"
