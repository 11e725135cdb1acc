"""The people of the coordination: invited by a one-time link, signed in by a password that opens their key."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import Row, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from services import audit, names, passwords, tries
from services.database import Database, Transaction
from services.keys import Keys
from services.sealing import Box, KeyPair, Unreadable, bound, key_pair, new_key_pair, open_sealed, seal_to
from services.tables import (
    ConsoleSession,
    CoordinationKey,
    Coordinator,
    CoordinatorGrant,
    Invitation,
    Referral,
)

Role: TypeAlias = Literal["coordinator", "supervisor", "auditor", "content_editor"]
Right: TypeAlias = Literal["queue", "work", "open", "grant", "invite", "audit", "training", "edit", "codes"]
ROLES: tuple[Role, ...] = get_args(Role)

# Who may do what. `queue`: see the queue and a referral's clear fields; `work`: claim, release, set the state;
# `open`: read what is sealed and answer; `grant`: give access to what is sealed; `invite`: bring people in, take
# them out, act on others' claims; `audit`: see who did what; `training`: fill the agenda, see who signed up; `edit`:
# confirm, correct and hide what the chat says; `codes`: issue and revoke professional codes.
MAY: Mapping[Role, frozenset[Right]] = {
    "coordinator": frozenset(("queue", "work", "open", "grant", "training", "codes")),
    "supervisor": frozenset(("queue", "work", "open", "grant", "invite", "audit", "training", "codes")),
    "auditor": frozenset(("queue", "audit")),
    "content_editor": frozenset(("edit",)),
}

HELD: tuple[Literal["claimed", "accepted"], ...] = ("claimed", "accepted")  # states in which somebody works on one
INVITATION_S = 24 * 3600
UNNAMED = ""  # the name in an invitation whose receiver chooses one

Refusal: TypeAlias = Literal[
    "missing", "not_allowed", "taken", "not_yours", "changed", "not_possible", "no_access", "reason_needed",
    "age_unchecked", "not_declined", "unsure", "last_access", "bad_name", "name_taken", "bad_role", "bad_password",
    "plain_password", "empty", "too_long", "bad_training", "seats_taken", "pending", "own_edit", "decided", "lasting",
    "long_name", "bad_kind",
]  # fmt: skip


class Refused(Exception):
    """An act that cannot be done; `why` is one fixed word, for the pages to put into a sentence."""

    def __init__(self, why: Refusal) -> None:
        """Keep the word."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may sign in. `access`: whether they hold the key to what is sealed."""

    id: int
    name: str
    role: Role
    active: bool = True
    access: bool = False
    created_at: int = 0

    def may(self, right: Right) -> bool:
        """Whether the role gives this right."""
        return right in MAY[self.role]

    def need(self, right: Right) -> None:
        """Raise Refused unless the role gives this right."""
        if not self.may(right):
            raise Refused("not_allowed")


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody signed in, with the coordination's private key if they were given access."""

    member: Member
    private_key: bytes | None = field(default=None, repr=False)


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
    if by:
        by.need("invite")
    if role not in ROLES:
        raise Refused("bad_role")
    name = proper_name(name)
    await audit.record(tx, at, str(by.id) if by else "system", "invited", detail=role)
    return await _token(tx, name, role, at)


async def invite_first(tx: Transaction, at: int) -> str:
    """A one-time token for the first coordinator, a supervisor, who chooses their name; an earlier one ends."""
    await audit.record(tx, at, "system", "invited", detail="supervisor")
    return await _token(tx, UNNAMED, "supervisor", at)


async def _token(tx: Transaction, name: str, role: str, at: int) -> str:
    await _free(tx, name)
    token = secrets.token_urlsafe(32)
    await tx.execute(delete(Invitation).where((Invitation.name == name) | (Invitation.expires_at <= at)))
    row = {"token_hash": _token_hash(token), "name": name, "role": role, "expires_at": at + INVITATION_S}
    await tx.execute(insert(Invitation).values(row))
    return token


async def _free(tx: Transaction, name: str) -> None:
    """Raise Refused (name_taken) where somebody is called so already, with or without accents."""
    if names.folded(name) in map(names.folded, await tx.scalars(select(Coordinator.name))):
        raise Refused("name_taken")


async def invitation(tx: Transaction, token: str, at: int) -> Invited | None:
    """Who the link is for; None when it is unknown, used or too old, or for the first one when there is one."""
    query = select(Invitation.name, Invitation.role, Invitation.expires_at).where(
        Invitation.token_hash == _token_hash(token),
        Invitation.expires_at > at,
        (Invitation.name != UNNAMED) | ~exists().where(Coordinator.id > 0),
    )
    row = (await tx.execute(query)).one_or_none()
    return Invited(row.name, _role(row.role), row.expires_at) if row else None


async def accept(database: Database, keys: Keys, token: str, password: str, at: int, name: str = "") -> Member:
    """Use up the link and make the coordinator; the slow hash is computed outside any transaction.

    `name`: what they choose to be called, where the link has no name. The first one whose role may open what is sealed
    also makes the coordination's keys and holds them.
    Raises Refused: missing (no such link, or used), bad_name, name_taken, bad_password, plain_password; Busy.
    """
    async with database.read() as tx:
        invited = await invitation(tx, token, at)
    if invited is None:
        raise Refused("missing")
    name = invited.name or proper_name(name)
    if passwords.wrong_length(password):
        raise Refused("bad_password")
    if passwords.too_plain(password, name):
        raise Refused("plain_password")
    salt = secrets.token_bytes(passwords.SALT_SIZE)
    stretched = await passwords.stretch(keys, password, salt, known=True)
    async with database.begin() as tx:
        return await _join(tx, token, name, stretched, salt, at)


async def sign_in(database: Database, keys: Keys, name: str, password: str, at: int, device: str = "") -> Opened | None:
    """The coordinator whose name and password these are, or None; as slow for a name that nobody has.

    After five failures each try takes a little longer; none is refused for them. `device`: the cookie of an earlier
    sign-in, whose failures are counted apart from strangers'. Raises Busy when too many strangers wait.
    """
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
        opened = await _opened(tx, row, passwords.private_box(stretched))
        await audit.record(tx, at, str(row.id), "signed_in")
    return opened


async def grant(tx: Transaction, opened: Opened, coordinator_id: int, at: int) -> None:
    """Give another coordinator access to what is sealed; it works from their next sign-in.

    Raises Refused: not_allowed, no_access (the giver holds no key), missing, not_possible (their role cannot).
    """
    opened.member.need("grant")
    if opened.private_key is None:
        raise Refused("no_access")
    receiver = (await tx.execute(select(Coordinator.__table__).where(Coordinator.id == coordinator_id))).one_or_none()
    if receiver is None or not receiver.active:
        raise Refused("missing")
    await audit.record(tx, at, str(opened.member.id), "granted", detail=f"coordinator:{coordinator_id}")
    if "open" not in MAY[receiver.role] or await _holds_grant(tx, coordinator_id):
        raise Refused("not_possible")
    key = await _current_key(tx)
    if key is None or key_pair(opened.private_key).public != key.public_key:
        raise Refused("no_access")
    await _give(tx, receiver.id, receiver.public_key, key.id, opened.private_key, opened.member.id, at)


async def remove(tx: Transaction, by: Member, coordinator_id: int, at: int) -> None:
    """Take somebody out: no sign-in, no key, no session any more. What they held is back in the queue, their name free.

    Raises Refused: not_allowed, not_possible (oneself), missing, last_access (nobody else could open what is sealed).
    """
    by.need("invite")
    if by.id == coordinator_id:
        raise Refused("not_possible")
    await audit.hold(tx)  # one at a time, so that two do not take each other's last key
    await audit.record(tx, at, str(by.id), "removed", detail=f"coordinator:{coordinator_id}")
    active = (Coordinator.id == coordinator_id) & Coordinator.active
    name = (await tx.execute(select(Coordinator.name).where(active))).scalar_one_or_none()
    if name is None:
        raise Refused("missing")
    if await _holds_grant(tx, coordinator_id) and await holders(tx) == 1:
        raise Refused("last_access")
    gone = {"active": False, "name": f"{name} #{coordinator_id}"}  # no name that can be invited has a #
    await tx.execute(update(Coordinator).where(active).values(gone))
    await tx.execute(delete(CoordinatorGrant).where(CoordinatorGrant.coordinator_id == coordinator_id))
    await tx.execute(delete(ConsoleSession).where(ConsoleSession.coordinator_id == coordinator_id))
    await _put_back(tx, by, coordinator_id, at)


async def held_by(tx: Transaction, coordinator_id: int) -> Sequence[str]:
    """The referrals that somebody works on."""
    held = (Referral.claimed_by == coordinator_id) & Referral.state.in_(HELD)
    return list(await tx.scalars(select(Referral.id).where(held).order_by(Referral.id)))


async def _put_back(tx: Transaction, by: Member, coordinator_id: int, at: int) -> None:
    for referral in await held_by(tx, coordinator_id):
        back = {"state": "received", "claimed_by": None, "claimed_at": None}
        await tx.execute(update(Referral).where(Referral.id == referral).values(back))
        await audit.record(tx, at, str(by.id), "released", referral)


async def holders(tx: Transaction) -> int:
    """How many people can open what is sealed."""
    able = Coordinator.active & exists().where(CoordinatorGrant.coordinator_id == Coordinator.id)
    return int((await tx.execute(select(func.count()).select_from(Coordinator).where(able))).scalar_one())


async def members(tx: Transaction) -> Sequence[Member]:
    """Everybody who was ever taken in, by name; those still active first."""
    access = exists().where(CoordinatorGrant.coordinator_id == Coordinator.id)
    query = select(
        Coordinator.id, Coordinator.name, Coordinator.role, Coordinator.active, access, Coordinator.created_at
    ).order_by(Coordinator.active.desc(), Coordinator.name)
    return [Member(row[0], row[1], _role(row[2]), *row[3:]) for row in await tx.execute(query)]


async def invitations(tx: Transaction, at: int) -> Sequence[Invited]:
    """The links not used yet, by name."""
    query = select(Invitation.name, Invitation.role, Invitation.expires_at).where(Invitation.expires_at > at)
    return [Invited(row[0], _role(row[1]), row[2]) for row in await tx.execute(query.order_by(Invitation.name))]


async def any_member(tx: Transaction) -> bool:
    """Whether the first coordinator has been made."""
    return bool((await tx.execute(select(exists().where(Coordinator.id > 0)))).scalar_one())


async def _join(tx: Transaction, token: str, name: str, stretched: bytes, salt: bytes, at: int) -> Member:
    await audit.hold(tx)  # one at a time, so that only one is the first
    invited = await invitation(tx, token, at)
    if invited is None:
        raise Refused("missing")
    await _free(tx, name)
    await tx.execute(
        delete(Invitation).where((Invitation.token_hash == _token_hash(token)) | (Invitation.name == UNNAMED))
    )
    own = new_key_pair()
    coordinator_id = await _insert(tx, name, invited.role, stretched, salt, own, at)
    await audit.record(tx, at, str(coordinator_id), "joined", detail=invited.role)
    first = "open" in MAY[invited.role] and await _current_key(tx) is None
    if first:
        await _make_keys(tx, coordinator_id, own.public, at)
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


async def _make_keys(tx: Transaction, coordinator_id: int, public: bytes, at: int) -> None:
    coordination = new_key_pair()
    row = {"public_key": coordination.public, "created_at": at}
    key_id = (await tx.execute(insert(CoordinationKey).values(row).returning(CoordinationKey.id))).scalar_one()
    await _give(tx, coordinator_id, public, key_id, coordination.private, None, at)
    await audit.record(tx, at, str(coordinator_id), "made_keys")


async def _give(
    tx: Transaction, coordinator_id: int, public: bytes, key_id: int, private: bytes, by: int | None, at: int
) -> None:
    row = {
        "coordinator_id": coordinator_id,
        "coordination_key_id": key_id,
        "box": seal_to(public, private, bound("grant", coordinator_id, key_id)),
        "granted_by": by,
        "granted_at": at,
    }
    await tx.execute(insert(CoordinatorGrant).values(row))


async def _current_key(tx: Transaction) -> Row[int, bytes] | None:
    query = select(CoordinationKey.id, CoordinationKey.public_key).order_by(CoordinationKey.id.desc()).limit(1)
    return (await tx.execute(query)).one_or_none()


async def _holds_grant(tx: Transaction, coordinator_id: int) -> bool:
    query = select(exists().where(CoordinatorGrant.coordinator_id == coordinator_id))
    return bool((await tx.execute(query)).scalar_one())


async def _opened(tx: Transaction, row: Row[Any], box: Box) -> Opened:
    query = select(CoordinatorGrant.coordination_key_id, CoordinatorGrant.box).where(
        CoordinatorGrant.coordinator_id == row.id
    )
    given = (await tx.execute(query.order_by(CoordinatorGrant.coordination_key_id.desc()).limit(1))).one_or_none()
    member = Member(row.id, row.name, row.role, access=given is not None, created_at=row.created_at)
    if given is None:
        return Opened(member)
    own = box.open(row.private_key_box, bound("coordinator", row.name))
    try:
        return Opened(member, open_sealed(own, given.box, bound("grant", row.id, given.coordination_key_id)))
    except Unreadable:
        return Opened(member)


def _role(stored: str) -> Role:
    return next(role for role in ROLES if role == stored)


def _as_stored(name: str) -> str:
    written = names.written(name)
    return written if names.shaped(written) else ""


def _token_hash(token: str) -> bytes:
    return hashlib.blake2b(token.encode(errors="replace"), person=b"invitation", digest_size=32).digest()
