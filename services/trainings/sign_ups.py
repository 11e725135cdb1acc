"""Sign-ups for a training: taken in order, sealed, moved up, given back, and what the coordination does with them.

The first that stand, in the order of their numbers, have the seats; the others wait. Nothing else decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from sqlalchemy import delete, func, insert, select, update

from dialogs import agenda
from dialogs.agenda import CONTACT_DAYS, SIGN_UP_DAYS, SignUpState
from services import audit
from services.database import Transaction
from services.referrals.claims import Derived, MadeReceipt
from services.referrals.referrals import coordination
from services.rights import Member, Opened, Refused
from services.sealing import Box, Unreadable, bound, new_box, open_sealed, seal_to
from services.tables.training import SignUp, SignUpKey, Training
from services.trainings import trainings
from services.trainings.trainings import ACTIVE, DAY_S

Mark: TypeAlias = Literal["confirmed", "signed_up", "removed", "attended", "absent"]
MARKS: tuple[Mark, ...] = get_args(Mark)
HURRIED, HOUR_S = 10, 3600  # as many as a team may send together; more look like one who takes the seats
AFTERWARDS = ("attended", "absent")  # told once it has begun


class NotTaken(Exception):
    """The training takes no sign-ups: it was closed, cancelled, has begun, or nobody could open the contact."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A sign-up as the coordination sees it.

    `number`: its place in the order of coming, from 1; `position`: as in dialogs/agenda.Standing.
    """

    id: str
    number: int
    organisation: str
    created_at: int
    state: SignUpState
    position: int
    sealed: bool


async def add(
    tx: Transaction, training: str, organisation: str, contact: str, prepared: Derived, *, at: int, language: str
) -> MadeReceipt:
    """Sign up: the next number in the order, the contact sealed, a receipt. One at a time for each training.

    Raises NotTaken.
    """
    await trainings.lock(tx, training)
    announced, key = await _announced(tx, training), await coordination(tx)
    if announced is None or key is None or not announced.takes(at):
        raise NotTaken
    name, data_key = trainings.new_id("s"), new_box()
    last = select(func.coalesce(func.max(SignUp.number), 0)).where(SignUp.training_id == training)
    values = {
        "id": name,
        "training_id": training,
        "number": int((await tx.execute(last)).scalar_one()) + 1,
        "state": "signed_up",
        "organisation": organisation,
        "created_at": at,
        "revision": announced.revision,
        "selector": prepared.selector,
        "verifier": prepared.verifier,
        "contact": data_key.seal(contact.encode(errors="replace"), _label(training, name)),
    }
    box = seal_to(key.public_key, data_key.key, _key_label(name))
    await tx.execute(insert(SignUp), values)
    await tx.execute(insert(SignUpKey), {"sign_up_id": name, "coordination_key_id": key.id, "box": box})
    return _made(name, prepared, language)


async def replace_receipt(tx: Transaction, name: str, prepared: Derived, language: str) -> MadeReceipt | None:
    """A new receipt in the place of the one that there was, which opens nothing any more; None if it does not stand."""
    stands = (SignUp.id == name) & SignUp.state.in_(ACTIVE)
    values = {"selector": prepared.selector, "verifier": prepared.verifier}
    replaced = await tx.execute(update(SignUp).where(stands).values(values))
    return _made(name, prepared, language) if replaced.rowcount == 1 else None


def _made(name: str, prepared: Derived, language: str) -> MadeReceipt:
    return MadeReceipt("professional", prepared.code.words(language), prepared.code.digits, sign_up=name)


async def cancel(tx: Transaction, name: str) -> bool:
    """Give a place back, and delete the contact; False if it was not standing. Who waits moves up by itself."""
    there = (SignUp.id == name) & SignUp.state.in_(("signed_up", "confirmed"))
    taken = await tx.execute(update(SignUp).where(there).values(state="cancelled"))
    if taken.rowcount == 1:
        await _erase(tx, [name])
    return taken.rowcount == 1


async def standing(tx: Transaction, name: str) -> agenda.Standing:
    """How a sign-up stands now, for who holds its receipt."""
    columns = select(SignUp.training_id, SignUp.revision, Training.revision.label("now"), Training.state)
    row = (await tx.execute(columns.join(Training).where(SignUp.id == name))).one_or_none()
    if row is None:
        return agenda.Standing(name)
    mine = next(one for one in await listed(tx, row.training_id) if one.id == name)
    return agenda.Standing(name, row.training_id, mine.state, mine.position, row.now > row.revision)


async def listed(tx: Transaction, training: str) -> tuple[Listed, ...]:
    """All sign-ups of a training, in their order."""
    seats = int(await tx.scalar(select(Training.seats).where(Training.id == training)) or 0)
    rows = await tx.execute(select(SignUp.__table__).where(SignUp.training_id == training).order_by(SignUp.number))
    found, before = [], 0
    for row in rows:
        stands = row.state in ACTIVE
        position = max(0, before + 1 - seats) if stands else 0
        state: SignUpState = "waiting" if position else "seat" if row.state == "signed_up" else row.state
        found.append(Listed(row.id, row.number, row.organisation, row.created_at, state, position, bool(row.contact)))
        before += stands
    return tuple(found)


def hurried(listed: Sequence[Listed]) -> bool:
    """Whether more than ten of those that nobody confirmed came within one hour."""
    times = sorted(one.created_at for one in listed if one.state in ("seat", "waiting"))
    return any(last - first < HOUR_S for first, last in zip(times, times[HURRIED:], strict=False))


async def mark(tx: Transaction, member: Member, training: str, name: str, to: str, at: int) -> None:
    """Confirm a seat or take the confirmation back, take a sign-up off the list, note who came.

    Raises Refused: not_allowed, missing, not_possible (it waits, is off the list, or the training has not begun).
    """
    member.need("training")
    await trainings.lock(tx, training)
    announced = await trainings.one(tx, training)
    mine = next((one for one in await listed(tx, training) if one.id == name), None)
    if mine is None:
        raise Refused("missing")
    early = to in AFTERWARDS and announced.coming(at)
    if to not in MARKS or mine.state in ("cancelled", "removed") or early or (mine.position and to != "removed"):
        raise Refused("not_possible")
    await tx.execute(update(SignUp).where(SignUp.id == name).values(state=to))
    if to == "removed":
        await _erase(tx, [name])
    await audit.record(tx, at, str(member.id), f"sign_up_{to}", detail=f"training:{training}")


async def open_contacts(tx: Transaction, training: str, opened: Opened, at: int) -> Mapping[str, str]:
    """The contacts of a training's sign-ups, by their ids; every opening is recorded.

    Raises Refused: not_allowed, no_access (no key), missing.
    """
    opened.member.need("training")
    opened.member.need("open")
    if opened.private_key is None:
        raise Refused("no_access")
    await trainings.one(tx, training)
    await audit.record(tx, at, str(opened.member.id), "contacts_opened", detail=f"training:{training}")
    columns = select(SignUp.id, SignUp.contact, SignUpKey.box).join(SignUpKey, SignUpKey.sign_up_id == SignUp.id)
    rows = await tx.execute(columns.where(SignUp.training_id == training, SignUp.contact.is_not(None)))
    try:
        return {row.id: _opened(opened.private_key, training, row.id, row.contact, row.box) for row in rows}
    except Unreadable:
        raise Refused("no_access") from None


async def purge(tx: Transaction, at: int) -> dict[str, int]:
    """Delete the contacts of trainings that were over long enough ago, then the sign-ups; how many of each."""
    over = select(Training.id).where(Training.ends_at <= at - CONTACT_DAYS * DAY_S)
    sealed = select(SignUp.id).where(SignUp.training_id.in_(over), SignUp.contact.is_not(None))
    due = list(await tx.scalars(sealed))
    await _erase(tx, due)
    old = select(Training.id).where(Training.ends_at <= at - SIGN_UP_DAYS * DAY_S)
    gone = await tx.execute(delete(SignUp).where(SignUp.training_id.in_(old)))
    return {"sign_up_contacts": len(due), "sign_ups": gone.rowcount}


async def _announced(tx: Transaction, training: str) -> agenda.Training | None:
    try:
        return await trainings.one(tx, training)
    except Refused:
        return None


async def _erase(tx: Transaction, names: Sequence[str]) -> None:
    """Delete what these sealed, data keys first."""
    await tx.execute(delete(SignUpKey).where(SignUpKey.sign_up_id.in_(names)))
    await tx.execute(update(SignUp).where(SignUp.id.in_(names)).values(contact=None))


def _opened(private_key: bytes, training: str, name: str, contact: bytes, box: bytes) -> str:
    data_key = Box(open_sealed(private_key, box, _key_label(name)))
    return data_key.open(contact, _label(training, name)).decode()


def _key_label(name: str) -> bytes:
    return bound("sign_up_keys", name)


def _label(training: str, name: str) -> bytes:
    return bound("sign_ups", training, name, "contact")
