"""Live answers: an open receipt's page hears that something new came, or that somebody writes; never what."""

import asyncio
import contextlib
import hashlib
import hmac
import logging
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from typing import Protocol

from aiohttp import web

from bot.channels.webchat.cookie import Cookie
from bot.channels.webchat.http import by_own_hand
from bot.messages import Channel
from dialogs.engine import IDLE_SECONDS
from services.news import NOTHING, News, Watched

log = logging.getLogger(__name__)

MOST = 200  # streams at once in a process; whoever comes later sees the answer at the next look
LOOK_S = 3.0  # one question to the database for all of them together
BREATH_S = 20.0  # a line without meaning, so that nothing on the way closes a silent stream
RETRY_MS = 15_000
WRITING = b"event: writing\ndata: 1\n\n"  # said again at each look while it is so


class Source(Protocol):
    """Who knows what is open, what is new and who is written to (bot/live.py)."""

    async def watched(self, channel: Channel, address: str, at: int) -> Watched | None: ...

    async def news(self, watched: Collection[Watched]) -> Mapping[Watched, News]: ...

    def written_to(self, watched: Watched) -> bool: ...


class Streams:
    """One stream for each conversation, all looked after by one task that lives while there is any."""

    def __init__(self, source: Source, cookie: Cookie, clock: Callable[[], float]) -> None:
        """Nobody listens yet."""
        self._source, self._cookie, self._clock = source, cookie, clock
        self._listening: dict[str, tuple[Watched, asyncio.Queue[News | None]]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def open(self, request: web.Request) -> web.StreamResponse:
        """GET: server-sent events, or 204 where there is nothing to wait for, after which no browser asks again."""
        at = int(self._clock())
        guest = self._cookie.read(request, at)
        if guest is None or not guest.talking or guest.look.covered or not by_own_hand(request):
            return web.Response(status=204)
        watched = await self._source.watched("web", guest.address, at)
        if watched is None or len(self._listening) >= MOST:
            return web.Response(status=204)
        known = (await self._source.news([watched])).get(watched, NOTHING)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError, TimeoutError):
            missed = request.headers.get("Last-Event-ID", self._name(known)) != self._name(known)
            await response.write(f"retry: {RETRY_MS}\n\n".encode() + self._event(known, told=missed))
            async with asyncio.timeout(max(1, IDLE_SECONDS - (at - guest.answered))):
                await self._follow(response, guest.address, watched, known)
        return response

    async def close(self, _: web.Application) -> None:
        """The service stops: every stream ends, and its browser asks again later."""
        for _watched, news in list(self._listening.values()):
            news.put_nowait(None)
        if self._looking is not None:
            self._looking.cancel()

    async def _follow(self, response: web.StreamResponse, address: str, watched: Watched, known: News) -> None:
        async with self._listener(address, watched) as news:
            while True:
                try:
                    came = await asyncio.wait_for(news.get(), BREATH_S)
                except TimeoutError:
                    await response.write(b":\n\n")
                    continue
                if came is None:
                    return
                if came != known:
                    known = came
                    await response.write(self._event(known, told=True))
                elif self._source.written_to(watched):
                    await response.write(WRITING)

    @contextlib.asynccontextmanager
    async def _listener(self, address: str, watched: Watched) -> AsyncIterator[asyncio.Queue[News | None]]:
        """A later stream of the same conversation ends the earlier one."""
        news: asyncio.Queue[News | None] = asyncio.Queue()
        if (other := self._listening.pop(address, None)) is not None:
            other[1].put_nowait(None)
        self._listening[address] = watched, news
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield news
        finally:
            if self._listening.get(address, (watched, None))[1] is news:
                del self._listening[address]

    async def _look(self) -> None:
        while self._listening:
            await asyncio.sleep(LOOK_S)
            try:
                found = await self._source.news({watched for watched, _ in self._listening.values()})
            except Exception as fault:
                log.error("web: looking for answers failed: %s", type(fault).__name__)
                continue
            for watched, news in list(self._listening.values()):
                if watched in found:
                    news.put_nowait(found[watched])

    def _event(self, news: News, *, told: bool) -> bytes:
        told_as = "event: answer\ndata: 1\n" if told else ""
        return f"id: {self._name(news)}\n{told_as}\n".encode()

    def _name(self, news: News) -> str:
        """What a browser hands back when it asks again; it tells nothing."""
        return hmac.new(self._cookie.key, f"news.{news[0]}.{news[1]}".encode(), hashlib.sha256).hexdigest()[:16]
