"""Receipts in the database: made, found again, and how often a conversation may try."""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from nacl.pwhash import argon2id
from sqlalchemy import bindparam, delete, exists, insert, or_, select, update

from dialogs.commands import Referrer
from dialogs.events import WAIT_MINUTES, Holder
from dialogs.library import day_of
from services.brakes import Brake
from services.database import Transaction
from services.keys import SALT_SIZE, Keys, Speaker
from services.lines import Line
from services.receipts import ReceiptCode, new_code
from services.sealing import KEY_SIZE, KeyPair, key_pair
from services.tables import Message, MessageCopy, Receipt, ReceiptTries, Referral
from services.tables.life import SafeWord
from services.tables.training import SignUp

PASSES = 2
MEMORY = 64 * 1024 * 1024
SPARE = 4
TRIES = 5
TRIES_WINDOW_S = WAIT_MINUTES * 60
MOST_OPENING = 16
MOST_MADE = 1000
USUAL_S = 0.1  # what the slow hash takes: an unknown receipt is answered as late as one that is known

# One slow hash at a time in each, whatever is asked. Whoever guesses receipts comes into neither.
OPENING = Line("receipt", MOST_OPENING)
MAKING = Line("new-receipt", MOST_MADE)

FIND = (
    select(Receipt.referral_id, Receipt.holder, Receipt.verifier, Receipt.public_key, Referral.state, Referral.liaison)
    .join(Referral, Referral.id == Receipt.referral_id)
    .where(Receipt.selector == bindparam("selector"))
)
FIND_SIGN_UP = select(SignUp.id, SignUp.verifier).where(SignUp.selector == bindparam("selector"))
KNOWN = select(
    or_(
        exists().where(Receipt.selector == bindparam("selector")),
        exists().where(SignUp.selector == bindparam("selector")),
    )
)
TRIED = select(ReceiptTries.tries, ReceiptTries.since).where(ReceiptTries.conversation_key == bindparam("row"))


Unknown: TypeAlias = Literal["unknown"]
Refused: TypeAlias = Literal["unknown", "wait"]


@dataclass(frozen=True, slots=True)
class Derived:
    """What the slow hash gives: where a receipt is found, how it is checked, and its key pair."""

    code: ReceiptCode
    selector: bytes
    verifier: bytes = field(repr=False)
    keys: KeyPair


@dataclass(frozen=True, slots=True)
class MadeReceipt:
    """A receipt to show, once; of which referral and which one of its holder's, or of which sign-up."""

    holder: Holder
    words: str
    digits: str = field(repr=False)
    safe_word: str = field(default="", repr=False)
    referral: str = ""
    number: int = 1
    sign_up: str = ""


@dataclass(frozen=True, slots=True)
class OpenReceipt:
    """A receipt that was right: its referral, and the keys that its messages are read with."""

    referral: str
    holder: Holder
    state: str
    liaison: bool
    keys: KeyPair


@dataclass(frozen=True, slots=True)
class OpenSignUp:
    """A receipt that was right, of a sign-up for a training."""

    sign_up: str


Opened: TypeAlias = OpenReceipt | OpenSignUp


def holders(referrer: Referrer) -> tuple[Holder, ...]:
    """Who gets a receipt of a referral."""
    return ("professional", "person") if referrer == "professional" else ("person",)


async def known(tx: Transaction, keys: Keys, code: ReceiptCode) -> bool:
    """Whether there is something to open with a receipt: quick to tell, with the key file."""
    return bool((await tx.execute(KNOWN, {"selector": keys.selector(code.secret)})).scalar_one())


async def derive(keys: Keys, code: ReceiptCode, line: Line = OPENING, whose: bytes | None = None) -> Derived:
    """The slow hash (some 0.1 s, 64 MiB, in a thread, one at a time). Needs no database: call it before `begin()`.

    `whose`: the conversation in which it is shown; it and the receipt come the later, the more often they came of late.
    Raises Busy when many wait in that line already, and none came more often.
    """
    asking = () if whose is None else (whose, keys.selector(code.secret))
    return await line.run_for(asking, _derive, keys, code)


async def prepare(keys: Keys) -> Derived:
    """A new receipt, not yet anybody's."""
    return await MAKING.run(_derive, keys, new_code())


class Door:
    """Where receipts are opened. Wrong ones slow the next wrong ones down, whoever brings them, and no right one."""

    def __init__(self, keys: Keys, line: Line = OPENING) -> None:
        """Open. `line`: where those wait whose slow hash is made."""
        self._keys, self._line = keys, line
        self._brake = Brake()
        self._deriving: dict[ReceiptCode, asyncio.Task[Derived]] = {}

    async def derive(self, code: ReceiptCode, at: int, speaker: Speaker, *, known: bool) -> Derived | Unknown:
        """The slow hash of a receipt that is `known`. Others only wait, and not in the line. Raises Busy."""
        if known:
            return await self._once(code, speaker.key)
        await self.rest(at)
        return "unknown"

    async def _once(self, code: ReceiptCode, whose: bytes) -> Derived:
        """One place in the line for each receipt, however often it is shown at once: nobody fills it with theirs."""
        under_way = self._deriving.get(code)
        if under_way is None:
            under_way = self._deriving[code] = asyncio.create_task(derive(self._keys, code, self._line, whose))
            under_way.add_done_callback(lambda task: self._derived(code, task))
        return await asyncio.shield(under_way)

    def _derived(self, code: ReceiptCode, task: "asyncio.Task[Derived]") -> None:
        """Forget it, also where nobody waits for it any more and the line was full."""
        del self._deriving[code]
        if not task.cancelled():
            task.exception()

    def pause(self, at: int) -> float:
        """How many seconds longer the next unknown receipt waits, because of wrong ones before it."""
        return self._brake.pause(at)

    async def rest(self, at: int) -> None:
        """Wait as long as an unknown receipt does."""
        await asyncio.sleep(USUAL_S + self.pause(at))

    async def wrong(self, tx: Transaction, speaker: Speaker, at: int) -> None:
        """Count what was typed and opens nothing, for the conversation and for everybody."""
        await _count(tx, speaker, at)
        self._brake.wrong(at)

    async def open(self, tx: Transaction, speaker: Speaker, tried: Derived | Unknown, at: int) -> "Opened | Refused":
        """As `open_receipt`; a wrong one is counted for everybody too."""
        opened = await open_receipt(tx, speaker, tried, at)
        if opened == "unknown":
            self._brake.wrong(at)
        return opened


class Empty(Exception):
    """The stock has not enough receipts: undo the transaction, `fill` the stock, and begin anew."""


class Stock:
    """Receipts prepared in advance, in memory only, so that a transaction never waits for the slow hash."""

    def __init__(self, keys: Keys) -> None:
        """Empty: `fill()` it when there is time."""
        self._keys = keys
        self._spare: list[Derived] = []
        self._filling: asyncio.Task[None] | None = None

    def take(self, count: int) -> tuple[Derived, ...]:
        """So many receipts; what was taken is replaced in the background. Raises Empty."""
        if len(self._spare) < count:
            raise Empty
        taken = tuple(self._spare.pop() for _ in range(count))
        if self._filling is None or self._filling.done():
            self._filling = asyncio.create_task(self.fill())
        return taken

    async def fill(self) -> None:
        """Prepare as many as a few referrals need."""
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
        "language": language,
    }
    await tx.execute(insert(Receipt), values)
    return MadeReceipt(holder, derived.code.words(language), derived.code.digits)


async def replace(tx: Transaction, referral: str, holder: Holder, number: int, derived: Derived) -> MadeReceipt | None:
    """A new receipt in the place of number `number` of its holder, which opens nothing any more; None if it did not.

    What was sealed to the old one can be read by nobody, and goes.
    """
    mine = (Receipt.referral_id == referral) & (Receipt.holder == holder)
    gone = await tx.execute(delete(Receipt).where(mine, Receipt.number == number).returning(Receipt.language))
    row = gone.one_or_none()
    if row is None:
        return None
    of_it = select(Message.id).where(Message.referral_id == referral)
    await tx.execute(delete(MessageCopy).where(MessageCopy.reader == holder, MessageCopy.message_id.in_(of_it)))
    await tx.execute(delete(SafeWord).where(SafeWord.referral_id == referral, SafeWord.reader == holder))
    made = await add(tx, referral, holder, derived, row.language or "")
    await tx.execute(update(Receipt).where(mine).values(number=number + 1))
    return made


async def in_force(tx: Transaction, referral: str, holder: str, number: int) -> bool:
    """Whether number `number` of a holder's receipts still opens their request."""
    mine = (Receipt.referral_id == referral) & (Receipt.holder == holder) & (Receipt.number == number)
    return bool(await tx.scalar(select(exists().where(mine))))


async def note_opened(tx: Transaction, opened: OpenReceipt, at: int) -> tuple[int, str]:
    """Keep the day on which a receipt is opened: its number, and the day on which it was opened before, or ""."""
    mine = (Receipt.referral_id == opened.referral) & (Receipt.holder == opened.holder)
    row = (await tx.execute(select(Receipt.number, Receipt.opened_on).where(mine))).one()
    today = day_of(at).isoformat()
    if row.opened_on != today:
        await tx.execute(update(Receipt).where(mine).values(opened_on=today))
    return row.number, row.opened_on or ""


async def must_wait(tx: Transaction, speaker: Speaker, at: int) -> bool:
    """Whether a conversation gave too many wrong receipts of late."""
    row = (await tx.execute(TRIED, {"row": speaker.key})).one_or_none()
    return row is not None and row.tries >= TRIES and at - row.since < TRIES_WINDOW_S


async def open_receipt(tx: Transaction, speaker: Speaker, tried: Derived | Unknown, at: int) -> Opened | Refused:
    """Find a receipt's referral, or its sign-up.

    A wrong one is counted; after 5 in a quarter of an hour the conversation waits with wrong ones. A right one opens:
    who has one of 2^80 is no guesser.
    """
    opened = None if tried == "unknown" else await _found(tx, tried)
    if opened is None:
        if await must_wait(tx, speaker, at):
            return "wait"
        await _count(tx, speaker, at)
        return "unknown"
    await tx.execute(delete(ReceiptTries).where(ReceiptTries.conversation_key == speaker.key))
    return opened


async def _found(tx: Transaction, derived: Derived) -> Opened | None:
    row = (await tx.execute(FIND, {"selector": derived.selector})).one_or_none()
    if row is None:
        return await _signed_up(tx, derived)
    if not hmac.compare_digest(row.verifier, derived.verifier):
        return None
    return OpenReceipt(row.referral_id, row.holder, row.state, row.liaison, derived.keys)


async def _signed_up(tx: Transaction, derived: Derived) -> OpenSignUp | None:
    row = (await tx.execute(FIND_SIGN_UP, {"selector": derived.selector})).one_or_none()
    right = row is not None and hmac.compare_digest(row.verifier, derived.verifier)
    return OpenSignUp(row.id) if row is not None and right else None


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
