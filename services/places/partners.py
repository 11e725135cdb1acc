"""Partners of the network, known by a number; what the coordination calls them is sealed to it. Who signs in there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, exists, insert, select, update

from services import audit
from services.database import Transaction
from services.referrals.referrals import coordination
from services.rights import Member, Opened, Refused
from services.sealing import Unreadable, bound, open_sealed, seal_to
from services.tables import Coordinator
from services.tables.places import Partner, PartnerMember, PlaceGroup

LONGEST_LABEL = 120


@dataclass(frozen=True, slots=True)
class Known:
    """A partner. `label`: None where it was not opened; `members`: the names under which somebody signs in for it."""

    id: int
    label: str | None = field(default=None, repr=False)
    members: tuple[str, ...] = ()


def code(partner: int) -> str:
    """What a partner is called wherever its label is not: P and its number."""
    return f"P{partner}"


async def add(tx: Transaction, by: Member, label: str, at: int) -> int:
    """A new partner's number. Raises Refused: not_allowed, empty, long_name, no_access (no key)."""
    by.need("places")
    label = " ".join(label.split())
    if not label or len(label) > LONGEST_LABEL:
        raise Refused("long_name" if label else "empty")
    key = await coordination(tx)
    if key is None:
        raise Refused("no_access")
    row = {"label_box": b"", "coordination_key_id": key.id, "created_at": at}
    number = int((await tx.execute(insert(Partner).values(row).returning(Partner.id))).scalar_one())
    box = seal_to(key.public_key, label.encode(), _bound(number))
    await tx.execute(update(Partner).where(Partner.id == number).values(label_box=box))
    await audit.record(tx, at, str(by.id), "partner_added", detail=f"partner:{number}")
    return number


async def listed(tx: Transaction, opened: Opened) -> Sequence[Known]:
    """All partners by number, with the labels where this coordinator can open them. Raises Refused: not_allowed."""
    opened.member.need("places")
    named = select(PartnerMember.partner_id, Coordinator.name).join(
        Coordinator, (Coordinator.id == PartnerMember.coordinator_id) & Coordinator.active
    )
    names = [(row[0], row[1]) for row in await tx.execute(named.order_by(Coordinator.name))]
    rows = await tx.execute(select(Partner.id, Partner.label_box).order_by(Partner.id))
    return [
        Known(row.id, _label(row.id, row.label_box, opened.private_key), tuple(n for one, n in names if one == row.id))
        for row in rows
    ]


async def sign_ins(tx: Transaction) -> Sequence[tuple[int, str]]:
    """Those who joined as a partner and sign in for nobody yet: number and name."""
    taken = select(PartnerMember.coordinator_id)
    free = Coordinator.active & (Coordinator.role == "partner") & Coordinator.id.not_in(taken)
    rows = await tx.execute(select(Coordinator.id, Coordinator.name).where(free).order_by(Coordinator.name))
    return [(row.id, row.name) for row in rows]


async def let_in(tx: Transaction, by: Member, partner: int, coordinator: int, at: int) -> None:
    """Somebody with the role `partner` signs in for this partner from now on, and for no other.

    Raises Refused: not_allowed, missing.
    """
    by.need("places")
    await audit.hold(tx)  # one at a time: nobody gets two partners
    who = (Coordinator.id == coordinator) & Coordinator.active & (Coordinator.role == "partner")
    if not await there(tx, partner) or await tx.scalar(select(Coordinator.id).where(who)) is None:
        raise Refused("missing")
    await tx.execute(delete(PartnerMember).where(PartnerMember.coordinator_id == coordinator))
    await tx.execute(insert(PartnerMember).values(coordinator_id=coordinator, partner_id=partner))
    await audit.record(tx, at, str(by.id), "partner_let_in", detail=f"coordinator:{coordinator}")


async def remove(tx: Transaction, by: Member, partner: int, at: int) -> None:
    """Take a partner off the list, with its label; who signed in for it signs in for nobody.

    Raises Refused: not_allowed, missing, not_possible (places of it are on the board).
    """
    by.need("places")
    await tx.execute(select(Partner.id).where(Partner.id == partner).with_for_update())
    if not await there(tx, partner):
        raise Refused("missing")
    if await tx.scalar(select(exists().where(PlaceGroup.partner_id == partner))):
        raise Refused("not_possible")
    await tx.execute(delete(PartnerMember).where(PartnerMember.partner_id == partner))
    await tx.execute(delete(Partner).where(Partner.id == partner))
    await audit.record(tx, at, str(by.id), "partner_removed", detail=f"partner:{partner}")


async def there(tx: Transaction, partner: int) -> bool:
    """Whether there is such a partner."""
    return await tx.scalar(select(Partner.id).where(Partner.id == partner)) is not None


async def of(tx: Transaction, member: Member) -> int | None:
    """For which partner somebody signs in."""
    mine = select(PartnerMember.partner_id).where(PartnerMember.coordinator_id == member.id)
    return (await tx.execute(mine)).scalar_one_or_none()


def _label(number: int, box: bytes, private: bytes | None) -> str | None:
    if private is None:
        return None
    try:
        return open_sealed(private, box, _bound(number)).decode()
    except Unreadable:
        return None


def _bound(number: int) -> bytes:
    return bound("partner", number)
