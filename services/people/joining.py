"""Joining by a one-time link: a password, and a key pair of one's own that the password opens."""

import secrets

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from services import audit
from services.database import Database, Transaction
from services.keys import Keys
from services.people import access, invitations, passwords
from services.rights import MAY, Member, Refused, Role
from services.sealing import KeyPair, bound, new_key_pair
from services.tables import Coordinator


async def accept(database: Database, keys: Keys, token: str, password: str, at: int, name: str = "") -> Member:
    """Use up the link and make the coordinator; the slow hash is computed outside any transaction.

    `name`: what they choose to be called, where the link has no name. The first one whose role may open what is sealed
    also makes the coordination's keys and holds them.
    Raises Refused: missing (no such link, or used), bad_name, name_taken, bad_password, plain_password; Busy.
    """
    async with database.read() as tx:
        invited = await invitations.invitation(tx, token, at)
    if invited is None:
        raise Refused("missing")
    name = invited.name or invitations.proper_name(name)
    passwords.check(password, name)
    salt = secrets.token_bytes(passwords.SALT_SIZE)
    stretched = await passwords.stretch(keys, password, salt, known=True)
    async with database.begin() as tx:
        return await _join(tx, token, name, stretched, salt, at)


async def _join(tx: Transaction, token: str, name: str, stretched: bytes, salt: bytes, at: int) -> Member:
    await audit.hold(tx)  # one at a time, so that only one is the first
    invited = await invitations.invitation(tx, token, at)
    if invited is None:
        raise Refused("missing")
    await invitations.free(tx, name)
    await invitations.use_up(tx, token)
    own = new_key_pair()
    coordinator_id = await _insert(tx, name, invited.role, stretched, salt, own, at)
    await audit.record(tx, at, str(coordinator_id), "joined", detail=invited.role)
    first = "open" in MAY[invited.role] and await access.current_key(tx) is None
    if first:
        await access.make_keys(tx, coordinator_id, own.public, at)
    return Member(coordinator_id, name, invited.role, access=first, created_at=at)


async def _insert(tx: Transaction, name: str, role: Role, stretched: bytes, salt: bytes, own: KeyPair, at: int) -> int:
    row = {
        "name": name,
        "role": role,
        "password_hash": passwords.verifier(stretched),
        "public_key": own.public,
        "private_key_box": passwords.private_box(stretched).seal(own.private, bound("coordinator", name)),
        "salt": salt,
        "active": True,
        "created_at": at,
    }
    try:
        return int((await tx.execute(insert(Coordinator).values(row).returning(Coordinator.id))).scalar_one())
    except IntegrityError:
        raise Refused("name_taken") from None
