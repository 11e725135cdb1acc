"""A hold stops our own deletion of one request, with a reason and for a time; the person's withdrawal comes first.

Why: docs/decisions/0026. Placed and ended by a supervisor; each is recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, delete, exists, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from dialogs.kept import HOLD
from services import audit
from services.database import Transaction
from services.rights import Member, Refused
from services.tables import Referral
from services.tables.consent import LegalHold

Reason: TypeAlias = Literal["person_asked", "claim", "justice", "complaint"]
REASONS: tuple[Reason, ...] = get_args(Reason)
"""The person asked to keep it (RGPD art. 18); a legal claim (art. 17(3)(e)); a court or a judge asked (art. 17(3)(b));
a complaint about how it was handled."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold in force. Times are Unix seconds."""

    referral_id: str
    reason: str
    placed_by: int
    placed_at: int
    until: int


async def place(tx: Transaction, referral: str, member: Member, reason: str, at: int) -> None:
    """Stop the deletion for a year, or anew from now. Raises Refused: not_allowed, hold_reason, missing."""
    member.need("supervise")
    if reason not in REASONS:
        raise Refused("hold_reason")
    there = (Referral.id == referral) & (Referral.state != "withdrawn")
    if (await tx.execute(select(Referral.id).where(there).with_for_update())).one_or_none() is None:
        raise Refused("missing")
    await drop(tx, referral)
    row = {"referral_id": referral, "reason": reason, "placed_by": member.id, "placed_at": at, "until": at + HOLD}
    await tx.execute(insert(LegalHold), row)
    await audit.record(tx, at, str(member.id), "held", referral, reason)


async def lift(tx: Transaction, referral: str, member: Member, at: int) -> None:
    """Let it be deleted again when it is due. Raises Refused: not_allowed, missing."""
    member.need("supervise")
    if not await drop(tx, referral):
        raise Refused("missing")
    await audit.record(tx, at, str(member.id), "let_go", referral)


async def of(tx: Transaction, referral: str) -> Hold | None:
    """The hold on a request."""
    row = (await tx.execute(select(LegalHold.__table__).where(LegalHold.referral_id == referral))).one_or_none()
    return Hold(*row) if row is not None else None


async def every(tx: Transaction) -> Sequence[Hold]:
    """All holds, the one that ends first first."""
    return [Hold(*row) for row in await tx.execute(select(LegalHold.__table__).order_by(LegalHold.until))]


async def purge(tx: Transaction, at: int) -> dict[str, int]:
    """End those whose time is over."""
    over = list(await tx.scalars(select(LegalHold.referral_id).where(LegalHold.until <= at)))
    for referral in over:
        await drop(tx, referral)
        await audit.record(tx, at, "system", "let_go", referral)
    return {"legal_holds": len(over)}


def held(referral: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The condition that a row's referral is held."""
    return exists().where(LegalHold.referral_id == referral)


async def drop(tx: Transaction, referral: str) -> bool:
    """End a hold, whoever asks; whether there was one."""
    return (await tx.execute(delete(LegalHold).where(LegalHold.referral_id == referral))).rowcount == 1
