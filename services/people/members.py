"""The people of the coordination: who there is."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from services.database import Transaction
from services.rights import Member, role_of
from services.tables import Coordinator, CoordinatorGrant


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
