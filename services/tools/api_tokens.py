"""Tokens of the network's tools: issued with scopes and an end, shown once, kept as a keyed hash, revoked at once."""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from sqlalchemy import Row, delete, insert, or_, select, update

from services import audit
from services.database import Transaction
from services.keys import Keys
from services.referrals.referrals import coordination
from services.rights import Member, Opened, Refused
from services.sealing import Unreadable, bound, open_sealed, seal_to
from services.tables.api import ApiRequest, ApiToken
from services.tools import issued

Scope: TypeAlias = Literal["referral:create", "referral:state", "places:read", "statistics:read"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

PREFIX = "passerelle_"  # so that those who search code for lost secrets find it
DAY_S = 24 * 3600
LONGEST_DAYS = 366
ENDED_S = 365 * DAY_S
"""How long a token that was revoked or has expired stays on the list."""
REPEATED_S = DAY_S
"""How long the same request handed in again gets the answer that it had."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A token as the coordination sees it, never the token itself. `name`: None where it was not opened."""

    id: int
    scopes: tuple[str, ...]
    created_at: int
    expires_at: int
    revoked_at: int | None
    name: str | None = field(default=None, repr=False)

    def state(self, at: int) -> issued.State:
        """How it stands at `at` (Unix seconds)."""
        return issued.state(self.expires_at, self.revoked_at, at)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who asks: a token's number, and what it may."""

    id: int
    scopes: frozenset[str]


async def issue(
    tx: Transaction, keys: Keys, by: Member | None, name: str, scopes: Collection[str], days: int, at: int
) -> tuple[str, Tool]:
    """A new token, to be shown once; the tool's name is sealed to the coordination. `by`: None from the command line.

    Raises Refused: not_allowed, empty (no name), long_name, bad_scope (no scope, an unknown one, 0 or over 366 days),
    no_access (nobody could open the name).
    """
    if by:
        by.need("api")
    name, chosen = issued.proper_name(name), tuple(scope for scope in SCOPES if scope in scopes)
    if not chosen or set(scopes) - set(SCOPES) or not 0 < days <= LONGEST_DAYS:
        raise Refused("bad_scope")
    key = await coordination(tx)
    if key is None:
        raise Refused("no_access")
    token = PREFIX + secrets.token_urlsafe(32)
    hashed, ends = _hash(keys, token), at + days * DAY_S
    row = {
        "token_hash": hashed,
        "name_box": seal_to(key.public_key, name.encode(), _bound(hashed)),
        "coordination_key_id": key.id,
        "scopes": chosen,
        "created_at": at,
        "expires_at": ends,
    }
    added = (await tx.execute(insert(ApiToken).values(row).returning(ApiToken.id))).scalar_one()
    await audit.record(tx, at, str(by.id) if by else "system", "token_issued", detail=f"token:{added}")
    return token, Tool(added, chosen, at, ends, None, name)


async def tools(tx: Transaction, opened: Opened | None = None) -> Sequence[Tool]:
    """All tokens, those that end last first, with the names where `opened` can open them.

    Raises Refused: not_allowed.
    """
    if opened:
        opened.member.need("api")
    query = select(ApiToken.__table__).order_by(ApiToken.expires_at.desc(), ApiToken.id.desc())
    private = opened.private_key if opened else None
    return [_tool(row, private) for row in await tx.execute(query)]


async def revoke(tx: Transaction, by: Member | None, number: int, at: int) -> None:
    """It lets nobody in any more, from this moment. Raises Refused: not_allowed, missing, not_possible (it was)."""
    if by:
        by.need("api")
    row = (await tx.execute(select(ApiToken.revoked_at).where(ApiToken.id == number).with_for_update())).one_or_none()
    if row is None:
        raise Refused("missing")
    if row.revoked_at is not None:
        raise Refused("not_possible")
    await tx.execute(update(ApiToken).where(ApiToken.id == number).values(revoked_at=at))
    await audit.record(tx, at, str(by.id) if by else "system", "token_revoked", detail=f"token:{number}")


async def find(tx: Transaction, keys: Keys, token: str, at: int) -> Bearer | None:
    """Who bears a token that is in force; None when it is unknown, revoked or expired."""
    in_force = ApiToken.revoked_at.is_(None) & (ApiToken.expires_at > at)
    query = select(ApiToken.id, ApiToken.scopes).where(ApiToken.token_hash == _hash(keys, token), in_force)
    row = (await tx.execute(query)).one_or_none()
    return Bearer(row.id, frozenset(row.scopes)) if row else None


async def purge(tx: Transaction, at: int) -> dict[str, int]:
    """Forget what is due: how many tokens, and how many requests handed in."""
    ended = or_(ApiToken.revoked_at <= at - ENDED_S, ApiToken.expires_at <= at - ENDED_S)
    due = {"tokens": delete(ApiToken).where(ended)}
    due["api_requests"] = delete(ApiRequest).where(ApiRequest.created_at <= at - REPEATED_S)
    return {kind: (await tx.execute(statement)).rowcount for kind, statement in due.items()}


def _tool(row: "Row[tuple[object, ...]]", private: bytes | None) -> Tool:
    name = _name(row.name_box, row.token_hash, private) if private is not None else None
    return Tool(row.id, row.scopes, row.created_at, row.expires_at, row.revoked_at, name)


def _name(box: bytes, hashed: bytes, private: bytes) -> str | None:
    try:
        return open_sealed(private, box, _bound(hashed)).decode()
    except Unreadable:
        return None


def _hash(keys: Keys, token: str) -> bytes:
    return hashlib.blake2b(token.encode(errors="replace"), key=keys.purpose("api tokens"), digest_size=32).digest()


def _bound(hashed: bytes) -> bytes:
    return bound("api token", hashed)
