"""That the coordination is writing to the holder of a receipt: passed on at once, and kept nowhere.

In PostgreSQL other processes hear of it by NOTIFY: a keyed hash, not the request's id. SQLite has one process.
"""

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import Callable

from sqlalchemy import text

from dialogs.events import Holder
from services.database import Database
from services.keys import Keys

CHANNEL = "passerelle_writing"
NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', :name)")
LASTS_S = 8.0  # so long after the last key somebody still counts as writing
AGAIN_S = 1.0  # after the database was lost
LISTENED_S = 3600.0  # then the connection is looked after anew
MOST = 1000  # names: far more than there are coordinators

log = logging.getLogger("passerelle")


class Writing:
    """What one process has heard in the last seconds. `clock`: seconds that only go forward."""

    def __init__(self, database: Database, keys: Keys, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody writes."""
        self._database, self._key, self._clock = database, keys.purpose("writing"), clock
        self._heard: dict[str, float] = {}

    async def tell(self, referral: str, holder: Holder) -> None:
        """Somebody writes to this holder of this request's receipt, now."""
        name = self._name(referral, holder)
        if self._database.kind != "postgresql":
            self._hear(name)
            return
        async with self._database.begin() as tx:
            await tx.execute(NOTIFY, {"name": name})

    def to(self, referral: str, holder: Holder) -> bool:
        """Whether somebody writes to them."""
        return self._clock() - self._heard.get(self._name(referral, holder), -LASTS_S) < LASTS_S

    async def follow(self) -> None:
        """Hear the other processes until cancelled, also after the database was gone for a while."""
        while self._database.kind == "postgresql":
            try:
                async with self._database.listening(CHANNEL, self._hear) as lost, asyncio.timeout(LISTENED_S):
                    await lost.wait()
            except TimeoutError:
                continue
            except Exception as fault:
                log.warning("who is writing cannot be heard, and is listened for again: %s", type(fault).__name__)
            await asyncio.sleep(AGAIN_S)

    def _hear(self, name: str) -> None:
        now = self._clock()
        self._heard = {one: at for one, at in self._heard.items() if now - at < LASTS_S}
        if len(self._heard) < MOST:
            self._heard[name] = now

    def _name(self, referral: str, holder: Holder) -> str:
        return hmac.new(self._key, f"{referral}.{holder}".encode(), hashlib.sha256).hexdigest()[:32]
