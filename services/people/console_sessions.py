"""Who is at the console: short sessions whose key lies under a secret that only the cookie holds.

It begins with the password, opens with the second factor, is locked when idle, and opens again with the password.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, Row, delete, false, insert, select, true, update

from services import audit
from services.database import Transaction
from services.rights import Member, Opened, Refused
from services.sealing import Box, Unreadable, bound
from services.tables import ConsoleSession, Coordinator

IDLE_S = 15 * 60
NOTED_EVERY_S = 60  # how seldom the use of a session is noted, so that a page read seldom waits for the writer
LONGEST_S = 8 * 3600
BEGUN_S = 10 * 60  # from the password to the second factor
ID_SIZE = 32
SECRET_SIZE = 32

Stage: TypeAlias = Literal["factor", "enrol", "locked"]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open session: who, the key they hold, and the token that each of their forms carries."""

    opened: Opened
    csrf: str = field(repr=False)
    started_at: int = 0
    seen_at: int = 0

    def to_note(self, at: int) -> bool:
        """Whether its use is to be noted again, by `resume`."""
        return self.seen_at <= at - NOTED_EVERY_S


@dataclass(frozen=True, slots=True)
class Waiting:
    """A session that is not open: what it waits for, who it is; the key they hold, until it is locked."""

    stage: Stage
    opened: Opened
    csrf: str = field(repr=False)
    started_at: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A session as its owner sees it. `name`: what to end it by; it opens nothing."""

    name: str
    started_at: int
    seen_at: int
    locked: bool
    this: bool


async def begin(tx: Transaction, opened: Opened, stage: Stage, at: int) -> str:
    """The password was right: a session that waits for the second factor. The cookie's value, as `start`."""
    return await _insert(tx, opened, stage, at, at, at + BEGUN_S)


async def start(tx: Transaction, opened: Opened, at: int) -> str:
    """An open session: the cookie's value, a 256-bit id and a 256-bit secret. Only the id's hash is stored."""
    return await _insert(tx, opened, "open", at, at, at + LONGEST_S)


async def prove(tx: Transaction, cookie: str, opened: Opened, at: int) -> str:
    """The second factor was right: an open session, under another cookie, instead of the one that waited for it.

    Raises Refused (missing) where none waits for that: it is locked, or was ended meanwhile.
    """
    await _use_up(tx, cookie, ("factor", "enrol"))
    await audit.record(tx, at, str(opened.member.id), "signed_in")
    return await start(tx, opened, at)


async def unlock(tx: Transaction, cookie: str, opened: Opened, started_at: int, at: int) -> str:
    """The password was right again: the same session goes on under another cookie, and ends when it would have.

    Raises Refused (missing) where there is none to open again: the second factor is still to come, or it was ended.
    """
    await _use_up(tx, cookie, ("open", "locked"))
    await audit.record(tx, at, str(opened.member.id), "signed_in")
    return await _insert(tx, opened, "open", started_at, at, started_at + LONGEST_S)


async def resume(tx: Transaction, cookie: str, at: int, idle_s: int = IDLE_S) -> SignedIn | None:
    """As `find`, its idle time begun anew."""
    found, parts = await find(tx, cookie, at, idle_s), _parts(cookie)
    if found is not None and parts is not None:
        session = ConsoleSession.id_hash == _hash(parts[0])
        await tx.execute(update(ConsoleSession).where(session).values(seen_at=at))
    return found


async def find(tx: Transaction, cookie: str, at: int, idle_s: int = IDLE_S) -> SignedIn | None:
    """The open session of a cookie; None when it is unknown, idle too long, over, or its owner was taken out."""
    found = await look(tx, cookie, at, idle_s)
    return found if isinstance(found, SignedIn) else None


async def look(tx: Transaction, cookie: str, at: int, idle_s: int = IDLE_S) -> SignedIn | Waiting | None:
    """The session of a cookie, open or waiting; one that was idle longer than `idle_s` seconds waits as locked."""
    parts = _parts(cookie)
    row = await _row(tx, parts[0], at) if parts else None
    if parts is None or row is None:
        return None
    idle = row.stage in ("open", "locked") and (row.stage == "locked" or row.seen_at <= at - idle_s)
    try:
        key = None if idle else _unwrap(row.key_box, parts[1], row.id_hash)
    except Unreadable:
        return None
    opened = Opened(Member(row.coordinator_id, row.name, row.role, access=key is not None), key)
    if row.stage == "open" and not idle:
        return SignedIn(opened, row.csrf, row.created_at, row.seen_at)
    return Waiting("locked" if idle else row.stage, opened, row.csrf, row.created_at)


async def end(tx: Transaction, cookie: str, at: int) -> None:
    """Sign out; nothing happens for a cookie that opens nothing."""
    coordinator = await _forget(tx, cookie)
    if coordinator is not None:
        await audit.record(tx, at, str(coordinator), "signed_out")


async def mine(tx: Transaction, member_id: int, cookie: str, at: int) -> Sequence[Listed]:
    """Somebody's sessions, the one of this cookie first, then the newest first."""
    parts = _parts(cookie)
    this = _hash(parts[0]) if parts else b""
    rows = await tx.execute(select(ConsoleSession.__table__).where(_of(member_id), ConsoleSession.expires_at > at))
    found = [_listed(row, this, at) for row in rows if row.stage in ("open", "locked")]
    return sorted(found, key=lambda one: (not one.this, -one.started_at))


async def end_one(tx: Transaction, member_id: int, name: str, at: int) -> bool:
    """End one of somebody's sessions, by its name in `mine`; whether there was one."""
    try:
        session = bytes.fromhex(name)
    except ValueError:
        return False
    gone = await tx.execute(delete(ConsoleSession).where(_of(member_id), ConsoleSession.id_hash == session))
    if gone.rowcount:
        await audit.record(tx, at, str(member_id), "sessions_ended")
    return bool(gone.rowcount)


async def end_others(tx: Transaction, member_id: int, cookie: str, at: int) -> None:
    """End all of somebody's sessions but the one of this cookie."""
    parts = _parts(cookie)
    this = _hash(parts[0]) if parts else b""
    await tx.execute(delete(ConsoleSession).where(_of(member_id), ConsoleSession.id_hash != this))
    await audit.record(tx, at, str(member_id), "sessions_ended")


async def purge(tx: Transaction, at: int, idle_s: int = IDLE_S) -> int:
    """Forget the sessions that are over, and the keys in those idle too long; how many are over."""
    idle = (ConsoleSession.seen_at <= at - idle_s) & (ConsoleSession.stage == "open")
    await tx.execute(update(ConsoleSession).where(idle).values(stage="locked", key_box=None))
    return int((await tx.execute(delete(ConsoleSession).where(ConsoleSession.expires_at <= at))).rowcount)


async def lock_all(tx: Transaction, but: int | None = None) -> None:
    """Everybody's password is asked again, so that they get the keys that they hold now; not of one member."""
    others = true() if but is None else ConsoleSession.coordinator_id != but
    open_ones = (ConsoleSession.stage == "open") & ConsoleSession.key_box.is_not(None)
    await tx.execute(update(ConsoleSession).where(open_ones, others).values(stage="locked", key_box=None))


async def _insert(tx: Transaction, opened: Opened, stage: str, started: int, at: int, ends: int) -> str:
    session, secret = secrets.token_bytes(ID_SIZE), secrets.token_bytes(SECRET_SIZE)
    key = opened.private_key
    row = {
        "id_hash": _hash(session),
        "coordinator_id": opened.member.id,
        "stage": stage,
        "csrf": secrets.token_urlsafe(32),
        "key_box": None if key is None else Box(secret).seal(key, bound("console session", _hash(session))),
        "created_at": started,
        "seen_at": at,
        "expires_at": ends,
    }
    await tx.execute(delete(ConsoleSession).where(ConsoleSession.expires_at <= at))
    await tx.execute(insert(ConsoleSession).values(row))
    return base64.urlsafe_b64encode(session + secret).decode().rstrip("=")


async def _row(tx: Transaction, session: bytes, at: int) -> Row[Any] | None:
    query = (
        select(ConsoleSession.__table__, Coordinator.name, Coordinator.role)
        .join(Coordinator, Coordinator.id == ConsoleSession.coordinator_id)
        .where(ConsoleSession.id_hash == _hash(session), ConsoleSession.expires_at > at, Coordinator.active)
    )
    return (await tx.execute(query)).one_or_none()


async def _use_up(tx: Transaction, cookie: str, stages: Sequence[str]) -> None:
    """Delete a cookie's session in one of these stages. Raises Refused: missing."""
    parts = _parts(cookie)
    here = (ConsoleSession.id_hash == _hash(parts[0])) & ConsoleSession.stage.in_(stages) if parts else false()
    if (await tx.execute(delete(ConsoleSession).where(here))).rowcount != 1:
        raise Refused("missing")


async def _forget(tx: Transaction, cookie: str) -> int | None:
    """Delete a cookie's session: whose it was."""
    parts = _parts(cookie)
    if parts is None:
        return None
    gone = delete(ConsoleSession).where(ConsoleSession.id_hash == _hash(parts[0]))
    return (await tx.execute(gone.returning(ConsoleSession.coordinator_id))).scalar_one_or_none()


def _of(member_id: int) -> ColumnElement[bool]:
    return ConsoleSession.coordinator_id == member_id


def _listed(row: Row[Any], this: bytes, at: int) -> Listed:
    locked = row.stage == "locked" or row.seen_at <= at - IDLE_S
    return Listed(row.id_hash.hex(), row.created_at, row.seen_at, locked, row.id_hash == this)


def _unwrap(box: bytes | None, secret: bytes, id_hash: bytes) -> bytes | None:
    return None if box is None else Box(secret).open(box, bound("console session", id_hash))


def _hash(session: bytes) -> bytes:
    return hashlib.blake2b(session, person=b"console session", digest_size=32).digest()


def _parts(cookie: str) -> tuple[bytes, bytes] | None:
    try:
        raw = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except (binascii.Error, ValueError):
        return None
    return (raw[:ID_SIZE], raw[ID_SIZE:]) if len(raw) == ID_SIZE + SECRET_SIZE else None
