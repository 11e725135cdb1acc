"""`passerelle statistics` and `passerelle purge`: what is counted for good, and what goes."""

import asyncio
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.cli import run
from services.database import open_database
from services.receipts import new_code
from services.referrals import purposes
from services.referrals.claims import Derived
from services.referrals.consents import Agreed
from services.sealing import new_key_pair
from services.tables import Referral
from services.tables.consent import FrozenYear
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


def test_in_plain_words_only_what_is_due_is_told_and_a_year_without_people_shows_nothing(
    url: str, capsys: pytest.CaptureFixture[str]
):
    capsys.readouterr()
    assert run(["purge", "--dry-run"]) == 0
    due = capsys.readouterr().out
    assert due.startswith("Due now, and left as it is:\n")
    assert ": 0" not in due
    assert run(["purge"]) == 0
    assert capsys.readouterr().out.startswith("Done:\n")
    assert run(["purge"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    assert run(["statistics", "freeze", "--year", "1980"]) == 0
    assert "1980: fewer than 11 requests are counted" in capsys.readouterr().out


@pytest.mark.parametrize("year", ["-3", "99999", "twenty", "", "1969"])
def test_what_is_no_year_is_a_wrong_argument(year: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit, match="2"):
        run(["statistics", "freeze", f"--year={year}"])
    assert "is no year; write it like 2026" in capsys.readouterr().err
