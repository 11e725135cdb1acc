"""`passerelle training`: the agenda and its calendar file, without a conversation."""

import asyncio
import json
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import run
from dialogs.agenda import TrainingDay
from dialogs.library import day_of
from services.database import open_database
from services.rights import Member
from services.trainings import trainings
from tests.services.coordination import open_coordination
from tests.services.training_stage import PLAN, sign_up

DAYS = (TrainingDay((day_of(int(time.time())) + timedelta(days=40)).isoformat(), "09:00", "17:00"),)


@pytest.fixture
def training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with one training to come and one sign-up."""
    url = f"sqlite:///{tmp_path}/db.sqlite"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", url)
    monkeypatch.setenv("PASSERELLE_KEY_FILE", str(tmp_path / "key"))
    assert run(["db", "upgrade"]) == 0
    return asyncio.run(_filled(url))


async def _filled(url: str) -> str:
    database, now = open_database(url), int(time.time())
    await open_coordination(database)
    async with database.begin() as tx:
        name = await trainings.plan(tx, Member(1, "somebody", "coordinator"), replace(PLAN, days=DAYS), now)
    await sign_up(database, name, at=now)
    await database.close()
    return name


def test_the_list_tells_seats_and_nobody(training: str, capsys: pytest.CaptureFixture[str]):
    assert run(["training", "list", "--json"]) == 0
    told = capsys.readouterr().out
    (one,) = json.loads(told)["trainings"]
    assert (one["id"], one["state"], one["seats"], one["signed_up"], one["free"]) == (training, "open", 2, 1, 1)
    assert "example" not in told
    assert run(["training", "list"]) == 0
    assert f"{training}  {DAYS[0].day}  open         1/2    Nice" in capsys.readouterr().out


def test_the_calendar_file_of_one_or_of_all(training: str, capsys: pytest.CaptureFixture[str]):
    for words in ([], [training]):
        assert run(["training", "ics", *words]) == 0
        assert f"UID:{training}-1@passerelle" in capsys.readouterr().out
    assert run(["training", "ics", "t0"]) == 1
    assert "no coming training has the id t0" in capsys.readouterr().err
