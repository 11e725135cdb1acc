"""What stands open behind a receipt in a conversation, and whether something new came there."""

from collections.abc import Collection, Mapping

from bot.messages import Channel
from bot.turns import SESSION
from dialogs.renewing import open_receipt
from services import store
from services.database import Database
from services.keys import Keys
from services.news import News, Watched, news
from services.writing import Writing


class Live:
    """Looks, changes nothing, and reads no message."""

    def __init__(self, database: Database, keys: Keys, writing: Writing) -> None:
        """Over the same database as the conversations."""
        self._database, self._keys, self._writing = database, keys, writing

    async def watched(self, channel: Channel, address: str, at: int) -> Watched | None:
        """The request that a receipt has opened in this conversation, or None."""
        async with self._database.read() as tx:
            stored = await store.find(tx, self._keys.speaker(channel, address), at)
        if stored is None or stored.payload is None:
            return None
        opened = open_receipt(SESSION.validate_json(stored.payload))
        return Watched(*opened) if opened is not None else None

    async def news(self, watched: Collection[Watched]) -> Mapping[Watched, News]:
        """How each stands now."""
        async with self._database.read() as tx:
            return await news(tx, watched)

    def written_to(self, watched: Watched) -> bool:
        """Whether somebody of the coordination writes to them at this moment."""
        return self._writing.to(watched.referral, watched.holder)
