"""Where the database and the key file lie: their folders, and that nobody else may read them."""

import contextlib
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.config import Folder, Settings
from services.keys import OTHERS as OTHERS


def prepare(settings: Settings, *, make: bool) -> None:
    """Make our own folder if it is missing; any other missing folder is a typing error.

    Raises ValueError, with a sentence for people. `make`: whether the database's file may be missing.
    """
    file = database_file(settings)
    if file is not None and not make and not file.exists():
        raise ValueError(
            f"there is no database at {file}: correct PASSERELLE_DATABASE_URL, or start `passerelle serve`"
        )
    named = [(settings.key_file, "PASSERELLE_KEY_FILE")]
    if file is not None:
        named.insert(0, (file, "PASSERELLE_DATABASE_URL"))
    for path, setting in named:
        if path.parent == Folder and make:
            path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.parent.is_dir():
            raise ValueError(f"the folder {path.parent} is missing: make it, or correct {setting}")


def database_file(settings: Settings) -> Path | None:
    """The file of an SQLite database; None where there is none."""
    url = settings.database_url.get_secret_value()
    name = url.removeprefix("sqlite:///").partition("?")[0] if url.startswith("sqlite:///") else ""
    return Path(name) if name not in ("", ":memory:") else None


def readable_by_others(settings: Settings) -> list[Path]:
    """The database's files, and `.env`, that others may read."""
    return [path for path in _files(settings) if stat.S_IMODE(path.stat().st_mode) & OTHERS]


def close_to_others(settings: Settings) -> None:
    """Make the database's files ours alone; where that is not allowed, `doctor` says it."""
    for path in readable_by_others(settings):
        if path.name == ".env":
            continue
        with contextlib.suppress(OSError):
            path.chmod(0o600)


def _files(settings: Settings) -> Iterator[Path]:
    file = database_file(settings)
    ours = [Path(f"{file}{end}") for end in ("", "-wal", "-shm")] if file is not None else []
    yield from (path for path in (*ours, Path(".env")) if path.exists())
