"""The database: SQLite in a file or in memory, or PostgreSQL; one transaction at a time is opened from here."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any, TypeAlias

from sqlalchemy import URL, Connection, CursorResult, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from services import migrations, sqlite

Transaction: TypeAlias = AsyncConnection

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
BUSY_S = 10
ANSWER_S = 2
READERS = 4
CONNECTIONS = 20
ONE_LOOK = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Database:
    """Where everything is kept. `begin()` to write, `read()` and `one_look()` to look."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        """`reader` may be `writer` itself, or share its connections."""
        self._writer = writer
        self._reader = reader

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect.name

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """One transaction, committed at the end, undone if anything is raised.

        In SQLite there is one writer at a time, in the order of asking: keep slow work outside, open none within.
        """
        async with self._writer.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """To look and change nothing; in SQLite it does not wait for the writer.

        In PostgreSQL each statement sees what was committed before it began, and is a transaction of its own: two trips
        less than one around all of them, in which the same would be seen.
        """
        async with self._reader.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def one_look(self) -> AsyncIterator[Transaction]:
        """To look at everything as it is at one moment, for however long it takes."""
        engine = self._writer if self.kind == "postgresql" else self._reader
        async with engine.connect() as connection, connection.begin():
            if self.kind == "postgresql":
                await connection.execute(text(ONE_LOOK))
            yield connection

    @asynccontextmanager
    async def listening(self, channel: str, heard: Callable[[str], None]) -> AsyncIterator[asyncio.Event]:
        """Call `heard` with the payload of each NOTIFY on a channel of PostgreSQL, until the end.

        The event: the connection is lost.

        It takes a connection of its own.
        """
        async with self._writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            lost = asyncio.Event()
            driver.add_termination_listener(lambda _: lost.set())
            await driver.add_listener(channel, lambda *told: heard(told[-1]))
            try:
                yield lost
            finally:
                await connection.invalidate()  # it still listens: nobody else may get it

    async def wipe(self) -> bool:
        """Take what was deleted out of SQLite's write-ahead log; False while others read: ask again.

        Call it outside any transaction. PostgreSQL has its vacuum for this, and nothing is done.
        """
        if self.kind != "sqlite":
            return True
        async with self._writer.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert isinstance(driver, sqlite.Connection)  # noqa: S101 - _sqlite opens no other
            return await driver.empty_log()

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._reader.dispose()


def open_database(url: str) -> Database:
    """The database at `sqlite:///FILE`, `sqlite://` (in memory) or `postgresql://…`; nothing is connected yet.

    Raises ValueError, with a sentence for people, on any other address.
    """
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        engine = _postgresql(address)
        return Database(engine, engine.execution_options(isolation_level="AUTOCOMMIT"))
    writer = _sqlite(address, connections=1, immediate=True)
    if address.database in (None, "", ":memory:"):
        return Database(writer, writer)
    return Database(writer, _sqlite(address, connections=READERS, immediate=False))


async def upgrade(database: Database) -> bool:
    """Bring the tables to this version; True if something had to be done. Raises ValueError on a newer database."""
    async with database.begin() as tx:
        return await tx.run_sync(migrations.upgrade)


async def pending(database: Database) -> bool:
    """Whether `upgrade` has something to do."""
    async with database.read() as tx:
        return await tx.run_sync(migrations.behind)


async def reachable(database: Database) -> bool:
    """Whether the database answers within two seconds."""
    try:
        async with asyncio.timeout(ANSWER_S), database.read() as tx:
            await tx.execute(text("SELECT 1"))
    except (OSError, TimeoutError, SQLAlchemyError):
        return False
    return True


def failure(fault: Exception) -> str | None:
    """Why the database failed in the midst of a command, for people; None where it was our own mistake."""
    if not isinstance(fault, OperationalError | InterfaceError):
        return None
    return f"the database failed, and this was not done: {str(fault.orig).splitlines()[0]}"


def own_insert(kind: str) -> Callable[..., Any]:
    """The `insert` of `sqlite` or `postgresql`, which knows what to do where the row is there already.

    Only the dialect in use is loaded: PostgreSQL's takes 2.5 MB.
    """
    insert: Callable[..., Any] = import_module(f"sqlalchemy.dialects.{kind}").insert
    return insert


def added_id(result: CursorResult[Any]) -> int:
    """The id the database gave to the row that was just added."""
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 - only an insert of one row comes here
    return int(key[0])


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        driver = DRIVERS[address.drivername.partition("+")[0]]
    except (ArgumentError, KeyError, ValueError):
        raise ValueError("The database address must be sqlite:///FILE, sqlite:// or postgresql://…") from None
    address = address.set(drivername=driver)
    if mode := address.query.get("sslmode"):
        address = address.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return address


def _postgresql(address: URL) -> AsyncEngine:
    return create_async_engine(
        address,
        pool_size=CONNECTIONS,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"server_settings": {"jit": "off", "application_name": "passerelle"}},
    )


def _sqlite(address: URL, *, connections: int, immediate: bool) -> AsyncEngine:
    engine = create_async_engine(
        address,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_reset_on_return=None,  # begin() always ends what it began; a reset is one more trip to the thread
        hide_parameters=True,
        connect_args={"timeout": BUSY_S, "isolation_level": None, "async_creator_fn": sqlite.connect},
    )
    begin = "BEGIN IMMEDIATE" if immediate else "BEGIN"
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
