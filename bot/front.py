"""What stands before every door: headers on each answer, our own words for what cannot be read, and a silent log."""

import asyncio
import logging
import resource
import time
from collections.abc import Mapping
from typing import Any, TypeAlias

from aiohttp import ClientPayloadError, web
from aiohttp.http import HttpProcessingError

from dialogs.text import say
from locales.catalog import Catalog

log = logging.getLogger(__name__)

HEAD_S = 10.0  # from a connection to the end of its first request's header
IDLE_S = 75.0  # from an answer to the end of the next header: longer than nginx keeps a connection
MOST = 2000  # connections at once
SPARE = 200  # open files for all else: one wave of arrivals is 128
SAME_LINE_S = 60.0

Context: TypeAlias = dict[str, Any]

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
UNREAD = say("web", "This could not be read. Please try again.")
SERVER = "web"  # not what runs here, nor its version
STRICT_TRANSPORT = "max-age=31536000"
THEIRS = (ClientPayloadError, HttpProcessingError, web.RequestPayloadError)  # what was sent is no HTTP


def sorry(catalog: Catalog) -> str:
    """What is said where no page can be, as nobody knows in which language: a line in each."""
    return "\n".join(dict.fromkeys(catalog.translate(language, UNREAD) for language in catalog.names)) + "\n"


class Front(web.AppRunner):
    """Serves an application; `words` are said where no page can be.

    `secure`: people reach it over https. The log gets the kind of an error alone: aiohttp's own words quote the
    address, the cookie and the form.
    """

    def __init__(self, app: web.Application, words: str, *, secure: bool) -> None:
        """The application must not have started."""
        super().__init__(app, access_log=None, handle_signals=False, keepalive_timeout=IDLE_S)
        self._words = words
        self._seldom = [(handler, Seldom()) for handler in logging.getLogger().handlers]
        self._headers = (
            HEADERS | {"Server": SERVER} | ({"Strict-Transport-Security": STRICT_TRANSPORT} if secure else {})
        )
        app.on_response_prepare.append(self._sealed)

    async def setup(self) -> None:
        """Start; from now on the loop's own log tells no more than ours, and no log the same line again and again."""
        asyncio.get_running_loop().set_exception_handler(_told)
        for handler, seldom in self._seldom:
            handler.addFilter(seldom)
        await super().setup()

    async def cleanup(self) -> None:
        """Stop."""
        await super().cleanup()
        for handler, seldom in self._seldom:
            handler.removeFilter(seldom)

    async def _sealed(self, request: web.Request, response: web.StreamResponse) -> None:
        _complete(response, self._headers)

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(made, self._words, self._headers, self._kwargs)


class Seldom(logging.Filter):
    """Lets the same line pass once a minute."""

    def __init__(self) -> None:
        """Nothing was said yet."""
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it was not said in the last minute."""
        now, line = time.monotonic(), f"{record.name}: {record.getMessage()}"
        self._said = {said: at for said, at in self._said.items() if at > now - SAME_LINE_S}
        return self._said.setdefault(line, now) == now


def _room() -> int:
    """How many connections there may be, once the process may open all the files that it can be allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST
    wanted = max(soft, MOST + SPARE) if hard == resource.RLIM_INFINITY else hard  # some systems refuse an endless one
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(1, min(MOST, wanted - SPARE))


class _Server(web.Server):
    """Makes a protocol of ours for each connection."""

    def __init__(self, made: web.Server, words: str, headers: Mapping[str, str], options: dict[str, Any]) -> None:
        super().__init__(made.request_handler, request_factory=made.request_factory, **options)
        self.words, self.headers, self._most = words, headers, _room()

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        """When there are too many, the oldest one makes room, best one that asks nothing: who comes is heard."""
        super().connection_made(handler, transport)
        there = [other for other in self.connections if isinstance(other, _Protocol) and other.transport is not None]
        if len(there) > self._most:
            next((other for other in there[:-1] if other.idle), there[0]).abort()

    def __call__(self) -> web.RequestHandler:
        return _Protocol(self, loop=self._loop, **self._kwargs)


class _Protocol(web.RequestHandler):
    """HTTP on one connection, without a word of what was received in its answers and in the log."""

    __slots__ = ("_late", "_server")

    def __init__(self, server: _Server, **options: Any) -> None:
        super().__init__(server, **options)
        self._server = server
        self._late: asyncio.TimerHandle | None = None

    @property
    def idle(self) -> bool:
        """Whether no request is being answered."""
        return not self._request_in_progress

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there; the first header must be whole in time."""
        super().connection_made(transport)
        self._late = self._loop.call_later(HEAD_S, self._unheard)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Nobody is there any more."""
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)

    def _unheard(self) -> None:
        if self._request_count == 0:
            self.abort()

    def abort(self) -> None:
        """Close at once, whatever is still to be sent."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()
        self.force_close()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Our words instead of the parser's, which quote what it read. Raises ConnectionError in mid-answer."""
        self.log_exception("a request failed", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("a part of the answer is sent")
        response = web.Response(status=status, text=self._server.words)
        _complete(response, self._server.headers)
        response.force_close()
        return response

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """The kind of the error; of what others sent wrong, nothing."""
        error = kw.get("exc_info")
        if not isinstance(error, THEIRS):
            log.error("a connection failed: %s", type(error).__name__)

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """A refusal that no page explains says our words: some of aiohttp's quote a header."""
        if isinstance(resp, web.HTTPException) and resp.status >= 400:
            resp.text = self._server.words
        return await super().finish_response(request, resp, start_time)


def _complete(response: web.StreamResponse, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = headers["Server"]


def _told(loop: asyncio.AbstractEventLoop, context: Context) -> None:
    """What nobody waited for and failed: its kind alone."""
    log.error("a task failed: %s", type(context.get("exception")).__name__)
