"""What was erased is in no file of the database: neither in the tables' own nor in the log beside it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.turns import Content, Host
from services import retention
from services.database import Database, open_database
from services.keys import Keys
from tests.bot.stage import AT, Guest, coordinator

SEALED = {
    "conversations": "payload",
    "outbox": "body",
    "sealed_parts": "ciphertext",
    "sealed_keys": "box",
    "message_copies": "box",
}
WINDOW = 24  # bytes of ciphertext that are nowhere by chance


@pytest.fixture
def file(tables_in_sqlite: Path, tmp_path: Path) -> Path:
    path = tmp_path / "passerelle.db"
    path.write_bytes(tables_in_sqlite.read_bytes())
    return path


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    database = open_database(f"sqlite:///{file}")
    yield database
    await database.close()


@pytest.fixture
async def host(database: Database, keys: Keys, everything_said: Content) -> AsyncIterator[Host]:
    host = Host(database, keys, everything_said)
    yield host
    await host.close()


class Watched(Guest):
    """A person whose every sealed value is noted as a thief would find it."""

    file: Path
    seen: set[bytes]

    async def send(self, key=None, **what):
        self.seen |= sealed(self.file)
        return await super().send(key, **what)


async def test_what_was_hidden_is_soon_in_no_file(host: Host, database: Database, keys: Keys, file: Path):
    await coordinator(database, keys)
    guest = watched(host, file)
    await guest.at_menu()
    await guest.asks_for_help("I need a room without stairs")
    asked = sealed(file, "sealed_parts", "sealed_keys")
    await guest.send(command="hide")
    await until_wiped(file)
    assert guest.seen
    assert left(guest.seen - asked, file) == set()
    assert left(asked, file) == asked


async def test_what_was_taken_back_is_soon_in_no_file(host: Host, database: Database, keys: Keys, file: Path):
    await coordinator(database, keys)
    guest = watched(host, file)
    await guest.at_menu()
    receipt = (await guest.asks_for_help("I need a room without stairs")).receipts[0]
    asked = sealed(file, "sealed_parts", "sealed_keys")
    other = Guest(host, "web", "elsewhere")
    await other.send()
    await other.say(receipt.words)
    await other.tap("withdraw", "yes")
    await until_wiped(file)
    assert asked
    assert left(asked, file) == set()


@pytest.mark.parametrize("channel", ["web", "telegram"])
async def test_what_the_purge_forgets_is_in_no_file(host: Host, database: Database, file: Path, channel):
    guests = [watched(host, file, channel, str(number)) for number in range(9)]
    for guest in guests:
        await guest.at_menu()
    for guest in guests:
        await guest.say("they took my passport")
    seen = set().union(sealed(file), *(guest.seen for guest in guests))
    await retention.forget_due(database, AT + retention.DAY)
    assert len(seen) > len(guests)
    assert left(seen, file) == set()


async def test_the_log_stays_while_a_stranger_reads_and_goes_afterwards(database: Database, host: Host, file: Path):
    await Guest(host, "web").at_menu()
    stranger = sqlite3.connect(file)
    stranger.execute("BEGIN")
    stranger.execute("SELECT count(*) FROM outbox").fetchone()
    await Guest(host, "web").at_menu()
    assert not await database.wipe()
    await Guest(host, "web").at_menu()
    stranger.close()
    assert await database.wipe()
    assert log_of(file) == b""


async def test_a_database_in_memory_has_nothing_to_wipe():
    database = open_database("sqlite://")
    assert await database.wipe()
    await database.close()


def watched(host: Host, file: Path, channel="web", address="here") -> Watched:
    guest = Watched(host, channel, address)
    guest.file, guest.seen = file, set()
    return guest


def sealed(file: Path, *tables: str) -> set[bytes]:
    reading = sqlite3.connect(file)
    queries = (f"SELECT {SEALED[table]} FROM {table}" for table in tables or SEALED)
    found = {box for query in queries for (box,) in reading.execute(query) if box}
    reading.close()
    return found


def left(boxes: set[bytes], file: Path) -> set[bytes]:
    """Those of which a piece is still in a file."""
    kept = file.read_bytes() + log_of(file)
    return {box for box in boxes if any(box[at : at + WINDOW] in kept for at in range(0, len(box) - WINDOW, WINDOW))}


def log_of(file: Path) -> bytes:
    log = file.with_name(f"{file.name}-wal")
    return log.read_bytes() if log.exists() else b""


async def until_wiped(file: Path) -> None:
    for _ in range(500):
        if not log_of(file):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the log was not wiped")
