"""The people of the coordination: who there is, what they hold, and taking somebody out."""

from collections.abc import Sequence

from sqlalchemy import delete, exists, select, update

from services import access, audit, life, steps
from services.database import Transaction
from services.rights import Member, Refused, role_of
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


async def members(tx: Transaction) -> Sequence[Member]:
    """Everybody who was ever taken in, by name; those still active first."""
    holds = exists().where(CoordinatorGrant.coordinator_id == Coordinator.id)
    query = select(
        Coordinator.id, Coordinator.name, Coordinator.role, Coordinator.active, holds, Coordinator.created_at
    ).order_by(Coordinator.active.desc(), Coordinator.name)
    return [Member(row[0], row[1], role_of(row[2]), *row[3:]) for row in await tx.execute(query)]


async def any_member(tx: Transaction) -> bool:
    """Whether the first coordinator has been made."""
    return bool((await tx.execute(select(exists().where(Coordinator.id > 0)))).scalar_one())
