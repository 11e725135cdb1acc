"""What people agreed to, purpose by purpose: given, standing, taken back, run out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, insert, select, update

from dialogs.purposes import NEEDED, PURPOSES, STANDS, Purpose
from services.database import Transaction
from services.referrals import legal_holds
from services.tables.consent import GivenConsent


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was consented to: the hash of the words shown, their language, the text's version, and for what."""

    hash: bytes
    language: str
    version: str
    purposes: tuple[Purpose, ...] = (NEEDED, "contact")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One purpose as it was agreed to. Times are Unix seconds; `ended_at`: when it was taken back or had run out."""

    purpose: Purpose
    version: str
    text_hash: bytes
    language: str
    given_at: int
    expires_at: int
    ended_at: int | None

    @property
    def stands(self) -> bool:
        """Whether it holds: what has run out is ended by the upkeep."""
        return self.ended_at is None


async def agree(tx: Transaction, referral: str, agreed: Agreed, at: int) -> None:
    """Write down what was agreed to; what stood for the same purposes ends."""
    await end(tx, referral, agreed.purposes, at)
    await first(tx, referral, agreed, at)


async def first(tx: Transaction, referral: str, agreed: Agreed, at: int) -> None:
    """Write down what was agreed to first, when nothing stands."""
    shown = {"version": agreed.version, "text_hash": agreed.hash, "language": agreed.language}
    times = {"given_at": at, "expires_at": at + STANDS, "ended_at": None}
    rows = [{"referral_id": referral, "purpose": purpose} | shown | times for purpose in agreed.purposes]
    await tx.execute(insert(GivenConsent), rows)


async def end(tx: Transaction, referral: str, purposes: Iterable[Purpose], at: int) -> bool:
    """Take purposes back; whether any of them stood."""
    mine = (GivenConsent.referral_id == referral) & GivenConsent.purpose.in_(tuple(purposes))
    ended = await tx.execute(update(GivenConsent).where(mine, GivenConsent.ended_at.is_(None)).values(ended_at=at))
    return ended.rowcount > 0


async def records(tx: Transaction, referral: str) -> Sequence[Recorded]:
    """Everything that was ever agreed to for a referral, oldest first."""
    columns = (getattr(GivenConsent, name) for name in Recorded.__slots__)
    query = select(*columns).where(GivenConsent.referral_id == referral).order_by(GivenConsent.id)
    return [Recorded(*row) for row in await tx.execute(query)]


async def until(tx: Transaction, referral: str) -> dict[Purpose, int]:
    """The purposes that stand, and until when."""
    return {one.purpose: one.expires_at for one in await records(tx, referral) if one.stands}


async def stands(tx: Transaction, referral: str, purpose: Purpose) -> bool:
    """Whether a purpose stands."""
    of_it = (GivenConsent.referral_id == referral) & (GivenConsent.purpose == purpose)
    return bool(await tx.scalar(select(exists().where(of_it, GivenConsent.ended_at.is_(None)))))


async def run_out(tx: Transaction, at: int, most: int = 100) -> Sequence[tuple[str, Purpose]]:
    """Referrals and purposes whose agreement has run out at `at`, the oldest first, at most so many; none held."""
    due = GivenConsent.ended_at.is_(None) & (GivenConsent.expires_at <= at)
    due &= ~legal_holds.held(GivenConsent.referral_id)
    query = select(GivenConsent.referral_id, GivenConsent.purpose).where(due)
    rows = list(await tx.execute(query.order_by(GivenConsent.expires_at, GivenConsent.id).limit(most)))
    return [(row.referral_id, next(p for p in PURPOSES if p == row.purpose)) for row in rows]
