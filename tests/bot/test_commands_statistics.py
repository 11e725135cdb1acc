"""`passerelle statistics` and `passerelle purge`: what is counted for good, and what goes."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.cli import run
from services import purposes
from services.claims import Derived
from services.consents import Agreed
from services.database import open_database
from services.receipts import new_code
from services.sealing import new_key_pair
from services.tables import Referral
from services.tables_consent import FrozenYear
from tests.services.coordination import SELF, submit

COUNTED = Agreed(b"s" * 32, "fr", "1", ("statistics",))


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with twelve requests of 1970 whose agreement ran out long ago."""
    url = f"sqlite:///{tmp_path}/db.sqlite"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", url)
    monkeypatch.setenv("PASSERELLE_KEY_FILE", str(tmp_path / "key"))
    assert run(["db", "upgrade"]) == 0
    asyncio.run(_filled(url))
    return url


async def _filled(url: str) -> None:
    database = open_database(url)
    for number in range(12):
        derived = Derived(new_code(), number.to_bytes(8), bytes(32), new_key_pair())
        referral = (await submit(database, (derived, derived), SELF, note=None)).referral
        async with database.begin() as tx:
            await purposes.give(tx, referral, COUNTED, 200)
    await database.close()


async def _left(url: str) -> tuple[int, int]:
    """How many requests stand, and how many years are frozen."""
    database = open_database(url)
    async with database.read() as tx:
        standing = await tx.scalar(select(func.count()).select_from(Referral).where(Referral.state != "withdrawn"))
        frozen = await tx.scalar(select(func.count()).select_from(FrozenYear))
    await database.close()
    return standing or 0, frozen or 0


def test_a_year_is_frozen_once_and_shown_as_it_was(url: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["statistics", "freeze", "--year", "1970", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["year"], made["total"]) == (1970, 12)
    assert run(["purge", "--json"]) == 0
    capsys.readouterr()
    assert run(["statistics", "show", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == made


def test_a_year_that_is_not_over_and_one_that_is_not_there_are_refused(url: str, capsys: pytest.CaptureFixture[str]):
    assert run(["statistics", "freeze", "--year", "9999"]) == 1
    assert run(["statistics", "show", "--year", "1999"]) == 1
    assert "nothing was made" in capsys.readouterr().err


def test_a_dry_run_says_what_would_go_and_lets_it_stay(url: str, capsys: pytest.CaptureFixture[str]):
    capsys.readouterr()
    assert run(["purge", "--dry-run", "--json"]) == 0
    dry = json.loads(capsys.readouterr().out)
    assert (dry["done"], dry["rows"]["agreements"]) == (False, 12)
    assert asyncio.run(_left(url)) == (12, 0)
    assert run(["purge", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"]["agreements"] == 12
    assert asyncio.run(_left(url)) == (0, 0), "only last year, or the one before, is frozen by itself"
