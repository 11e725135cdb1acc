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
PUSHED = ("telegram",)  # sent without being asked for, so the row must tell the address; others come for theirs

PUT = insert(Update)
COLUMNS = (Update.id, Update.conversation_key, Update.update_key, Update.channel, Update.body, Update.created_at)
LIMIT = case((Update.channel.in_(PUSHED), LATE_REPLY), else_=UNREAD_REPLY)
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
    words = bound(speaker.address) + payload if speaker.channel in PUSHED else payload
    values = {
        "conversation_key": speaker.key,
        "update_key": hashed,
        "channel": speaker.channel,
        "body": _box(keys, speaker).seal(words, _label(speaker.key, hashed, speaker.channel)),
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
    return _own(row, keys, speaker) if row is not None else None


async def latest(tx: Transaction, keys: Keys, speaker: Speaker, since: int) -> Waiting | None:
    """The reply to a conversation's last update, unless it was delivered or is older than `since`."""
    row = (await tx.execute(LATEST, {"row": speaker.key})).one_or_none()
    return _own(row, keys, speaker) if row is not None and row.body and row.created_at > since else None


async def pending(tx: Transaction, keys: Keys, channel: str, at: int) -> list[Waiting]:
    """Every reply of a channel of PUSHED not yet delivered and within its limit at `at`, oldest first."""
    sought = {"channel": channel, "now": at}
    return [_pushed(row, keys.outbox()) for row in await tx.execute(PENDING, sought)]


async def delivered(tx: Transaction, ids: Sequence[int]) -> None:
    """Forget what these replies said; that their updates were handled stays known for a while."""
    if ids:
        await tx.execute(DELIVERED, {"ids": list(ids)})


def _label(conversation: bytes, hashed: bytes, channel: str) -> bytes:
    return bound("outbox", conversation, hashed, channel)


def _box(keys: Keys, speaker: Speaker) -> Box:
    return keys.outbox() if speaker.channel in PUSHED else speaker.box


def _own(row: Row[*tuple[Any, ...]], keys: Keys, speaker: Speaker) -> Waiting:
    if speaker.channel in PUSHED:
        return _pushed(row, keys.outbox())
    return Waiting(row.id, row.created_at, speaker.address, _opened(row, speaker.box))


def _pushed(row: Row[*tuple[Any, ...]], box: Box) -> Waiting:
    words = _opened(row, box)
    end = HEAD + int.from_bytes(words[:HEAD])
    return Waiting(row.id, row.created_at, words[HEAD:end].decode(errors="surrogatepass"), words[end:])


def _opened(row: Row[*tuple[Any, ...]], box: Box) -> bytes:
    return box.open(row.body, _label(row.conversation_key, row.update_key, row.channel))
