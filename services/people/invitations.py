"""One-time links that bring people in: what is stored of them, for whom they are, until when."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, insert, select

from services import audit
from services.database import Transaction
from services.people import names
from services.rights import ROLES, Member, Refused, Role, role_of
from services.tables import Coordinator, Invitation

INVITATION_S = 24 * 3600
TOGETHER_S = 600
UNNAMED = ""  # the name in an invitation whose receiver chooses one


@dataclass(frozen=True, slots=True)
class Invited:
    """Who a one-time link is for; `name` is "" where they choose it themselves."""

    name: str
    role: Role
    expires_at: int


def proper_name(name: str) -> str:
    """The name as it is stored, small: Latin letters, figures, spaces, `.`, `'`, `-`. Raises Refused: bad_name."""
    name = names.written(name)
    if not names.proper(name):
        raise Refused("bad_name")
    return name


async def invite(tx: Transaction, name: str, role: str, at: int, by: Member | None = None) -> str:
    """A one-time token, good for 24 hours; an earlier one for the same name ends. `by`: None from the command line.

    Raises Refused: not_allowed, bad_name, bad_role, name_taken.
    """
    if role not in ROLES:
        raise Refused("bad_role")
    if by and not by.brings_in(role_of(role)):
        raise Refused("not_allowed")
    name = proper_name(name)
    await audit.record(tx, at, str(by.id) if by else "system", "invited", detail=role)
    return await _token(tx, name, role, at)


async def invite_first(tx: Transaction, at: int) -> str | None:
    """A one-time token for the first coordinator, a supervisor, who chooses their name; an earlier one ends.

    None where one was made in the last ten minutes: of processes that start together one shows a link, and it lives.
    """
    await audit.hold(tx)  # one process at a time
    lately = (Invitation.name == UNNAMED) & (Invitation.expires_at > at + INVITATION_S - TOGETHER_S)
    if await tx.scalar(select(exists().where(lately))):
        return None
    await audit.record(tx, at, "system", "invited", detail="supervisor")
    return await _token(tx, UNNAMED, "supervisor", at)


async def invitation(tx: Transaction, token: str, at: int) -> Invited | None:
    """Who the link is for; None when it is unknown, used or too old, or for the first one when there is one."""
    query = select(Invitation.name, Invitation.role, Invitation.expires_at).where(
        Invitation.token_hash == _hash(token),
        Invitation.expires_at > at,
        (Invitation.name != UNNAMED) | ~exists().where(Coordinator.id > 0),
    )
    row = (await tx.execute(query)).one_or_none()
    return Invited(row.name, role_of(row.role), row.expires_at) if row else None


async def invitations(tx: Transaction, at: int) -> Sequence[Invited]:
    """The links not used yet, by name."""
    query = select(Invitation.name, Invitation.role, Invitation.expires_at).where(Invitation.expires_at > at)
    return [Invited(row[0], role_of(row[1]), row[2]) for row in await tx.execute(query.order_by(Invitation.name))]


async def use_up(tx: Transaction, token: str) -> None:
    """End the link, and the one for the first coordinator."""
    ends = (Invitation.token_hash == _hash(token)) | (Invitation.name == UNNAMED)
    await tx.execute(delete(Invitation).where(ends))


async def free(tx: Transaction, name: str) -> None:
    """Raise Refused (name_taken) where somebody is called so already, with or without accents."""
    if names.folded(name) in map(names.folded, await tx.scalars(select(Coordinator.name))):
        raise Refused("name_taken")


async def _token(tx: Transaction, name: str, role: str, at: int) -> str:
    await free(tx, name)
    token = secrets.token_urlsafe(32)
    await tx.execute(delete(Invitation).where((Invitation.name == name) | (Invitation.expires_at <= at)))
    row = {"token_hash": _hash(token), "name": name, "role": role, "expires_at": at + INVITATION_S}
    await tx.execute(insert(Invitation).values(row))
    return token


def _hash(token: str) -> bytes:
    return hashlib.blake2b(token.encode(errors="replace"), person=b"invitation", digest_size=32).digest()
