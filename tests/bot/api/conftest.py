"""The assistant behind a real port, a coordinator, and tools with tokens that ask its API."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.app import application
from bot.config import Settings
from bot.edited import Edited
from bot.turns import Host
from services.database import Database
from services.keys import Keys
from services.rights import Opened
from services.tools import api_tokens
from services.tools.api_tokens import SCOPES
from tests.bot.stage import AT, coordinator


@dataclass
class Answer:
    """What the API said."""

    status: int
    headers: dict[str, str]
    told: Any

    @property
    def kind(self) -> str:
        """The problem's name."""
        assert self.headers["Content-Type"] == "application/problem+json"
        return str(self.told["type"]).removeprefix("urn:passerelle:problem:")


@dataclass
class Tool:
    """A program that asks, with a token; `headers` go with every request."""

    url: str
    token: str
    headers: dict[str, str] = field(default_factory=dict)

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        data = body if isinstance(body, bytes | None) else aiohttp.JsonPayload(body)
        given = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **self.headers, **headers}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, f"{self.url}/api/v1{path}", data=data, headers=given) as answer,
        ):
            assert "Set-Cookie" not in answer.headers
            assert "Access-Control-Allow-Origin" not in answer.headers
            told = await answer.json(content_type=None)
            return Answer(answer.status, dict(answer.headers), told)


@dataclass
class Site:
    """Everything that a story needs."""

    url: str
    host: Host
    database: Database
    keys: Keys
    opened: Opened
    clock: list[int]

    async def tool(self, *scopes: str, days: int = 30) -> Tool:
        async with self.database.begin() as tx:
            token, _ = await api_tokens.issue(tx, self.keys, None, "a tool", scopes or SCOPES, days, self.clock[0])
        return Tool(self.url, token)


@pytest.fixture
async def site(host: Host, database: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    opened = await coordinator(database, keys)
    clock = [AT]
    monkeypatch.setattr("bot.app.now", lambda: clock[0])
    edited = Edited(database, host.content, host.take)
    runner = web.AppRunner(application(Settings(), database, keys, host, edited))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Site(f"http://127.0.0.1:{runner.addresses[0][1]}", host, database, keys, opened, clock)
    await runner.cleanup()
