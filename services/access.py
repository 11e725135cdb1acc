"""Access to what is sealed: the coordination's key pair, and the box for each person who holds its private half."""

from sqlalchemy import Row, exists, func, insert, select

from services import audit
from services.database import Transaction
from services.rights import MAY, Opened, Refused
from services.sealing import Unreadable, bound, key_pair, new_key_pair, open_sealed, seal_to
from services.tables import CoordinationKey, Coordinator, CoordinatorGrant


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
    if "open" not in MAY[receiver.role] or await holds(tx, coordinator_id):
        raise Refused("not_possible")
    key = await current_key(tx)
    if key is None or key_pair(opened.private_key).public != key.public_key:
        raise Refused("no_access")
    await give(tx, receiver.id, receiver.public_key, key.id, opened.private_key, opened.member.id, at)


async def make_keys(tx: Transaction, coordinator_id: int, public: bytes, at: int) -> None:
    """Make the coordination's first key pair, held by the one whose own public key is given."""
    coordination = new_key_pair()
    row = {"public_key": coordination.public, "created_at": at}
    key_id = (await tx.execute(insert(CoordinationKey).values(row).returning(CoordinationKey.id))).scalar_one()
    await give(tx, coordinator_id, public, key_id, coordination.private, None, at)
    await audit.record(tx, at, str(coordinator_id), "made_keys")


async def give(
    tx: Transaction, coordinator_id: int, public: bytes, key_id: int, private: bytes, by: int | None, at: int
) -> None:
    """Seal the private key numbered `key_id` to somebody's own public key. `by`: who gives it, None for nobody."""
    row = {
        "coordinator_id": coordinator_id,
        "coordination_key_id": key_id,
        "box": seal_to(public, private, bound("grant", coordinator_id, key_id)),
        "granted_by": by,
        "granted_at": at,
    }
    await tx.execute(insert(CoordinatorGrant).values(row))


async def newest(tx: Transaction, coordinator_id: int) -> Row[int, bytes] | None:
    """The number of the newest key that somebody holds, and its box."""
    query = select(CoordinatorGrant.coordination_key_id, CoordinatorGrant.box).where(
        CoordinatorGrant.coordinator_id == coordinator_id
    )
    return (await tx.execute(query.order_by(CoordinatorGrant.coordination_key_id.desc()).limit(1))).one_or_none()


def open_grant(own: bytes, coordinator_id: int, key_id: int, box: bytes) -> bytes | None:
    """The coordination's private key, by somebody's own; None when the box is not theirs."""
    try:
        return open_sealed(own, box, bound("grant", coordinator_id, key_id))
    except Unreadable:
        return None


async def holders(tx: Transaction) -> int:
    """How many people can open what is sealed."""
    able = Coordinator.active & exists().where(CoordinatorGrant.coordinator_id == Coordinator.id)
    return int((await tx.execute(select(func.count()).select_from(Coordinator).where(able))).scalar_one())


async def holds(tx: Transaction, coordinator_id: int) -> bool:
    """Whether somebody has access."""
    query = select(exists().where(CoordinatorGrant.coordinator_id == coordinator_id))
    return bool((await tx.execute(query)).scalar_one())


async def current_key(tx: Transaction) -> Row[int, bytes] | None:
    """The coordination's newest key: its number and its public half."""
    query = select(CoordinationKey.id, CoordinationKey.public_key).order_by(CoordinationKey.id.desc()).limit(1)
    return (await tx.execute(query)).one_or_none()
