"""A coordination that can be written to, and referrals to it, as the tests need them."""

from sqlalchemy import insert

from dialogs.commands import Triage
from services.database import Database, Transaction, added_id
from services.referrals import claims, referrals
from services.referrals.claims import Derived
from services.referrals.referrals import Agreed, Submitted
from services.rights import Member, Role
from services.sealing import KeyPair, new_key_pair
from services.tables import CoordinationKey, Coordinator, CoordinatorGrant

AGREED = Agreed(b"h" * 32, "ar", "1")
PROFESSIONAL = Triage("professional", urgency="soon", age_group="adult", department="2A", avoid=("13", "75"))
SELF = Triage("self")
SOMEBODY = {
    "name": "somebody",
    "role": "coordinator",
    "password_hash": "",
    "public_key": b"",
    "private_key_box": b"",
    "salt": b"",
    "active": True,
    "created_at": 1,
}


async def open_coordination(database: Database) -> KeyPair:
    pair = new_key_pair()
    async with database.begin() as tx:
        key = added_id(await tx.execute(insert(CoordinationKey), {"public_key": pair.public, "created_at": 1}))
        await hold_key(tx, added_id(await tx.execute(insert(Coordinator), SOMEBODY)), key)
    return pair


async def member(tx: Transaction, name: str, role: Role) -> Member:
    """Somebody of the coordination who never signs in: no password, no key."""
    return Member(added_id(await tx.execute(insert(Coordinator), SOMEBODY | {"name": name, "role": role})), name, role)


async def hold_key(tx: Transaction, coordinator: int, key: int) -> None:
    grant = {"coordinator_id": coordinator, "coordination_key_id": key, "box": b"", "granted_at": 1}
    await tx.execute(insert(CoordinatorGrant), grant)


async def submit(
    database: Database,
    receipts: tuple[Derived, ...],
    triage: Triage = PROFESSIONAL,
    note: str | None = "a note",
    callback: str | None = None,
) -> Submitted:
    prepared = receipts[: len(claims.holders(triage.referrer))]
    async with database.begin() as tx:
        return await referrals.submit(tx, triage, AGREED, prepared, at=100, language="ar", note=note, callback=callback)
