"""A purpose of a request, given again, taken back, or run out: what follows for what was sealed, and for the record."""

from collections.abc import Mapping

from sqlalchemy import select

from dialogs.purposes import NEEDED, Purpose
from services import audit
from services.database import Transaction
from services.referrals import consents, erasing, referrals
from services.referrals.consents import Agreed
from services.tables import Referral


async def give(tx: Transaction, referral: str, agreed: Agreed, at: int) -> None:
    """The person agrees to purposes of a request that is there; to what was taken back as a whole, nobody can."""
    if not await _there(tx, referral):
        return
    await consents.agree(tx, referral, agreed, at)
    for purpose in agreed.purposes:
        await audit.record(tx, at, "person", "agreed", referral, purpose)


async def take_back(tx: Transaction, referral: str, purpose: Purpose, at: int) -> None:
    """The person takes a purpose back. Without messages, what was written goes; without the request, all of it."""
    if await consents.end(tx, referral, (purpose,), at):
        await audit.record(tx, at, "person", "disagreed", referral, purpose)
        await _follow(tx, referral, purpose, at, "person")


async def run_out(tx: Transaction, at: int) -> Mapping[Purpose, int]:
    """End what was agreed to for a time that is over, as if it had been taken back; how many of each purpose."""
    ended: dict[Purpose, int] = {}
    for referral, purpose in await consents.run_out(tx, at):
        if await consents.end(tx, referral, (purpose,), at):
            await audit.record(tx, at, "system", "run_out", referral, purpose)
            await _follow(tx, referral, purpose, at, "system")
            ended[purpose] = ended.get(purpose, 0) + 1
    return ended


async def _follow(tx: Transaction, referral: str, purpose: Purpose, at: int, actor: str) -> None:
    if purpose == "contact":
        await erasing.erase_exchange(tx, referral, at, actor)
    elif purpose == NEEDED:
        await referrals.withdraw(tx, referral, at, actor)


async def _there(tx: Transaction, referral: str) -> bool:
    """Whether a request is there, locked until the commit."""
    query = select(Referral.state).where(Referral.id == referral).with_for_update()
    return await tx.scalar(query) not in (None, "withdrawn")
