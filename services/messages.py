"""The exchange behind a receipt: each message sealed once for every reader."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import insert, select

from dialogs.events import Holder
from services.claims import OpenReceipt
from services.database import Transaction, added_id
from services.referrals import coordination
from services.sealing import bound, open_sealed, seal_to
from services.tables import Message, MessageCopy, Receipt, Referral

Author: TypeAlias = Literal["person", "professional", "coordination"]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A message, opened."""

    author: Author
    at: int
    text: str


async def post_from_holder(tx: Transaction, referral: str, holder: Holder, text: str, at: int) -> None:
    """A receipt's holder writes: sealed to the coordination and to the holder's own receipt.

    Raises ValueError if the referral takes no messages (withdrawn, unknown) or there is no coordination yet.
    """
    await _post(tx, referral, holder, text, at, [holder])


async def post_from_coordination(tx: Transaction, referral: str, text: str, at: int) -> None:
    """The coordination writes: sealed to every receipt of the referral and to itself. Raises ValueError as above."""
    await _post(tx, referral, "coordination", text, at, ["person", "professional"])


async def read_for_receipt(tx: Transaction, opened: OpenReceipt) -> tuple[str, ...]:
    """What the coordination wrote to a receipt, oldest first. Raises Unreadable."""
    messages = await _read(tx, opened.referral, opened.holder, opened.keys.private)
    return tuple(message.text for message in messages if message.author == "coordination")


async def read_for_coordination(tx: Transaction, referral: str, private_key: bytes) -> tuple[Exchanged, ...]:
    """The whole exchange, oldest first, with the coordination's private key. Raises Unreadable."""
    return await _read(tx, referral, "coordination", private_key)


async def _post(tx: Transaction, referral: str, author: Author, text: str, at: int, to: list[Holder]) -> None:
    readers = await _readers(tx, referral, to)
    added = await tx.execute(insert(Message), {"referral_id": referral, "author": author, "created_at": at})
    message = added_id(added)
    copies = [
        {
            "message_id": message,
            "reader": reader,
            "box": seal_to(key, text.encode(errors="replace"), _label(referral, author, reader, message)),
        }
        for reader, key in readers.items()
    ]
    await tx.execute(insert(MessageCopy), copies)


async def _readers(tx: Transaction, referral: str, to: list[Holder]) -> dict[str, bytes]:
    state = await tx.scalar(select(Referral.state).where(Referral.id == referral).with_for_update())
    key = await coordination(tx)
    if key is None or state in (None, "withdrawn"):
        raise ValueError("this referral takes no messages")
    receipts = select(Receipt.holder, Receipt.public_key).where(Receipt.referral_id == referral, Receipt.holder.in_(to))
    return {"coordination": key.public_key} | {row.holder: row.public_key for row in await tx.execute(receipts)}


async def _read(tx: Transaction, referral: str, reader: Author, private_key: bytes) -> tuple[Exchanged, ...]:
    rows = await tx.execute(
        select(Message.id, Message.author, Message.created_at, MessageCopy.box)
        .join(MessageCopy, MessageCopy.message_id == Message.id)
        .where(Message.referral_id == referral, MessageCopy.reader == reader)
        .order_by(Message.id)
    )
    return tuple(
        Exchanged(
            row.author,
            row.created_at,
            open_sealed(private_key, row.box, _label(referral, row.author, reader, row.id)).decode(),
        )
        for row in rows
    )


def _label(referral: str, author: str, reader: str, message: int) -> bytes:
    return bound("message", referral, author, reader, message)
