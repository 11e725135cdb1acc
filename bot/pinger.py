"""Writes once to who asked for it, when there is something new behind their receipt, and by day only."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable

from aiohttp import web

from dialogs.library import day_of, time_of
from dialogs.pinging import FROM, UNTIL, WORDS
from locales.catalog import Catalog
from services import pings
from services.database import Database
from services.keys import Keys

EVERY_S = 60

log = logging.getLogger("passerelle")


class Pinger:
    """Looks once a minute. `write` takes an address and the words, and returns at once."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        catalog: Catalog,
        now: Callable[[], int],
        write: Callable[[str, str], None],
    ) -> None:
        """Over the same database as the conversations."""
        self._database, self._keys, self._catalog, self._now, self._write = database, keys, catalog, now, write

    async def lifetime(self, _: web.Application) -> AsyncIterator[None]:
        """Look as long as an application runs."""
        task = asyncio.create_task(self._follow())
        yield
        task.cancel()
        await asyncio.wait((task,))

    async def look(self) -> None:
        """Write to those for whom there is something new; at night they wait."""
        at = self._now()
        if not by_day(at):
            return
        async with self._database.begin() as tx:
            routes = await pings.due(tx, self._keys, at)
        for route in routes:
            self._write(route.address, self._catalog.translate(route.language, WORDS))

    async def _follow(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as fault:
                log.error("nobody could be written to, it is tried again: %s", type(fault).__name__)
            await asyncio.sleep(EVERY_S)


def by_day(at: int) -> bool:
    """Whether clocks in France show a time at which a message may come (Unix seconds)."""
    today = day_of(at).isoformat()
    return time_of(today, FROM) <= at < time_of(today, UNTIL)
