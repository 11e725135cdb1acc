"""Receipts in the database: made, found again, and how often a conversation may try."""

import asyncio
import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal

from nacl.pwhash import argon2id
from sqlalchemy import Row, bindparam, delete, insert, select, update

from dialogs.commands import Referrer
from dialogs.events import Holder
from services.database import Transaction
from services.keys import SALT_SIZE, Keys, Speaker
from services.receipts import ReceiptCode, new_code
from services.sealing import KEY_SIZE, KeyPair, key_pair
from services.tables import Receipt, ReceiptTries, Referral

PASSES = 2
MEMORY = 64 * 1024 * 1024
SPARE = 2
TRIES = 5
TRIES_WINDOW_S = 15 * 60

# One slow hash at a time, whatever is asked: its memory is what bounds ours.
SLOW = ThreadPoolExecutor(max_workers=1, thread_name_prefix="receipt")

FIND = (
    select(Receipt.referral_id, Receipt.holder, Receipt.verifier, Receipt.public_key, Referral.state, Referral.liaison)
    .join(Referral, Referral.id == Receipt.referral_id)
    .where(Receipt.selector == bindparam("selector"))
)
TRIED = select(ReceiptTries.tries, ReceiptTries.since).where(ReceiptTries.conversation_key == bindparam("row"))


@dataclass(frozen=True, slots=True)
class Derived:
    """What the slow hash gives: where a receipt is found, how it is checked, and its key pair."""

    code: ReceiptCode
    selector: bytes
    verifier: bytes = field(repr=False)
    keys: KeyPair


@dataclass(frozen=True, slots=True)
class MadeReceipt:
    """A receipt to show, once."""

    holder: Holder
    words: str
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """A receipt that was right: its referral, and the keys that its messages are read with."""

    referral: str
    holder: Holder
    state: str
    liaison: bool
    keys: KeyPair


def holders(referrer: Referrer) -> tuple[Holder, ...]:
    """Who gets a receipt of a referral."""
    return ("professional", "person") if referrer == "professional" else ("person",)


async def derive(keys: Keys, code: ReceiptCode) -> Derived:
    """The slow hash (some 0.1 s, 64 MiB, in a thread, one at a time). Needs no database: call it before `begin()`."""
    return await asyncio.get_running_loop().run_in_executor(SLOW, _derive, keys, code)


async def prepare(keys: Keys) -> Derived:
    """A new receipt, not yet anybody's."""
    return await derive(keys, new_code())


class Stock:
    """Receipts prepared in advance, in memory only, so that a transaction does not wait for the slow hash."""

    def __init__(self, keys: Keys) -> None:
        """Empty: `fill()` it when there is time."""
        self._keys = keys
        self._spare: list[Derived] = []
        self._filling: asyncio.Task[None] | None = None

    async def take(self, count: int) -> tuple[Derived, ...]:
        """So many receipts, prepared now if there are not enough; what was taken is replaced in the background."""
        taken = [self._spare.pop() for _ in range(min(count, len(self._spare)))]
        while len(taken) < count:
            taken.append(await prepare(self._keys))
        if self._filling is None or self._filling.done():
            self._filling = asyncio.create_task(self.fill())
        return tuple(taken)

    async def fill(self) -> None:
        """Prepare as many as one referral needs."""
        while len(self._spare) < SPARE:
            self._spare.append(await prepare(self._keys))

    async def close(self) -> None:
        """Forget the spare ones."""
        self._spare.clear()
        if self._filling is not None:
            self._filling.cancel()


async def add(tx: Transaction, referral: str, holder: Holder, derived: Derived, language: str) -> MadeReceipt:
    """Keep what finds and checks a receipt of `referral`; the words are for showing and are not kept."""
    values = {
        "selector": derived.selector,
        "referral_id": referral,
        "holder": holder,
        "verifier": derived.verifier,
        "public_key": derived.keys.public,
    }
    await tx.execute(insert(Receipt), values)
    return MadeReceipt(holder, derived.code.words(language), derived.code.digits)


async def must_wait(tx: Transaction, speaker: Speaker, at: int) -> bool:
    """Whether a conversation gave too many wrong receipts of late."""
    row = (await tx.execute(TRIED, {"row": speaker.key})).one_or_none()
    return row is not None and row.tries >= TRIES and at - row.since < TRIES_WINDOW_S


async def open_receipt(
    tx: Transaction, speaker: Speaker, derived: Derived, at: int
) -> OpenReceipt | Literal["unknown", "wait"]:
    """Find a receipt's referral. A wrong one is counted; after 5 in a quarter of an hour the conversation waits."""
    if await must_wait(tx, speaker, at):
        return "wait"
    row = (await tx.execute(FIND, {"selector": derived.selector})).one_or_none()
    if row is None or not hmac.compare_digest(row.verifier, derived.verifier):
        await _count(tx, speaker, at)
        return "unknown"
    await tx.execute(delete(ReceiptTries).where(ReceiptTries.conversation_key == speaker.key))
    return _opened(row, derived.keys)


def _opened(row: Row[*tuple[Any, ...]], keys: KeyPair) -> OpenReceipt:
    return OpenReceipt(row.referral_id, row.holder, row.state, row.liaison, keys)


async def _count(tx: Transaction, speaker: Speaker, at: int) -> None:
    row = (await tx.execute(TRIED, {"row": speaker.key})).one_or_none()
    fresh = row is None or at - row.since >= TRIES_WINDOW_S
    values = {"tries": 1, "since": at} if row is None or fresh else {"tries": row.tries + 1, "since": row.since}
    if row is None:
        await tx.execute(insert(ReceiptTries), {"conversation_key": speaker.key, **values})
    else:
        await tx.execute(update(ReceiptTries).where(ReceiptTries.conversation_key == speaker.key).values(values))


def _derive(keys: Keys, code: ReceiptCode) -> Derived:
    salt = keys.salt(code.secret)[:SALT_SIZE]
    slow = argon2id.kdf(2 * KEY_SIZE, code.secret, salt, opslimit=PASSES, memlimit=MEMORY)
    verifier = hashlib.blake2b(slow[:KEY_SIZE], digest_size=KEY_SIZE, person=b"receipt").digest()
    return Derived(code, keys.selector(code.secret), verifier, key_pair(slow[KEY_SIZE:]))
