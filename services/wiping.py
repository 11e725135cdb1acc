"""What was erased leaves the database's log soon after the answer, at once for all who asked meanwhile."""

import asyncio
import logging

from services.database import Database

SOON_S = 0.05  # the answer goes first

log = logging.getLogger("passerelle")


class Wiper:
    """Wipes a database's log when asked. Where others read too long, the next purge does it."""

    def __init__(self, database: Database) -> None:
        """Call `close()` before the database is closed."""
        self._database = database
        self._asked = False
        self._wiping: asyncio.Task[None] | None = None

    def soon(self) -> None:
        """Ask for it, after the commit of what was erased; on return nothing is done yet."""
        self._asked = True
        if self._wiping is None or self._wiping.done():
            self._wiping = asyncio.create_task(self._wipe())

    async def close(self) -> None:
        """Do what was asked for."""
        if self._wiping is not None:
            await self._wiping

    async def _wipe(self) -> None:
        while self._asked:
            await asyncio.sleep(SOON_S)
            self._asked = False
            try:
                await self._database.wipe()
            except Exception as fault:
                log.error("what was erased stays in the database's log until the purge: %s", type(fault).__name__)
