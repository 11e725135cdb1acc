"""Whether anything was written or decided behind an open receipt, without reading it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import func, select

from dialogs.events import Holder
from services.database import Transaction
from services.tables import Message, MessageCopy, Referral

News: TypeAlias = tuple[str, int]  # the state, and the number of the coordination's newest message (0: none)
NOTHING: News = ("", 0)


@dataclass(frozen=True, slots=True)
class Watched:
    """A request and whose receipt of it is open."""

    referral: str
    holder: Holder


async def news(tx: Transaction, watched: Collection[Watched]) -> Mapping[Watched, News]:
    """How each stands now; NOTHING for a request that there is not."""
    ids = {one.referral for one in watched}
    asked = select(Referral.id, Referral.state).where(Referral.id.in_(ids))
    states = {row.id: row.state for row in await tx.execute(asked)}
    newest = await _newest(tx, ids)
    return {
        one: (states[one.referral], newest.get((one.referral, one.holder), 0)) if one.referral in states else NOTHING
        for one in watched
    }


async def _newest(tx: Transaction, ids: Collection[str]) -> dict[tuple[str, str], int]:
    """The coordination's newest message to each receipt of each request."""
    rows = await tx.execute(
        select(Message.referral_id, MessageCopy.reader, func.max(Message.id).label("newest"))
        .join(MessageCopy, MessageCopy.message_id == Message.id)
        .where(Message.referral_id.in_(ids), Message.author == "coordination")
        .group_by(Message.referral_id, MessageCopy.reader)
    )
    return {(row.referral_id, row.reader): row.newest for row in rows}
