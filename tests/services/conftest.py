"""Databases with their tables, new for each test; keys, a speaker, and receipts made once because they are slow."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from services.claims import Derived, prepare
from services.database import Database, open_database, upgrade
from services.keys import Keys, Speaker

NUMBERS = count()

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without tables."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with all tables, and nothing in them."""
    copy: Callable[[], str] = request.getfixturevalue(f"migrated_{request.param}")
    return copy()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That database, open."""
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def migrated_sqlite(migrated_file: Path, tmp_path: Path) -> Callable[[], str]:
    return lambda: f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'passerelle.db')}"


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: Any) -> Callable[[], str]:
    postgresql.psql("CREATE DATABASE migrated")
    migrate(postgresql.get_uri("migrated"))

    def copy() -> str:
        name = f"copy_{next(NUMBERS)}"
        postgresql.psql(f"CREATE DATABASE {name} TEMPLATE migrated")
        return str(postgresql.get_uri(name))

    return copy


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys(bytes(range(32)))


@pytest.fixture
def speaker(keys: Keys) -> Speaker:
    return keys.speaker("telegram", "4242")


@pytest.fixture(scope="session")
def receipts(keys: Keys) -> tuple[Derived, Derived]:
    return asyncio.run(prepare(keys)), asyncio.run(prepare(keys))


def migrate(url: str) -> None:
    async def run() -> None:
        database = open_database(url)
        await upgrade(database)
        await database.close()

    asyncio.run(run())
