"""The streams of events that are open in this process: how many there may be, and that they end with it."""

import asyncio
import contextlib
import hashlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from aiohttp import web

from services.changes import Changes
from services.writing import Writing

MOST = 200  # in this process
MOST_OWN = 6  # in one session


class NoRoom(Exception):
    """There are too many already."""


@dataclass(slots=True)
class Streams:
    """The streams that are open in this process. By session: a hash of its cookie."""

    changes: Changes
    writing: Writing
    open: Counter[bytes] = field(default_factory=Counter)

    @contextlib.contextmanager
    def place(self, cookie: str) -> Iterator[None]:
        """Room for one more stream of a session. Raises NoRoom."""
        session = hashlib.blake2b(cookie.encode(errors="replace"), digest_size=16).digest()
        if self.open.total() >= MOST or self.open[session] >= MOST_OWN:
            raise NoRoom
        self.open[session] += 1
        try:
            yield
        finally:
            self.open[session] -= 1
            self.open += Counter()  # forget who has none

    async def run(self, app: web.Application) -> AsyncIterator[None]:
        """Follow the changes, and who writes, while the application runs; at its end the streams end first."""
        following = [asyncio.create_task(one.follow()) for one in (self.changes, self.writing)]
        yield
        for task in following:
            task.cancel()
        await asyncio.wait(following)

    async def end(self, app: web.Application) -> None:
        """Let every stream go."""
        self.changes.close()
