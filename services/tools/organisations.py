"""Professional codes in the database: issued to an organisation, found again, renewed, revoked with effect at once.

Who used a code, and when, is written down nowhere (docs/decisions/0028).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from sqlalchemy import Row, Select, bindparam, insert, select, update

from services import audit
from services.database import Transaction
from services.keys import Keys
from services.referrals.referrals import coordination
from services.rights import Member, Opened, Refused
from services.sealing import Unreadable, bound, open_sealed, seal_to
from services.tables import IssuedCode
from services.tools import issued
from services.tools.codes import ProfessionalCode, new_code

Kind: TypeAlias = Literal[
    "specialised", "housing", "outreach", "health", "social_work", "child_protection", "asylum", "legal", "labour",
    "police", "justice", "other",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
VALID_S = 365 * 24 * 3600
IN_FORCE = IssuedCode.revoked_at.is_(None) & (IssuedCode.expires_at > bindparam("now"))
FIND = select(IssuedCode.id).where(IssuedCode.code_hash == bindparam("hash"), IN_FORCE)
STILL = select(IssuedCode.id).where(IssuedCode.id == bindparam("code"), IN_FORCE)


@dataclass(frozen=True, slots=True)
class Organisation:
    """A code as the coordination sees it, never the code itself. `name`: None where it was not opened."""

    id: int
    kind: Kind
    created_at: int
    expires_at: int
    revoked_at: int | None
    name: str | None = field(default=None, repr=False)

    def state(self, at: int) -> issued.State:
        """How it stands at `at` (Unix seconds)."""
        return issued.state(self.expires_at, self.revoked_at, at)


async def issue(
    tx: Transaction, keys: Keys, by: Member, name: str, kind: str, at: int
) -> tuple[ProfessionalCode, Organisation]:
    """A new code, to be shown once, good for a year; the organisation's name is sealed to the coordination.

    Raises Refused: not_allowed, empty, too_long, bad_kind, no_access (nobody could open the name).
    """
    by.need("codes")
    chosen, name = _kind(kind), issued.proper_name(name)
    key = await coordination(tx)
    if key is None:
        raise Refused("no_access")
    code = new_code()
    hashed = keys.professional(code.digits)
    row = {
        "code_hash": hashed,
        "kind": chosen,
        "name_box": seal_to(key.public_key, name.encode(), _bound(hashed)),
        "coordination_key_id": key.id,
        "created_at": at,
        "expires_at": at + VALID_S,
    }
    added = (await tx.execute(insert(IssuedCode).values(row).returning(IssuedCode.id))).scalar_one()
    await audit.record(tx, at, str(by.id), "code_issued", detail=f"code:{added}")
    return code, Organisation(added, chosen, at, at + VALID_S, None, name)


async def organisations(tx: Transaction, opened: Opened) -> Sequence[Organisation]:
    """All codes, those that end last first, with the names where this coordinator can open them.

    Raises Refused: not_allowed.
    """
    opened.member.need("codes")
    query = select(IssuedCode.__table__).order_by(IssuedCode.expires_at.desc(), IssuedCode.id.desc())
    return [_organisation(row, opened.private_key) for row in await tx.execute(query)]


async def organisation(tx: Transaction, opened: Opened, number: int) -> Organisation:
    """One code. Raises Refused: not_allowed, missing."""
    opened.member.need("codes")
    return _organisation(await _row(tx, number), opened.private_key)


async def renew(tx: Transaction, by: Member, number: int, at: int) -> None:
    """The same code is good for another year from now, also one that has expired.

    Raises Refused: not_allowed, missing, not_possible (revoked).
    """
    await _change(tx, by, number, "code_renewed", at, expires_at=at + VALID_S)


async def revoke(tx: Transaction, by: Member, number: int, at: int) -> None:
    """It opens nothing any more, from this moment, in conversations under way as well. Raises as `renew`."""
    await _change(tx, by, number, "code_revoked", at, revoked_at=at)


async def find(tx: Transaction, keys: Keys, code: ProfessionalCode, at: int) -> int | None:
    """The number of a code that is in force; None when it is unknown, revoked or expired."""
    values = {"hash": keys.professional(code.digits), "now": at}
    return (await tx.execute(FIND, values)).scalar_one_or_none()


async def in_force(tx: Transaction, number: int, at: int) -> bool:
    """Whether a code that was shown in a conversation is still good."""
    return (await tx.execute(STILL, {"code": number, "now": at})).scalar_one_or_none() is not None


async def _change(tx: Transaction, by: Member, number: int, action: str, at: int, **values: int) -> None:
    by.need("codes")
    await audit.hold(tx)  # one at a time: what was revoked meanwhile is not renewed
    row = await _row(tx, number)
    if row.revoked_at is not None:
        raise Refused("not_possible")
    await audit.record(tx, at, str(by.id), action, detail=f"code:{number}")
    await tx.execute(update(IssuedCode).where(IssuedCode.id == number).values(values))


async def _row(tx: Transaction, number: int) -> "Row[tuple[object, ...]]":
    query: Select[tuple[object, ...]] = select(IssuedCode.__table__).where(IssuedCode.id == number)
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        raise Refused("missing")
    return row


def _organisation(row: "Row[tuple[object, ...]]", private: bytes | None) -> Organisation:
    name = _name(row.name_box, row.code_hash, private) if private is not None else None
    return Organisation(row.id, _kind(row.kind), row.created_at, row.expires_at, row.revoked_at, name)


def _name(box: bytes, code_hash: bytes, private: bytes) -> str | None:
    try:
        return open_sealed(private, box, _bound(code_hash)).decode()
    except Unreadable:
        return None


def _bound(code_hash: bytes) -> bytes:
    return bound("organisation", code_hash)


def _kind(kind: str) -> Kind:
    found = next((known for known in KINDS if known == kind), None)
    if found is None:
        raise Refused("bad_kind")
    return found
