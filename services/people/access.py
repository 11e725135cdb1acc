"""Access to what is sealed: the coordination's key pair, and the box for each person who holds its private half."""

from sqlalchemy import Row, exists, func, insert, select

from services import audit
from services.database import Transaction
from services.rights import MAY, Opened, Refused
from services.sealing import Unreadable, bound, key_pair, keys_of, new_key_pair, open_sealed, seal_to
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
    if key is None:
        raise Refused("no_access")
    fits(opened.private_key, key)
    for private in keys_of(opened.private_key):
        number = select(CoordinationKey.id).where(CoordinationKey.public_key == key_pair(private).public)
        if (found := await tx.scalar(number)) is not None:
            await give(tx, receiver.id, receiver.public_key, found, private, opened.member.id, at)


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


async def ring(tx: Transaction, coordinator_id: int, own: bytes) -> bytes | None:
    """The coordination's private keys that somebody holds, the newest first, by their own; None when they hold none.

    They are several only while everything is sealed anew.
    """
    grants = select(CoordinatorGrant.coordination_key_id, CoordinatorGrant.box)
    mine = grants.where(CoordinatorGrant.coordinator_id == coordinator_id)
    rows = await tx.execute(mine.order_by(CoordinatorGrant.coordination_key_id.desc()))
    try:
        found = [open_sealed(own, row.box, bound("grant", coordinator_id, row.coordination_key_id)) for row in rows]
    except Unreadable:
        return None
    return b"".join(found) or None


async def numbers(tx: Transaction, coordinator_id: int) -> frozenset[int]:
    """The numbers of the keys that somebody holds."""
    mine = CoordinatorGrant.coordinator_id == coordinator_id
    return frozenset(await tx.scalars(select(CoordinatorGrant.coordination_key_id).where(mine)))


def fits(private_key: bytes, key: Row[int, bytes]) -> None:
    """Raise Refused (no_access) unless the newest of a ring is the private half of this key."""
    if key_pair(keys_of(private_key)[0]).public != key.public_key:
        raise Refused("no_access")


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
