"""What a proxy or a supervisor asks: does the process answer, and can it serve. Nothing is told but yes or no."""

import time

from aiohttp import web

from services.database import Database, reachable

SAME_S = 1.0  # an answer holds so long, however often it is asked for


class Alive:
    """`/health`: the process answers. `/ready`: its database does, too; 503 where not."""

    def __init__(self, database: Database) -> None:
        """Nothing was asked yet."""
        self._database = database
        self._asked, self._ready = -SAME_S, False

    def mount(self, app: web.Application) -> None:
        """Add both addresses."""
        app.router.add_get("/health", self._health)
        app.router.add_get("/ready", self._readiness)

    async def _health(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readiness(self, _: web.Request) -> web.Response:
        now = time.monotonic()
        if now - self._asked >= SAME_S:
            self._asked = now
            self._ready = await reachable(self._database)
        return web.Response(text="ok\n") if self._ready else web.Response(text="not ready\n", status=503)
