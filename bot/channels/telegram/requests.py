"""PTB's requests to the Bot API over one aiohttp session; the token stays out of every log and error."""

import logging
import os
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import aiohttp
import orjson
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

# PTB then gives RetryAfter.retry_after as a timedelta, its coming form, and does not warn each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Telegram's servers keep a quiet connection for minutes; a new one costs a TLS handshake.
KEEP_ALIVE_S: Final = 240.0
JSON: Final = {"Content-Type": "application/json", "User-Agent": "passerelle"}

Timeout: TypeAlias = Any  # PTB's own name for "seconds, None, or the default" is private


def silence() -> None:
    """Stop the loggers that write the token (in addresses) or what people say (in parameters), at any level."""
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class RawBot(Bot):
    """PTB's bot, with calls whose arguments and answers stay JSON: what PTB cannot read must not hold up the others."""

    async def call(self, method: str, arguments: dict[str, Any]) -> Any:
        """Call a method (`send_message`) of the Bot API; its result. Raises TelegramError."""
        first, *others = method.split("_")
        return await self._post(first + "".join(map(str.capitalize, others)), dict(arguments))

    async def raw_updates(self, offset: int, seconds: int, wanted: Sequence[str]) -> list[dict[str, Any]]:
        """Updates from `offset` on, as JSON; waits up to `seconds` for one. Raises TelegramError."""
        asked = {"offset": offset, "timeout": seconds, "allowed_updates": wanted}
        updates = await self._post("getUpdates", asked, read_timeout=seconds + (self.request.read_timeout or 0))
        return updates if isinstance(updates, list) else []


def make_bot(token: str, api: str) -> RawBot:
    """A bot on the Bot API server at `api` (no path). Its requests must be initialized before it is used."""
    silence()
    request = AiohttpRequest()
    base = api.rstrip("/").removesuffix("/bot")
    return RawBot(token, f"{base}/bot", f"{base}/file/bot", request=request, get_updates_request=request)


class AiohttpRequest(BaseRequest):
    """Bot API requests as JSON over a kept-alive aiohttp session. Files are never sent. Timeouts are in seconds."""

    def __init__(self, connect_timeout: float = 10.0, read_timeout: float = 20.0, connections: int = 100) -> None:
        """Open nothing yet: `initialize` does, inside the running loop."""
        self._connect = connect_timeout
        self._read = read_timeout
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer, unless a call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Open the session, once."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_S)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close the session, once."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body. Raises TimedOut or NetworkError, naming only the kind of failure."""
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        call = self._session.request(
            method,
            URL(url, encoded=True),
            data=_body(request_data),
            headers=JSON,
            timeout=self._timeout(read_timeout, connect_timeout),
            allow_redirects=False,
        )
        try:
            async with call as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    def _timeout(self, read: Timeout, connect: Timeout) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(
            total=None,
            sock_connect=self._connect if connect is self.DEFAULT_NONE else connect,
            sock_read=self._read if read is self.DEFAULT_NONE else read,
        )

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dict. Raises TelegramError; PTB's own would log what it could not read."""
        try:
            answer = orjson.loads(payload)
        except ValueError:
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the answer is not an object")
        return answer


def _body(data: RequestData | None) -> bytes | None:
    if data is None:
        return None
    if data.contains_files:
        raise TelegramError("files are never sent")
    return orjson.dumps(data.parameters)
