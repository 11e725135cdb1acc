"""Typed receipts and professional codes: recognised before anything reads the text, opened in the turn."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.messages import Incoming
from dialogs import coding
from dialogs.events import CodeSeen, ReceiptSeen
from dialogs.session import Session
from services import pings, receipts, store
from services.database import Database, Transaction
from services.keys import Keys, Speaker
from services.lines import Busy
from services.outbox import Repeated
from services.receipts import Mistyped, ReceiptCode
from services.referrals import claims, messages, referrals, safe_words
from services.referrals.claims import Derived, Door, OpenSignUp, Unknown
from services.tools import codes, organisations
from services.tools.codes import ProfessionalCode
from services.trainings import sign_ups


@dataclass(frozen=True, slots=True)
class Knock:
    """A code whose form is right, and its number in the database, if it has one."""

    number: int | None


Tried: TypeAlias = Derived | Unknown | ReceiptSeen | Knock | CodeSeen
Seen: TypeAlias = ReceiptSeen | CodeSeen


class Doors:
    """Where receipts and codes are shown. Wrong ones are counted together, and slow the next wrong ones down."""

    def __init__(self, database: Database, keys: Keys) -> None:
        """Open."""
        self._database, self._keys, self._door = database, keys, Door(keys)

    async def tried(self, speaker: Speaker, incoming: Incoming) -> Tried | None:
        """The slow part of a typed receipt or code, before any transaction; or why none is tried. Raises Repeated."""
        text = incoming.text or ""
        typed = receipts.parse(text)
        if typed is None:
            return await self._code(speaker, incoming, codes.parse(text))
        if isinstance(typed, Mistyped):
            return ReceiptSeen("mistyped")
        async with self._database.read() as tx:
            waits = await self._waits(tx, speaker, incoming)
            known = await claims.known(tx, self._keys, typed)
        if waits and not known:
            return ReceiptSeen("wait")
        return await self._derived(typed, incoming.at, speaker, known=known)

    async def known(self, text: str) -> bool:
        """Whether a text is a receipt that opens something: quick to tell, and it counts as no try."""
        typed = receipts.parse(text)
        if not isinstance(typed, ReceiptCode):
            return False
        async with self._database.read() as tx:
            return await claims.known(tx, self._keys, typed)

    async def seen(self, tx: Transaction, speaker: Speaker, at: int, tried: Tried | None) -> Seen | None:
        """What it opens, in the turn's transaction."""
        if isinstance(tried, Knock):
            return await self._opened(tx, speaker, at, tried)
        if tried is None or isinstance(tried, ReceiptSeen | CodeSeen):
            return tried
        opened = await self._door.open(tx, speaker, tried, at)
        if isinstance(opened, str):
            return ReceiptSeen(opened)
        if isinstance(opened, OpenSignUp):
            return ReceiptSeen("open", sign_up=await sign_ups.standing(tx, opened.sign_up))
        told = await messages.read_for_receipt(tx, opened)
        safe = await safe_words.of_receipt(tx, opened)
        standing = await referrals.standing(tx, opened.referral)
        number, last = await claims.note_opened(tx, opened, at)
        if opened.holder == "person":
            await pings.seen(tx, opened.referral)
        known = (opened.referral, opened.holder, standing, opened.liaison, told, safe)
        return ReceiptSeen("open", *known, number=number, last=last)

    async def _derived(self, typed: ReceiptCode, at: int, speaker: Speaker, *, known: bool) -> Tried:
        try:
            return await self._door.derive(typed, at, speaker, known=known)
        except Busy:
            return ReceiptSeen("busy")

    async def _code(
        self, speaker: Speaker, incoming: Incoming, typed: ProfessionalCode | Mistyped | None
    ) -> Knock | CodeSeen | None:
        if typed is None:
            return None
        if isinstance(typed, Mistyped):
            return CodeSeen("mistyped")
        async with self._database.read() as tx:
            if await self._waits(tx, speaker, incoming):
                return CodeSeen("wait")
            number = await organisations.find(tx, self._keys, typed, incoming.at)
        if number is None:
            await self._door.rest(incoming.at)
        return Knock(number)

    async def _opened(self, tx: Transaction, speaker: Speaker, at: int, tried: Knock) -> CodeSeen:
        if await claims.must_wait(tx, speaker, at):
            return CodeSeen("wait")
        if tried.number is not None and await organisations.in_force(tx, tried.number, at):
            return CodeSeen("open", tried.number)
        await self._door.wrong(tx, speaker, at)
        return CodeSeen("unknown")

    async def _waits(self, tx: Transaction, speaker: Speaker, incoming: Incoming) -> bool:
        """Whether too many wrong ones came from here of late. Raises Repeated."""
        if await store.seen(tx, self._keys, speaker, incoming.key):
            raise Repeated
        return await claims.must_wait(tx, speaker, incoming.at)


async def still_coded(tx: Transaction, session: Session, at: int) -> Session:
    """The conversation as it is when its code was revoked or has expired meanwhile."""
    if session.code is None or await organisations.in_force(tx, session.code, at):
        return session
    return coding.ended(session)
