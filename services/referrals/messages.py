"""The exchange behind a receipt: each message sealed once for every reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sqlalchemy import func, insert, select, update

from dialogs.events import Holder
from services.database import Transaction, added_id
from services.referrals import consents, history, life, steps
from services.referrals.claims import OpenReceipt
from services.referrals.referrals import coordination
from services.sealing import bound, open_sealed, seal_to
from services.tables import Message, MessageCopy, Receipt, Referral

Author: TypeAlias = Literal["person", "professional", "coordination"]

HOLDERS: tuple[Holder, ...] = ("person", "professional")

DAY_S = 24 * 3600
A_DAY = 20


class NotTaken(Exception):
    """The referral takes no messages: closed, withdrawn or unknown, or nobody could or may read them."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A message, opened. `to`: the holders of receipts who can read it."""

    author: Author
    at: int
    text: str
    to: tuple[str, ...] = ()


async def may_write(tx: Transaction, referral: str, holder: Holder, at: int, *, urgent: bool = False) -> bool:
    """Whether a receipt's holder wrote fewer messages than 20 in the last day; 40 for one that speaks of danger."""
    most = 2 * A_DAY if urgent else A_DAY
    late = (Message.referral_id == referral) & (Message.author == holder) & (Message.created_at > at - DAY_S)
    return int((await tx.execute(select(func.count()).select_from(Message).where(late))).scalar_one()) < most


async def post_from_holder(
    tx: Transaction, referral: str, holder: Holder, text: str, at: int, *, urgent: bool = False
) -> None:
    """A receipt's holder writes: sealed to the coordination and to the holder's own receipt.

    `urgent`: the referral becomes an immediate one. Where the contact was lost, the person's message opens it again.
    Raises NotTaken.
    """
    await _post(tx, referral, holder, text, at, (holder,))
    if holder == "person":
        await steps.written_by_the_person(tx, referral, at)
    if urgent:
        await tx.execute(update(Referral).where(Referral.id == referral).values(urgency="immediate"))


async def post_from_coordination(
    tx: Transaction, referral: str, text: str, at: int, to: Sequence[Holder] = HOLDERS
) -> None:
    """The coordination writes: sealed to itself and to the receipts of `to`, not to a person who wants no messages.

    Raises NotTaken.
    """
    await _post(tx, referral, "coordination", text, at, to)


async def mark_read(tx: Transaction, referral: str) -> None:
    """The coordination has opened all messages that there are."""
    newest = select(func.coalesce(func.max(Message.id), 0)).where(Message.referral_id == referral).scalar_subquery()
    await tx.execute(update(Referral).where(Referral.id == referral).values(read_message=newest))


async def read_for_receipt(tx: Transaction, opened: OpenReceipt) -> tuple[str, ...]:
    """What the coordination wrote to a receipt, oldest first. Raises Unreadable."""
    messages = await _read(tx, opened.referral, opened.holder, opened.keys.private)
    return tuple(message.text for message in messages if message.author == "coordination")


async def read_for_coordination(tx: Transaction, referral: str, private_key: bytes) -> tuple[Exchanged, ...]:
    """The whole exchange, oldest first, with the coordination's private key. Raises Unreadable."""
    return await _read(tx, referral, "coordination", private_key)


async def _post(tx: Transaction, referral: str, author: Author, text: str, at: int, to: Sequence[Holder]) -> None:
    silent = not await consents.stands(tx, referral, "contact")
    readers = await _readers(tx, referral, [holder for holder in to if not (silent and holder == "person")])
    if silent and len(readers) == 1:  # the coordination alone
        raise NotTaken
    added = await tx.execute(insert(Message), {"referral_id": referral, "author": author, "created_at": at})
    message = added_id(added)
    copies = [
        {
            "message_id": message,
            "reader": reader,
            "box": seal_to(public, text.encode(errors="replace"), _label(referral, author, reader, message)),
            "coordination_key_id": key,
        }
        for reader, (public, key) in readers.items()
    ]
    await tx.execute(insert(MessageCopy), copies)
    await (history.answered if author == "coordination" else history.heard)(tx, referral, at)


async def _readers(tx: Transaction, referral: str, to: Sequence[Holder]) -> dict[str, tuple[bytes, int | None]]:
    state = await tx.scalar(select(Referral.state).where(Referral.id == referral).with_for_update())
    key = await coordination(tx)
    if key is None or state is None or state in life.OVER:
        raise NotTaken
    receipts = select(Receipt.holder, Receipt.public_key).where(Receipt.referral_id == referral, Receipt.holder.in_(to))
    ours = {"coordination": (key.public_key, key.id)}
    return ours | {row.holder: (row.public_key, None) for row in await tx.execute(receipts)}


async def _read(tx: Transaction, referral: str, reader: Author, private_key: bytes) -> tuple[Exchanged, ...]:
    rows = await tx.execute(
        select(Message.id, Message.author, Message.created_at, MessageCopy.box)
        .join(MessageCopy, MessageCopy.message_id == Message.id)
        .where(Message.referral_id == referral, MessageCopy.reader == reader)
        .order_by(Message.id)
    )
    found = list(rows)
    to = await _receivers(tx, referral)
    return tuple(
        Exchanged(
            row.author,
            row.created_at,
            open_sealed(private_key, row.box, _label(referral, row.author, reader, row.id)).decode(),
            to.get(row.id, ()),
        )
        for row in found
    )


async def _receivers(tx: Transaction, referral: str) -> dict[int, tuple[str, ...]]:
    """Which holders each message was sealed to."""
    readers = (
        select(MessageCopy.message_id, MessageCopy.reader)
        .join(Message, Message.id == MessageCopy.message_id)
        .where(Message.referral_id == referral, MessageCopy.reader.in_(HOLDERS))
        .order_by(MessageCopy.reader)
    )
    to: dict[int, tuple[str, ...]] = {}
    for row in await tx.execute(readers):
        to[row.message_id] = (*to.get(row.message_id, ()), row.reader)
    return to


def _label(referral: str, author: str, reader: str, message: int) -> bytes:
    return bound("message", referral, author, reader, message)
