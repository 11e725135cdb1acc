"""Replies, written with the turn that led to them and sent after its commit; and which updates were handled."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, bindparam, case, insert, select, update
from sqlalchemy.exc import IntegrityError

from services.database import Transaction, added_id
from services.keys import Keys, Speaker
from services.retention import LATE_REPLY, UNREAD_REPLY, handled
from services.sealing import Box, bound
from services.tables import BigInt, Update

HEAD = 4

PUT = insert(Update)
COLUMNS = (Update.id, Update.conversation_key, Update.update_key, Update.channel, Update.body, Update.created_at)
LIMIT = case((Update.channel.in_(("web", "terminal")), UNREAD_REPLY), else_=LATE_REPLY)
YOUNG = Update.body.is_not(None) & (Update.created_at > bindparam("now", type_=BigInt) - LIMIT)
FIND = select(*COLUMNS).where(
    Update.conversation_key == bindparam("row"), Update.update_key == bindparam("update"), YOUNG
)
LATEST = select(*COLUMNS).where(Update.conversation_key == bindparam("row")).order_by(Update.id.desc()).limit(1)
PENDING = select(*COLUMNS).where(Update.channel == bindparam("channel"), YOUNG).order_by(Update.id)
DELIVERED = update(Update).where(Update.id.in_(bindparam("ids", expanding=True))).values(**handled())


class Repeated(Exception):
    """This update was handled by another process meanwhile: undo the transaction, send what `find` gives."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply not yet delivered: the outbox row, when it was written, where it goes, what it says."""

    id: int
    at: int
    address: str = field(repr=False)
    payload: bytes = field(repr=False)


async def put(tx: Transaction, keys: Keys, speaker: Speaker, key: str, payload: bytes, at: int) -> int:
    """Write the reply to update `key` and remember the update; the row's id. Raises Repeated."""
    hashed = keys.update(speaker, key)
    label = _label(speaker.key, hashed, speaker.channel)
    values = {
        "conversation_key": speaker.key,
        "update_key": hashed,
        "channel": speaker.channel,
        "body": keys.outbox().seal(bound(speaker.address) + payload, label),
        "created_at": at,
    }
    try:
        result = await tx.execute(PUT, values)
    except IntegrityError:
        raise Repeated from None
    return added_id(result)


async def find(tx: Transaction, keys: Keys, speaker: Speaker, key: str, at: int) -> Waiting | None:
    """The reply to update `key`, unless it was delivered, is over its limit at `at`, or never was."""
    sought = {"row": speaker.key, "update": keys.update(speaker, key), "now": at}
    row = (await tx.execute(FIND, sought)).one_or_none()
    return _waiting(row, keys.outbox()) if row is not None else None


async def latest(tx: Transaction, keys: Keys, speaker: Speaker, since: int) -> Waiting | None:
    """The reply to a conversation's last update, unless it was delivered or is older than `since`."""
    row = (await tx.execute(LATEST, {"row": speaker.key})).one_or_none()
    return _waiting(row, keys.outbox()) if row is not None and row.body and row.created_at > since else None


async def pending(tx: Transaction, keys: Keys, channel: str, at: int) -> list[Waiting]:
    """Every reply of a channel not yet delivered and within its limit at `at`, oldest first."""
    sought = {"channel": channel, "now": at}
    return [_waiting(row, keys.outbox()) for row in await tx.execute(PENDING, sought)]


async def delivered(tx: Transaction, ids: Sequence[int]) -> None:
    """Forget what these replies said; that their updates were handled stays known for a while."""
    if ids:
        await tx.execute(DELIVERED, {"ids": list(ids)})


def _label(conversation: bytes, hashed: bytes, channel: str) -> bytes:
    return bound("outbox", conversation, hashed, channel)


def _waiting(row: Row[*tuple[Any, ...]], box: Box) -> Waiting:
    words = box.open(row.body, _label(row.conversation_key, row.update_key, row.channel))
    end = HEAD + int.from_bytes(words[:HEAD])
    return Waiting(row.id, row.created_at, words[HEAD:end].decode(errors="surrogatepass"), words[end:])
