"""Backups on the command line: made in two folders, brought back, and both at once to see that nothing is missing."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Settings

if TYPE_CHECKING:
    from services.backup.making import Made

NO_KEYS = "Without the folder of keys: triage can be read, and nothing that was sealed."
KEPT_APART = "The key file is in none of them: keep its copy apart from them."


async def backup(options: argparse.Namespace) -> int:
    """Make one, and delete what has become too old."""
    from services.backup import making as backup

    if options.to is None:
        raise ValueError("say where the backup goes: passerelle backup --to DIR")
    now, keys_to = int(time.time()), options.keys_to or options.to
    made = await _made(options.to, keys_to, now)
    gone = backup.forget_old(options.to, "rows", options.keep, now)
    gone += backup.forget_old(keys_to, "keys", options.keep_keys, now)
    if options.json:
        print(json.dumps(_told(made) | {"deleted": [str(path) for path in gone]}))
        return 0
    print(f"{made.rows}: {sum(made.counts.values())} rows with those of {made.keys}")
    print(f"Kept for {options.keep} days, the folder of keys for {options.keep_keys}. Deleted: {len(gone)}.")
    print(KEPT_APART)
    return 0


async def check(options: argparse.Namespace) -> int:
    """Make a backup, or take one, bring it back into a scratch database and compare; 1 where anything differs."""
    with tempfile.TemporaryDirectory(prefix="passerelle-") as scratch:
        rows, keys = options.source, options.keys
        if rows is None:
            made = await _made(Path(scratch), Path(scratch), int(time.time()))
            rows, keys = made.rows, made.keys
        counts, whole = await _restored(options.into or f"sqlite:///{scratch}/restored.sqlite", rows, keys)
    if options.json:
        print(json.dumps({"ok": whole, "rows": counts, "keys": keys is not None}))
    else:
        _table(counts)
        print("ok    every row came back as it was" if whole else "MEND  the record of who did what is broken")
        if keys is None:
            print(NO_KEYS)
    return 0 if whole else 1


async def restore(options: argparse.Namespace) -> int:
    """Fill an empty database."""
    counts, whole = await _restored(options.into, options.source, options.keys)
    if options.json:
        print(json.dumps({"ok": whole, "rows": counts, "keys": options.keys is not None}))
        return 0 if whole else 1
    _table(counts)
    if options.keys is None:
        print(NO_KEYS)
    print("Now put its key file back, and run: passerelle doctor, passerelle purge, passerelle audit verify")
    if not whole:
        print("passerelle: the record of who did what is broken, and was so when it was copied", file=sys.stderr)
    return 0 if whole else 1


async def _made(to: Path, keys_to: Path, at: int) -> "Made":
    from bot import places
    from services.backup import making as backup
    from services.database import open_database

    settings = Settings()
    for folder in (to, keys_to):
        if not folder.is_dir():
            raise ValueError(f"the folder {folder} is missing: make it first")
        if settings.key_file.exists() and settings.key_file.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"the key file lies in {folder}: backups go elsewhere, apart from it")
    places.prepare(settings, make=False)
    database = open_database(settings.database_url.get_secret_value())
    try:
        return await backup.make(database, to, keys_to, at)
    finally:
        await database.close()


async def _restored(into: str, rows: Path, keys: Path | None) -> tuple[Mapping[str, int], bool]:
    """How many rows came back, and whether the record of who did what is whole there."""
    from services import audit
    from services.backup import restore
    from services.database import open_database

    database = open_database(into)
    try:
        counts = await restore.restore(database, rows, keys)
        async with database.read() as tx:
            return counts, await audit.verify(tx) is None
    finally:
        await database.close()


def _told(made: "Made") -> dict[str, object]:
    return {"rows": str(made.rows), "keys": str(made.keys), "counts": made.counts, "left_out": made.left_out}


def _table(counts: Mapping[str, int]) -> None:
    for name, count in sorted(counts.items()):
        print(f"{count:>9}  {name}")
