"""Taking somebody out of the coordination: their doors close, and what they held is back in the queue."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update

from services import audit
from services.database import Transaction
from services.people import access
from services.referrals import life, steps
from services.rights import Member, Refused
from services.tables import ConsoleSession, CoordinationKey, Coordinator, CoordinatorGrant, Referral


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
    if await access.holds(tx, coordinator_id) and await access.holders(tx) == 1:
        raise Refused("last_access")
    if await access.holds(tx, coordinator_id):
        await tx.execute(update(CoordinationKey).where(CoordinationKey.left_at.is_(None)).values(left_at=at))
    gone = {"active": False, "name": f"{name} #{coordinator_id}"}  # no name that can be invited has a #
    await tx.execute(update(Coordinator).where(active).values(gone))
    await tx.execute(delete(CoordinatorGrant).where(CoordinatorGrant.coordinator_id == coordinator_id))
    await tx.execute(delete(ConsoleSession).where(ConsoleSession.coordinator_id == coordinator_id))
    await _put_back(tx, by, coordinator_id, at)


async def held_by(tx: Transaction, coordinator_id: int) -> Sequence[str]:
    """The referrals that somebody works on."""
    held = (Referral.claimed_by == coordinator_id) & Referral.state.in_(life.HELD)
    return list(await tx.scalars(select(Referral.id).where(held).order_by(Referral.id)))


async def _put_back(tx: Transaction, by: Member, coordinator_id: int, at: int) -> None:
    for referral in await held_by(tx, coordinator_id):
        await steps.put_back(tx, referral, at, "supervisor")
        await audit.record(tx, at, str(by.id), "released", referral)
