"""Messages a channel may later take back: their ids, encrypted, for as long as the channel allows it."""

from collections.abc import Iterable

from sqlalchemy import bindparam, delete, insert, select

from services.database import Transaction
from services.keys import Keys, Speaker
from services.sealing import bound
from services.tables import SentMessage

HOUR = 3600  # the time of a message sent is kept to the hour: deletion needs no more

ADD = insert(SentMessage)
LIST = (
    select(SentMessage.box, SentMessage.at)
    .where(SentMessage.conversation_key == bindparam("row"))
    .order_by(SentMessage.id)
)
FORGET = delete(SentMessage).where(SentMessage.conversation_key == bindparam("row"))


async def remember(tx: Transaction, keys: Keys, messages: Iterable[tuple[Speaker, int, int]]) -> None:
    """Keep (to whom, message id, when) of messages sent."""
    rows = [
        {
            "conversation_key": speaker.key,
            "box": keys.sent().seal(str(message_id).encode(), bound("sent", speaker.key, hour)),
            "at": hour,
        }
        for speaker, message_id, at in messages
        for hour in (at - at % HOUR,)
    ]
    if rows:
        await tx.execute(ADD, rows)


async def remembered(tx: Transaction, keys: Keys, speaker: Speaker) -> list[int]:
    """The ids of the messages kept for a conversation, oldest first."""
    rows = await tx.execute(LIST, {"row": speaker.key})
    return [int(keys.sent().open(row.box, bound("sent", speaker.key, row.at))) for row in rows]


async def forget(tx: Transaction, speaker: Speaker) -> None:
    """Forget them."""
    await tx.execute(FORGET, {"row": speaker.key})
