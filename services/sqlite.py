"""A SQLite connection for SQLAlchemy that makes two trips to its thread for a whole transaction, not four a statement.

What can wait goes to the thread: the beginning, with the first statement, waits for the lock, and the commit for the
disk. The statements in between touch a few rows in memory, and are run where they are asked for.
"""

import sqlite3
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import aiosqlite


class Ran(NamedTuple):
    """What a statement led to."""

    description: Any
    rowcount: int
    lastrowid: int | None
    rows: list[Any]


NOTHING = Ran(None, -1, None, [])
LOG_WAIT_MS = 200  # nobody writes meanwhile
WAL_TRIES, WAL_PAUSE_S = 100, 0.05


class Cursor:
    """The part of aiosqlite's cursor that SQLAlchemy uses; the rows are fetched with the statement."""

    arraysize = 1

    def __init__(self, connection: "Connection") -> None:
        """Nothing is run yet."""
        self._connection = connection
        self._ran = NOTHING

    async def __aenter__(self) -> "Cursor":
        """Itself."""
        return self

    @property
    def description(self) -> Any:
        """The columns, or None."""
        return self._ran.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed, or -1."""
        return self._ran.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The row added last."""
        return self._ran.lastrowid

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> "Cursor":
        """Run a statement and fetch its rows."""
        self._ran = await self._connection.run(_execute, statement, values)
        return self

    async def executemany(self, statement: str, values: Sequence[Sequence[Any]]) -> "Cursor":
        """Run a statement for each of `values`."""
        self._ran = await self._connection.run(_executemany, statement, values)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows fetched."""
        return self._ran.rows

    async def close(self) -> None:
        """Nothing is left open."""


class Connection(aiosqlite.Connection):
    """aiosqlite's connection with the cursor above."""

    _beginning: str | None = None

    def cursor(self) -> Cursor:  # type: ignore[override]
        """A cursor, made without a trip."""
        return Cursor(self)

    async def run(self, work: Any, statement: str, values: Any) -> Ran:
        """Do `work` with a statement; a `BEGIN` waits for the statement after it."""
        if statement.startswith("BEGIN"):
            self._beginning = statement
            return NOTHING
        if self._conn.in_transaction:
            return work(self._conn, statement, values)  # type: ignore[no-any-return]
        begin, self._beginning = self._beginning, None
        return await self._execute(_after, begin, work, self._conn, statement, values)  # type: ignore[no-any-return,no-untyped-call]

    async def commit(self) -> None:
        """Commit, if anything was asked for."""
        if self._beginning is None:
            await super().commit()
        self._beginning = None

    async def rollback(self) -> None:
        """Undo, if anything was asked for."""
        self._beginning = None
        await super().rollback()

    async def empty_log(self) -> bool:
        """Bring the write-ahead log into the file and cut it to nothing; False while others read. In no transaction."""
        return await self._execute(_empty_log, self._conn)  # type: ignore[no-any-return,no-untyped-call]


async def connect(path: str, **options: Any) -> Connection:
    """Open a connection; its thread does not hold up the end of the program."""
    options["check_same_thread"] = False  # never used by two at a time: every trip is waited for
    connection = Connection(lambda: _opened(path, options), iter_chunk_size=64)
    connection._thread.daemon = True
    await connection  # type: ignore[unused-awaitable]
    return connection


def _opened(path: str, options: dict[str, Any]) -> sqlite3.Connection:
    """A connection that writes ahead. Where two make a new file so at once, SQLite refuses one without waiting."""
    connection: sqlite3.Connection = sqlite3.connect(path, **options)
    for left in reversed(range(WAL_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.DatabaseError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                break  # no database, or one that may not be written: the first statement says so
            if not left:
                raise
            time.sleep(WAL_PAUSE_S)
    return connection


def _after(begin: str | None, work: Any, connection: sqlite3.Connection, statement: str, values: Any) -> Any:
    if begin is not None:
        connection.execute(begin)
    return work(connection, statement, values)


def _execute(connection: sqlite3.Connection, statement: str, values: Sequence[Any]) -> Ran:
    cursor = connection.execute(statement, values)
    try:
        rows = cursor.fetchall() if cursor.description else []
        return Ran(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


def _executemany(connection: sqlite3.Connection, statement: str, values: Sequence[Sequence[Any]]) -> Ran:
    cursor = connection.executemany(statement, values)
    try:
        return Ran(cursor.description, cursor.rowcount, cursor.lastrowid, [])
    finally:
        cursor.close()


def _empty_log(connection: sqlite3.Connection) -> bool:
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout={LOG_WAIT_MS}")
    try:
        busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience}")
    return not busy
