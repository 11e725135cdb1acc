"""A host for the stories of this folder."""

from collections.abc import AsyncIterator

import pytest

from bot.app import content
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys


@pytest.fixture(scope="session")
def everything_said() -> Content:
    return content()


@pytest.fixture
def keys() -> Keys:
    return Keys.new()


@pytest.fixture
async def host(database: Database, keys: Keys, everything_said: Content) -> AsyncIterator[Host]:
    host = Host(database, keys, everything_said)
    yield host
    await host.close()
