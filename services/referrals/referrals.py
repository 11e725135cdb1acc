"""Referrals: put in the queue with their receipts, and withdrawn."""

import dataclasses
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, insert, select

from dialogs.commands import Triage
from dialogs.events import Standing
from dialogs.library import day_of
from dialogs.purposes import NEEDED, PURPOSES
from services import pings
from services.database import Transaction
from services.referrals import claims, consents, erasing, legal_holds, life, steps, working
from services.referrals.claims import Derived, MadeReceipt
from services.referrals.consents import Agreed as Agreed
from services.sealing import NONCE_SIZE, Box, bound, new_box, open_sealed, seal_to
from services.tables import (
    CoordinationKey,
    Coordinator,
    CoordinatorGrant,
    Receipt,
    Referral,
    SealedKey,
    SealedPart,
)

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
VERSION = 1
TRIAGE = tuple(field.name for field in dataclasses.fields(Triage))
NOTHING = Triage("self")
IN_FORCE = (
    select(CoordinationKey.id, CoordinationKey.public_key)
    .where(
        exists().where(
            CoordinatorGrant.coordination_key_id == CoordinationKey.id,
            CoordinatorGrant.coordinator_id == Coordinator.id,
            Coordinator.active,
        )
    )
    .order_by(CoordinationKey.id.desc())
    .limit(1)
    .with_for_update(read=True)
)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A referral in the queue, and the receipts to show once."""

    referral: str
    receipts: tuple[MadeReceipt, ...]


@dataclass(frozen=True, slots=True)
class Coordination:
    """The coordination's key in force."""

    id: int
    public_key: bytes


async def coordination(tx: Transaction) -> Coordination | None:
    """The coordination's key in force; None while nobody could open what is sealed to it.

    Nobody gives it up before this transaction ends (services/resealing.py), so that nothing is sealed to a lost key.
    """
    row = (await tx.execute(IN_FORCE)).one_or_none()
    return Coordination(row.id, row.public_key) if row is not None else None


async def submit(
    tx: Transaction,
    triage: Triage,
    agreed: Agreed,
    prepared: Sequence[Derived],
    *,
    at: int,
    language: str,
    note: str | None = None,
    callback: str | None = None,
    call: str | None = None,
    referral: str = "",
    also: Sequence[Agreed] = (),
) -> Submitted:
    """Put a referral in the queue, acknowledged at once, with what was agreed to, and `also` apart from it.

    `prepared` are receipts for `claims.holders`, at least the first one's; `issue` gives theirs to who gets none now.
    The person's is in the language that they agreed in, a professional's in `language`. `referral`: its id, where it
    was chosen before.

    Raises ValueError if there is something to seal and no coordination to seal it to; the triage alone needs none.
    """
    holders = claims.holders(triage.referrer)
    referral = referral or new_id()
    values = {name: getattr(triage, name) for name in TRIAGE}
    values |= {"id": referral, "liaison": triage.age_group == "minor"}
    values |= {f"consent_{name}": getattr(agreed, name) for name in ("hash", "language", "version")}
    await steps.begin(tx, values, at)
    await consents.first(tx, referral, agreed, at)
    for one in also:
        await consents.agree(tx, referral, one, at)
    await _seal(tx, referral, {"note": note, "callback": callback, "call": call})
    receipts = [
        await claims.add(tx, referral, holder, derived, agreed.language if holder == "person" else language)
        for holder, derived in zip(holders, prepared, strict=False)
    ]
    return Submitted(referral, tuple(receipts))


class Given(Exception):
    """The person's receipt was made meanwhile, or the referral has gone: undo the transaction, look again."""


async def issue(tx: Transaction, referral: str, derived: Derived) -> MadeReceipt:
    """Make the person's receipt of a professional's referral, in the language that they agreed in. Raises Given."""
    await tx.execute(select(Referral.id).where(Referral.id == referral).with_for_update())
    language = await _unshown(tx, referral)
    if not language:
        raise Given
    return await claims.add(tx, referral, "person", derived, language)


async def _unshown(tx: Transaction, referral: str) -> str:
    """The language of the person's receipt while there is none, else nothing."""
    theirs = exists().where(Receipt.referral_id == referral, Receipt.holder == "person")
    waiting = (Referral.id == referral) & (Referral.state != "withdrawn") & ~theirs
    return await tx.scalar(select(Referral.consent_language).where(waiting)) or ""


async def withdraw(tx: Transaction, referral: str, at: int, actor: str = "person") -> bool:
    """Take a referral back: data key, sealed parts and messages are deleted, the triage is emptied, every consent ends.

    What stays: its id, who referred, when it came and ended, the proof of consent, who held it. False if it was not
    there to take.
    """
    emptied = {name: getattr(NOTHING, name) for name in TRIAGE if name != "referrer"}
    emptied |= {"liaison": False, **steps.UNDECLINED}
    try:
        await steps.step(tx, referral, "withdrawn", at, "person", **emptied)
    except steps.NotInTable:
        return False
    await consents.end(tx, referral, PURPOSES, at)
    await legal_holds.drop(tx, referral)
    await pings.cut(tx, referral)
    await erasing.erase_all(tx, [referral], at, actor)
    return True


async def standing(tx: Transaction, referral: str) -> Standing:
    """How a referral stands now, for who holds a receipt of it. One that is not there counts as withdrawn."""
    declined = (Referral.decline_reason, Referral.decline_alternative)
    columns = select(Referral.state, *declined, Referral.acknowledged_at, Referral.languages)
    row = (await tx.execute(columns.where(Referral.id == referral))).one_or_none()
    if row is None:
        return Standing("withdrawn", takes=False, without=PURPOSES)
    takes = row.state not in life.OVER and await coordination(tx) is not None
    unshown = await _unshown(tx, referral)
    at = row.acknowledged_at
    look_on = working.working().next_day(at).isoformat() if at is not None else ""
    agreed = await consents.until(tx, referral)
    without = tuple(purpose for purpose in PURPOSES if purpose not in agreed)
    until = day_of(agreed[NEEDED]).isoformat() if NEEDED in agreed else ""
    told = (row.decline_reason or "", row.decline_alternative or "", takes, unshown, look_on, without, until)
    ping = await pings.waits(tx, referral)
    return Standing(row.state, *told, speaks=tuple(row.languages or ()), ping=ping)


async def languages(tx: Transaction, referral: str) -> dict[str, str]:
    """In which language each holder of a receipt reads: by holder."""
    rows = await tx.execute(select(Receipt.holder, Receipt.language).where(Receipt.referral_id == referral))
    return {row.holder: row.language for row in rows if row.language}


async def read_sealed(tx: Transaction, referral: str, private_key: bytes) -> dict[str, str]:
    """The sealed parts by purpose (`note`, `callback`, `call`), with the coordination's private key; {} without any.

    Raises Unreadable.
    """
    box = await tx.scalar(select(SealedKey.box).where(SealedKey.referral_id == referral))
    if box is None:
        return {}
    data_key = Box(open_sealed(private_key, box, bound("sealed_keys", referral)))
    columns = (SealedPart.purpose, SealedPart.version, SealedPart.nonce, SealedPart.ciphertext)
    rows = await tx.execute(select(*columns).where(SealedPart.referral_id == referral))
    return {
        row.purpose: data_key.open(row.nonce + row.ciphertext, _label(referral, row.purpose, row.version)).decode()
        for row in rows
    }


def new_id() -> str:
    """A short random id without letters that look alike: R-7KQ2-M9XD."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"R-{letters[:4]}-{letters[4:]}"


async def _seal(tx: Transaction, referral: str, parts: dict[str, str | None]) -> None:
    written = {purpose: words for purpose, words in parts.items() if words}
    if not written:
        return
    key = await coordination(tx)
    if key is None:
        raise ValueError("nothing can be sealed before the coordination has a key")
    data_key = new_box()
    box = seal_to(key.public_key, data_key.key, bound("sealed_keys", referral))
    await tx.execute(insert(SealedKey), {"referral_id": referral, "coordination_key_id": key.id, "box": box})
    await tx.execute(insert(SealedPart), [_part(referral, data_key, *part) for part in written.items()])


def _part(referral: str, data_key: Box, purpose: str, words: str) -> dict[str, str | int | bytes]:
    sealed = data_key.seal(words.encode(errors="replace"), _label(referral, purpose, VERSION))
    return {
        "referral_id": referral,
        "purpose": purpose,
        "version": VERSION,
        "nonce": sealed[:NONCE_SIZE],
        "ciphertext": sealed[NONCE_SIZE:],
    }


def _label(referral: str, purpose: str, version: int) -> bytes:
    return bound("sealed_parts", referral, purpose, version)
