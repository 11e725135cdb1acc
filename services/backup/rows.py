"""A table's rows as lines of JSON, the same from SQLite and from PostgreSQL, and a digest that no order changes."""

import base64
import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import orjson
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    literal,
    select,
    text,
    tuple_,
)

from services.database import Transaction

Kept: TypeAlias = Literal["long", "short", "never"]

BATCH = 1000
MODULUS = 1 << 256
VERSIONS = "alembic_version"

# What is forgotten within hours anyway: a copy would only make it live longer.
FLEETING = frozenset(
    (
        "conversations",
        "outbox",
        "sent_messages",
        "receipt_tries",
        "sign_in_attempts",
        "console_sessions",
        "invitations",
        "api_requests",
        "factor_resets",
        "notice_marks",
        "notices",
        "pings",
    )
)
# Tables with hashes, public keys or ciphertext whose deleting erases nothing that something else does not erase.
LASTING = frozenset(
    (
        "api_tokens",
        "audit",
        "audit_head",
        "consents",
        "coordination_keys",
        "coordinator_grants",
        "coordinators",
        "key_check",
        "partner_members",
        "partners",
        "place_groups",
        "professional_codes",
        "receipts",
        "recovery_boxes",
        "recovery_codes",
        "recovery_keys",
        "referrals",
        "sealed_parts",
        "second_factors",
        "sign_ups",
    )
)

LAST_NUMBER = {
    "sqlite": "SELECT max(seq) FROM sqlite_sequence WHERE name = :name",
    "postgresql": "SELECT last_value FROM pg_sequences WHERE format('%I.%I', schemaname, sequencename) = "
    "pg_get_serial_sequence(:name, :key)",
}


@dataclass(slots=True)
class Counted:
    """How many rows there are, and the sum of their hashes: equal for the same rows in any order."""

    rows: int = 0
    sum: int = 0

    def add(self, line: bytes) -> None:
        """One row more."""
        self.rows += 1
        self.sum = (self.sum + int.from_bytes(hashlib.blake2b(line, digest_size=32).digest())) % MODULUS

    @property
    def digest(self) -> str:
        """The sum, in 64 hexadecimal figures."""
        return f"{self.sum:064x}"


def kept(table: Table) -> Kept:
    """For how long backups keep a table: what holds ciphertext or keys, and is not listed above, for a short time."""
    if table.name in FLEETING:
        return "never"
    holds_bytes = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return "short" if holds_bytes and table.name not in LASTING else "long"


def tables(connection: Connection) -> Sequence[Table]:
    """The tables as they are in the database, each after those that it points to."""
    found = MetaData()
    found.reflect(connection)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return [table for table in found.sorted_tables if table.name != VERSIONS]


async def lines(tx: Transaction, table: Table) -> AsyncIterator[bytes]:
    """Each row as a line of JSON, some thousand at a time, in the order of the primary key."""
    query = _ordered(table)
    while batch := list(await tx.execute(query)):
        for row in batch:
            yield _line(table, row._mapping)
        query = _ordered(table).where(_after(table, batch[-1]))


async def counted(tx: Transaction, table: Table) -> Counted:
    """What the table holds now."""
    found = Counted()
    async for line in lines(tx, table):
        found.add(line)
    return found


def row_of(table: Table, line: bytes) -> dict[str, Any]:
    """The row that a line tells. Raises ValueError where it is no row of this table."""
    told = orjson.loads(line)
    if not isinstance(told, dict) or told.keys() != set(table.columns.keys()):
        raise ValueError(f"a line of the backup is no row of the table {table.name}")
    return {column.name: _read(column.type, told[column.name]) for column in table.columns}


async def last_number(tx: Transaction, table: Table) -> int | None:
    """The last number that the database gave to a row of this table, where it counts them: it is never given again."""
    key = next(iter(table.primary_key.columns)).name
    if tx.dialect.name == "sqlite" and not await tx.scalar(_COUNTS):
        return None
    values = {"name": table.name} | ({"key": key} if tx.dialect.name == "postgresql" else {})
    found = await tx.scalar(text(LAST_NUMBER[tx.dialect.name]), values)
    return None if found is None else int(found)


async def count_on(tx: Transaction, table: Table, last: int) -> None:
    """Let the next row of this table get a number after `last`."""
    key = next(iter(table.primary_key.columns))
    if tx.dialect.name == "postgresql":
        sequence = "SELECT setval(pg_get_serial_sequence(:name, :key), :last)"
        await tx.execute(text(sequence), {"name": table.name, "key": key.name, "last": last})
    elif await tx.scalar(_COUNTS):
        await tx.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        await tx.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), {"name": table.name, "last": last})


_COUNTS = text("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'")


def _ordered(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key.columns).limit(BATCH)


def _after(table: Table, row: Row[Any]) -> ColumnElement[bool]:
    key = list(table.primary_key.columns)
    return tuple_(*key) > tuple_(*(literal(row._mapping[column], column.type) for column in key))


def _line(table: Table, row: Any) -> bytes:
    told = {column.name: _written(row[column]) for column in table.columns}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)


def _written(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _read(kind: Any, value: Any) -> Any:
    return base64.b64decode(value, validate=True) if isinstance(kind, LargeBinary) and value is not None else value
