"""What was sealed is erased by destroying what opens it; the record keeps a digest of what was destroyed, as a proof.

Who kept a copy of a destroyed box can tell by the digest that it is the one, and nobody can tell anything else by it.
"""

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select

from services import audit
from services.database import Transaction
from services.sealing import bound
from services.tables import Message, MessageCopy, SealedKey, SealedPart
from services.tables.life import Note, SafeWord

DIGEST_SIZE = 16


async def erase_all(tx: Transaction, referrals: Sequence[str], at: int, actor: str) -> None:
    """Delete what these referrals sealed, data keys first, with a proof for each in the record."""
    for referral in referrals:
        boxes = [*await _keys(tx, referral), *await _copies(tx, referral), *await _kept(tx, referral)]
        if boxes:
            await audit.record(tx, at, actor, "erased", referral, f"sealed:{digest(boxes)}")
    for table in (SealedKey, SealedPart, Message, Note, SafeWord):
        await tx.execute(delete(table).where(table.referral_id.in_(referrals)))


async def erase_exchange(tx: Transaction, referral: str, at: int, actor: str) -> None:
    """Delete what the person wrote and what was written to them, with a proof; a professional's exchange stays."""
    theirs = select(MessageCopy.message_id).where(MessageCopy.reader == "person")
    gone = select(Message.id).where(Message.referral_id == referral, Message.id.in_(theirs))
    shared = select(MessageCopy.message_id).where(MessageCopy.reader == "professional")
    alone = list(await tx.scalars(gone.where(Message.id.not_in(shared))))
    both = list(await tx.scalars(gone.where(Message.id.in_(shared))))
    whose = MessageCopy.message_id.in_(alone) | (MessageCopy.message_id.in_(both) & (MessageCopy.reader == "person"))
    boxes = list(await tx.scalars(select(MessageCopy.box).where(whose).order_by(*ORDER)))
    if boxes:
        await audit.record(tx, at, actor, "erased", referral, f"exchange:{digest(boxes)}")
    await tx.execute(delete(MessageCopy).where(whose))
    await tx.execute(delete(Message).where(Message.id.in_(alone)))


ORDER = (MessageCopy.message_id, MessageCopy.reader)


def digest(boxes: Iterable[bytes]) -> str:
    """What the record keeps of destroyed boxes, in their order: 32 hexadecimal letters."""
    return hashlib.blake2b(bound(*boxes), digest_size=DIGEST_SIZE, person=b"erased").hexdigest()


async def _keys(tx: Transaction, referral: str) -> Sequence[bytes]:
    return list(await tx.scalars(select(SealedKey.box).where(SealedKey.referral_id == referral)))


async def _copies(tx: Transaction, referral: str) -> Sequence[bytes]:
    of_it = select(MessageCopy.box).join(Message, Message.id == MessageCopy.message_id)
    return list(await tx.scalars(of_it.where(Message.referral_id == referral).order_by(*ORDER)))


async def _kept(tx: Transaction, referral: str) -> Sequence[bytes]:
    """The coordination's notes, then the safe words."""
    notes = select(Note.box).where(Note.referral_id == referral).order_by(Note.id)
    words = select(SafeWord.box).where(SafeWord.referral_id == referral).order_by(SafeWord.reader)
    return [*await tx.scalars(notes), *await tx.scalars(words)]
