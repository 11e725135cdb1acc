"""The small web chat that its tests visit, and somebody who visits it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.bot.channels.webchat.person import Person
from tests.bot.channels.webchat.stage import Stage, stage


@pytest.fixture
async def on() -> AsyncIterator[Stage]:
    """The web chat on a free port, with a story behind it."""
    async with stage() as shown:
        yield shown


@pytest.fixture
async def person(on: Stage) -> AsyncIterator[Person]:
    """Somebody without scripts, whose browser asks for French."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, headers={"Accept-Language": "fr"}) as session:
        yield Person(session, on.url)
