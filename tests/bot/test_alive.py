"""What a proxy asks: the process answers, its database does; that it is gone is told in a word, and nothing else."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot import alive
from bot.alive import Alive
from bot.app import application
from bot.config import Settings
from bot.edited import Edited
from bot.turns import Host
from services.database import Database, open_database
from services.keys import Keys


@pytest.fixture
async def url(host: Host, database: Database, keys: Keys) -> AsyncIterator[str]:
    """All doors, as `serve` opens them."""
    edited = Edited(database, host.content, host.take)
    runner = web.AppRunner(application(Settings(), database, keys, host, edited))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def asked(address: str) -> tuple[int, str, bool]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text(), "Set-Cookie" in answer.headers


async def test_it_is_healthy_and_ready_and_begins_no_conversation(url: str):
    assert await asked(f"{url}/health") == (200, "ok\n", False)
    assert await asked(f"{url}/ready") == (200, "ok\n", False)


async def test_without_its_database_it_is_healthy_and_not_ready(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(alive, "SAME_S", 60.0)
    gone = open_database("postgresql://nobody@127.0.0.1:1/nothing")
    app = web.Application()
    Alive(gone).mount(app)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here = f"http://127.0.0.1:{runner.addresses[0][1]}"
    assert await asked(f"{here}/health") == (200, "ok\n", False)
    assert await asked(f"{here}/ready") == (503, "not ready\n", False)
    await gone.close()
    assert await asked(f"{here}/ready") == (503, "not ready\n", False), (
        "asked again at once, the database is left alone"
    )
    await runner.cleanup()
