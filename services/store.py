"""Conversations: find, lock, save, let expire, erase. Payloads are bytes and are sealed here."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Insert, Row, bindparam, delete, select

from services.database import Transaction, own_insert
from services.keys import Keys, Speaker
from services.sealing import bound
from services.tables import Conversation, ReceiptTries, SentMessage, Update

ROW: BindParameter[bytes] = bindparam("row")
SEEN = (
    select(Update.id).where(Update.conversation_key == ROW, Update.update_key == bindparam("update")).scalar_subquery()
)
FIND = select(Conversation.payload, Conversation.remains, Conversation.turn, Conversation.expires_at).where(
    Conversation.key == ROW
)
LOCK = FIND.add_columns(SEEN.label("seen")).with_for_update(of=Conversation)
SEEN_ALONE = select(SEEN)


FORGET = [
    delete(table).where(column == ROW)
    for table, column in (
        (Conversation, Conversation.key),
        (Update, Update.conversation_key),
        (SentMessage, SentMessage.conversation_key),
        (ReceiptTries, ReceiptTries.conversation_key),
    )
]


@cache
def saving(kind: str) -> Insert:
    """The statement that keeps a conversation, new or known, in a database of this kind."""
    statement: Any = own_insert(kind)(Conversation)
    columns = ("payload", "remains", "turn", "expires_at")
    own: Insert = statement.on_conflict_do_update(
        index_elements=["key"], set_={name: statement.excluded[name] for name in columns}
    )
    return own


@cache
def _holding_place() -> Insert:
    held: Insert = own_insert("postgresql")(Conversation).on_conflict_do_nothing()
    return held


@dataclass(frozen=True, slots=True)
class Stored:
    """A conversation found. `payload` is None once it has expired; `remains` is what it left behind."""

    payload: bytes | None
    remains: bytes
    turn: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Locked:
    """What `lock` found: the conversation (None: a first contact) and whether the update was handled before."""

    stored: Stored | None
    seen: bool


async def lock(tx: Transaction, keys: Keys, speaker: Speaker, update: str, at: int) -> Locked:
    """Find a conversation and keep it to this transaction; `update` is the incoming message's key, `at` is now.

    Two replicas given the same update at the same moment may both be told `seen=False`: the second one's
    `outbox.put` then raises Repeated. Raises Unreadable when the row is not what we stored.
    """
    values = {"row": speaker.key, "update": keys.update(speaker, update)}
    row = (await tx.execute(LOCK, values)).one_or_none()
    if row is not None:
        return Locked(_stored(row, speaker, at), row.seen is not None)
    if tx.dialect.name == "postgresql":
        await tx.execute(_holding_place(), {"key": speaker.key, "turn": 0, "expires_at": 0})
        row = (await tx.execute(LOCK, values)).one()
        return Locked(_stored(row, speaker, at), row.seen is not None)
    return Locked(None, await tx.scalar(SEEN_ALONE, values) is not None)


async def find(tx: Transaction, speaker: Speaker, at: int) -> Stored | None:
    """Look at a conversation without locking it."""
    row = (await tx.execute(FIND, {"row": speaker.key})).one_or_none()
    return _stored(row, speaker, at) if row is not None else None


async def save(
    tx: Transaction, speaker: Speaker, payload: bytes, turn: int, expires_at: int, remains: bytes = b""
) -> None:
    """Keep a conversation until `expires_at`; `remains` (its language, say) outlives it in the tombstone."""
    values = {
        "key": speaker.key,
        "payload": speaker.box.seal(payload, bound("session", speaker.key)),
        "remains": speaker.box.seal(remains, bound("remains", speaker.key)),
        "turn": turn,
        "expires_at": expires_at,
    }
    await tx.execute(saving(tx.dialect.name), values)


async def seen(tx: Transaction, keys: Keys, speaker: Speaker, update: str) -> bool:
    """Whether an update of this conversation was handled before."""
    values = {"row": speaker.key, "update": keys.update(speaker, update)}
    return await tx.scalar(SEEN_ALONE, values) is not None


async def erase(tx: Transaction, speaker: Speaker) -> None:
    """Forget all that is kept of a conversation. Put the goodbye in the outbox after this, not before."""
    for statement in FORGET:
        await tx.execute(statement, {"row": speaker.key})


def _stored(row: Row[*tuple[Any, ...]], speaker: Speaker, at: int) -> Stored | None:
    if row.expires_at == 0:
        return None
    alive = row.payload is not None and row.expires_at > at
    payload = speaker.box.open(row.payload, bound("session", speaker.key)) if alive else None
    remains = speaker.box.open(row.remains, bound("remains", speaker.key)) if row.remains is not None else b""
    return Stored(payload, remains, row.turn, row.expires_at)
