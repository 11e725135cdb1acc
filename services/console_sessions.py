"""Who is signed in to the console: short sessions whose key lies under a secret that only the cookie holds."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select, update

from services import audit
from services.database import Transaction
from services.rights import Member, Opened
from services.sealing import Box, Unreadable, bound
from services.tables import ConsoleSession, Coordinator

IDLE_S = 15 * 60
NOTED_EVERY_S = 60  # how seldom the use of a session is noted, so that a page read seldom waits for the writer
LONGEST_S = 8 * 3600
ID_SIZE = 32
SECRET_SIZE = 32


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


async def start(tx: Transaction, opened: Opened, at: int) -> str:
    """Begin a session: the cookie's value, a 256-bit id and a 256-bit secret. Only the id's hash is stored."""
    session, secret = secrets.token_bytes(ID_SIZE), secrets.token_bytes(SECRET_SIZE)
    key = opened.private_key
    row = {
        "id_hash": _hash(session),
        "coordinator_id": opened.member.id,
        "csrf": secrets.token_urlsafe(32),
        "key_box": None if key is None else Box(secret).seal(key, bound("console session", _hash(session))),
        "created_at": at,
        "seen_at": at,
        "expires_at": at + LONGEST_S,
    }
    await purge(tx, at)
    await tx.execute(insert(ConsoleSession).values(row))
    return base64.urlsafe_b64encode(session + secret).decode().rstrip("=")


async def resume(tx: Transaction, cookie: str, at: int) -> SignedIn | None:
    """As `find`, its idle time begun anew."""
    found, parts = await find(tx, cookie, at), _parts(cookie)
    if found is not None and parts is not None:
        session = ConsoleSession.id_hash == _hash(parts[0])
        await tx.execute(update(ConsoleSession).where(session).values(seen_at=at))
    return found


async def find(tx: Transaction, cookie: str, at: int) -> SignedIn | None:
    """The session of a cookie; None when it is unknown, idle too long, over, or its owner was taken out."""
    parts = _parts(cookie)
    if parts is None:
        return None
    session, secret = parts
    alive = (ConsoleSession.expires_at > at) & (ConsoleSession.seen_at > at - IDLE_S)
    query = (
        select(ConsoleSession.__table__, Coordinator.name, Coordinator.role)
        .join(Coordinator, Coordinator.id == ConsoleSession.coordinator_id)
        .where(ConsoleSession.id_hash == _hash(session), alive, Coordinator.active)
    )
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        return None
    try:
        key = _unwrap(row.key_box, secret, row.id_hash)
    except Unreadable:
        return None
    member = Member(row.coordinator_id, row.name, row.role, access=key is not None)
    return SignedIn(Opened(member, key), row.csrf, row.created_at, row.seen_at)


async def end(tx: Transaction, cookie: str, at: int) -> None:
    """Sign out; nothing happens for a cookie that opens nothing."""
    parts = _parts(cookie)
    if parts is None:
        return
    gone = delete(ConsoleSession).where(ConsoleSession.id_hash == _hash(parts[0]))
    coordinator = (await tx.execute(gone.returning(ConsoleSession.coordinator_id))).scalar_one_or_none()
    if coordinator is not None:
        await audit.record(tx, at, str(coordinator), "signed_out")


async def purge(tx: Transaction, at: int) -> int:
    """Forget the sessions that are over or idle too long; how many there were."""
    over = (ConsoleSession.expires_at <= at) | (ConsoleSession.seen_at <= at - IDLE_S)
    return int((await tx.execute(delete(ConsoleSession).where(over))).rowcount)


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
