"""Signing in: a password that opens somebody's own key, and with it what they hold; and changing that password."""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, select, update

from services import audit
from services.database import Database, Transaction
from services.keys import Keys
from services.people import access, names, passwords, tries
from services.rights import Member, Opened, Refused
from services.sealing import Box, bound
from services.tables import Coordinator


@dataclass(frozen=True, slots=True)
class _Proved:
    """Somebody whose password was right: their row, and the box that it makes."""

    row: Row[Any]
    box: Box = field(repr=False)


async def sign_in(database: Database, keys: Keys, name: str, password: str, at: int, device: str = "") -> Opened | None:
    """The coordinator whose name and password these are, or None; as slow for a name that nobody has.

    After five failures each try takes a little longer; none is refused for them. `device`: the cookie of an earlier
    sign-in, whose failures are counted apart from strangers'. Raises Busy when too many strangers wait.
    """
    proved = await _prove(database, keys, name, password, at, device)
    if proved is None:
        return None
    async with database.read() as tx:
        return await _opened(tx, proved.row, proved.box)


async def change_password(
    database: Database, keys: Keys, member: Member, current: str, new: str, at: int, device: str = ""
) -> None:
    """Another password: it locks the same key of one's own anew. The caller ends the other sessions.

    Raises Refused: bad_password, plain_password, wrong_password (the current one); Busy.
    """
    passwords.check(new, member.name)
    proved = await _prove(database, keys, member.name, current, at, device)
    if proved is None:
        raise Refused("wrong_password")
    label = bound("coordinator", member.name)
    own, salt = proved.box.open(proved.row.private_key_box, label), secrets.token_bytes(passwords.SALT_SIZE)
    stretched = await passwords.stretch(keys, new, salt, known=True)
    values = {
        "password_hash": passwords.verifier(stretched),
        "private_key_box": passwords.private_box(stretched).seal(own, label),
        "salt": salt,
    }
    unchanged = (Coordinator.id == member.id) & (Coordinator.password_hash == proved.row.password_hash)
    async with database.begin() as tx:
        if (await tx.execute(update(Coordinator).where(unchanged).values(values))).rowcount != 1:
            raise Refused("wrong_password")
        await audit.record(tx, at, str(member.id), "password_changed")


async def _prove(database: Database, keys: Keys, name: str, password: str, at: int, device: str) -> _Proved | None:
    stored_name = _as_stored(name)
    who = tries.trying(keys, stored_name or name, device)
    async with database.begin() as tx:
        mine, before = await tries.count(tx, who, at)
        row = (await tx.execute(select(Coordinator.__table__).where(Coordinator.name == stored_name))).one_or_none()
        if row and before == tries.FREE:
            await audit.record(tx, at, "system", "slowed", detail=f"coordinator:{row.id}")
    salt = row.salt if row else hashlib.blake2b(who.subject, digest_size=passwords.SALT_SIZE).digest()
    await asyncio.sleep(tries.pause(before))  # not in the line: who tries one name holds nobody else up
    stretched = await passwords.stretch(keys, password, salt, known=who.known)
    stored = row.password_hash if row and row.active else ""
    verifier = passwords.verifier(stretched)
    if not hmac.compare_digest(verifier, stored.ljust(len(verifier))) or row is None:
        return None
    async with database.begin() as tx:
        await tries.succeeded(tx, who, mine)
    return _Proved(row, passwords.private_box(stretched))


async def _opened(tx: Transaction, row: Row[Any], box: Box) -> Opened:
    own = box.open(row.private_key_box, bound("coordinator", row.name))
    ring = await access.ring(tx, row.id, own)
    member = Member(row.id, row.name, row.role, access=ring is not None, created_at=row.created_at)
    return Opened(member, ring)


def _as_stored(name: str) -> str:
    written = names.written(name)
    return written if names.shaped(written) else ""
