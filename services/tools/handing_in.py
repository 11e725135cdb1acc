"""Referrals that a tool hands in: sealed by the tool, with a receipt that the same request gets again for a day."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import exists, func, insert, select

from dialogs.commands import Triage
from dialogs.events import Holder
from services import audit
from services.database import Database, Transaction, own_insert
from services.keys import Keys
from services.lines import Line
from services.receipts import SECRET_SIZE, ReceiptCode
from services.referrals import claims, referrals
from services.referrals.claims import Derived, MadeReceipt
from services.referrals.referrals import LETTERS, VERSION, Agreed
from services.sealing import LARGEST_STEP, NONCE_SIZE, bound
from services.tables import Message, MessageCopy, Referral, SealedKey, SealedPart
from services.tables.api import ApiRequest
from services.tools.api_tokens import Bearer

MAKING = Line("api-receipt", 8)  # receipts made and opened for tools, apart from those who chat: no tool holds them up
MAC_SIZE = 16
SEALED_KEY_SIZE = 48 + 256  # a sealed box of the padded data key
PADDED = (256, 512, 1024, 2048, *range(LARGEST_STEP, 4 * LARGEST_STEP + 1, LARGEST_STEP))


class KeyChanged(Exception):
    """It was sealed to a key of the coordination that is not in force: fetch the key again, and seal anew."""


class Reused(Exception):
    """The request's key was used before: with something else, or longer ago than a day."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a tool sealed: to which key of the coordination; the data key; the parts by purpose, nonce first."""

    key: int
    data_key: bytes
    parts: Mapping[str, bytes]

    @property
    def well_sized(self) -> bool:
        """Whether everything has one of the sizes that padding gives, so that no size tells anything."""
        sizes = {NONCE_SIZE + size + MAC_SIZE for size in PADDED}
        return len(self.data_key) == SEALED_KEY_SIZE and all(len(part) in sizes for part in self.parts.values())


@dataclass(frozen=True, slots=True)
class Handed:
    """What a tool hands in. `key`: its own random name of this request; `body`: all that was sent, as it came.

    `language`: in which a professional's receipt is read. `also`: what was agreed to apart.
    """

    key: str
    body: bytes = field(repr=False)
    triage: Triage
    agreed: Agreed
    language: str
    sealed: Sealed | None = None
    also: tuple[Agreed, ...] = ()


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The referral in the queue and its receipt. `new`: False where the same request had come before."""

    referral: str
    receipt: MadeReceipt
    new: bool


def referral_of(token: int, key: str) -> str:
    """The id that a referral handed in with this key gets: known before it is sealed, and as random as the key.

    `token`: the number of the tool's token, so that two tools with one key are not in each other's way.
    """
    digest = hashlib.sha256(b"passerelle referral\0" + f"{token}\0{key}".encode()).digest()
    number, letters = int.from_bytes(digest), ""
    for _ in range(8):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return f"R-{letters[:4]}-{letters[4:]}"


async def hand_in(database: Database, keys: Keys, bearer: Bearer, handed: Handed, at: int) -> HandedIn:
    """Put it in the queue, once; the same again within a day gets the same answer.

    Raises Reused, KeyChanged, Busy (too many receipts are being made).
    """
    name, holder = _name(keys, bearer, handed), claims.holders(handed.triage.referrer)[0]
    async with database.read() as tx:
        await _unlike(tx, name, handed)
    derived = await claims.derive(keys, _receipt(keys, bearer, handed, holder), MAKING)
    async with database.begin() as tx:
        new = await _first(tx, name, handed, at)
        if new:
            await _submit(tx, bearer, handed, derived, at)
        else:
            await _unlike(tx, name, handed)
    language = handed.agreed.language if holder == "person" else handed.language
    made = MadeReceipt(holder, derived.code.words(language), derived.code.digits)
    return HandedIn(referral_of(bearer.id, handed.key), made, new)


async def answers(tx: Transaction, referral: str, holder: Holder) -> int:
    """How many messages of the coordination a receipt's holder can read."""
    query = (
        select(func.count())
        .select_from(Message)
        .join(MessageCopy, MessageCopy.message_id == Message.id)
        .where(Message.referral_id == referral, Message.author == "coordination", MessageCopy.reader == holder)
    )
    return int(await tx.scalar(query) or 0)


async def _submit(tx: Transaction, bearer: Bearer, handed: Handed, derived: Derived, at: int) -> None:
    referral = referral_of(bearer.id, handed.key)
    if await tx.scalar(select(exists().where(Referral.id == referral))):
        raise Reused
    await referrals.submit(
        tx,
        handed.triage,
        handed.agreed,
        (derived,),
        at=at,
        language=handed.language,
        referral=referral,
        also=handed.also,
    )
    if handed.sealed is not None:
        await _keep(tx, referral, handed.sealed)
    who = "person" if handed.triage.referrer == "self" else "professional"
    await audit.record(tx, at, who, "submitted", referral, f"token:{bearer.id}")


async def _keep(tx: Transaction, referral: str, sealed: Sealed) -> None:
    key = await referrals.coordination(tx)
    if key is None or key.id != sealed.key:
        raise KeyChanged
    row = {"referral_id": referral, "coordination_key_id": key.id, "box": sealed.data_key}
    await tx.execute(insert(SealedKey), row)
    parts = [
        {
            "referral_id": referral,
            "purpose": purpose,
            "version": VERSION,
            "nonce": part[:NONCE_SIZE],
            "ciphertext": part[NONCE_SIZE:],
        }
        for purpose, part in sealed.parts.items()
    ]
    await tx.execute(insert(SealedPart), parts)


async def _first(tx: Transaction, name: bytes, handed: Handed, at: int) -> bool:
    """Note the request; False where it came before."""
    row = {"key_hash": name, "body_hash": _body(name, handed), "created_at": at}
    noted = await tx.execute(own_insert(tx.dialect.name)(ApiRequest).values(row).on_conflict_do_nothing())
    return noted.rowcount == 1


async def _unlike(tx: Transaction, name: bytes, handed: Handed) -> None:
    """Raise Reused where this key came with something else."""
    kept = await tx.scalar(select(ApiRequest.body_hash).where(ApiRequest.key_hash == name))
    if kept is not None and not hmac.compare_digest(kept, _body(name, handed)):
        raise Reused


def _receipt(keys: Keys, bearer: Bearer, handed: Handed, holder: Holder) -> ReceiptCode:
    """The receipt of this request: made of the key file and the request's own key, so that it is kept nowhere."""
    told = bound(bearer.id, handed.key, holder)
    secret = hashlib.blake2b(told, key=keys.purpose("api receipts"), digest_size=SECRET_SIZE).digest()
    return ReceiptCode(secret)


def _name(keys: Keys, bearer: Bearer, handed: Handed) -> bytes:
    told = bound(bearer.id, handed.key)
    return hashlib.blake2b(told, key=keys.purpose("api requests"), digest_size=32).digest()


def _body(name: bytes, handed: Handed) -> bytes:
    return hashlib.blake2b(handed.body, key=name, digest_size=32).digest()
