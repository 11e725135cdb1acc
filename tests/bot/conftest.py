"""A host for the stories of this folder, and a folder for the command line."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import content
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys
from tests.bot.place import Place


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


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="session")
def once_used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the command line made a database, a key and a member."""
    place = Place(tmp_path_factory.mktemp("used"))
    assert place.run("db", "upgrade").returncode == 0
    assert place.run("users", "add", "Ana", "--role", "supervisor").returncode == 0
    return place.folder


@pytest.fixture
def used(place: Place, once_used: Path) -> Place:
    shutil.copytree(once_used, place.folder, dirs_exist_ok=True)
    return place
