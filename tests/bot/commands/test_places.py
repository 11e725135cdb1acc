"""`passerelle places`: the board without labels and without requests, for who holds the key file."""

import asyncio
import json
import time
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot.cli import run
from services.database import open_database
from services.keys import Keys
from services.places import partners, places
from services.places.capacity import Details
from services.places.places import Held
from services.referrals import referrals
from services.rights import Member
from services.tables.places import PlaceHold
from tests.services import killed
from tests.services.coordination import AGREED, SELF, open_coordination

LABEL = "Maison du Quokka"


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database with a partner and two free places of its own."""
    url = f"sqlite:///{tmp_path}/db.sqlite"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PASSERELLE_DATABASE_URL", url)
    monkeypatch.setenv("PASSERELLE_KEY_FILE", str(tmp_path / "key"))
    assert run(["db", "upgrade"]) == 0
    asyncio.run(_filled(url, Keys.load(tmp_path / "key")))


async def _filled(url: str, keys: Keys) -> None:
    database, now, who = open_database(url), int(time.time()), Member(1, "somebody", "coordinator")
    await open_coordination(database)
    async with database.begin() as tx:
        partner = await partners.add(tx, who, LABEL, now)
        group = await places.add(tx, keys, who, partner, Details(("2A",), ("woman",), total=3), now)
        for _ in range(2):
            await places.count(tx, keys, who, group, 1, now)
    await database.close()


@pytest.mark.usefixtures("board")
def test_the_list_tells_what_is_free_and_no_label(capsys: pytest.CaptureFixture[str]):
    assert run(["places", "list", "--json"]) == 0
    told = capsys.readouterr().out
    (one,) = json.loads(told)["places"]
    assert (one["partner"], one["departments"], one["kinds"]) == ("P1", ["2A"], ["woman"])
    assert (one["left"], one["total"], one["standing"]) == (2, 3, "fresh")
    assert json.loads(told)["totals"] == {"total": 3, "free": 2, "held": 0, "faded": 0, "unsure": 0}
    assert LABEL not in told
    assert run(["places", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["P1", "2A", "2/3", "fresh", "woman"]
    assert lines[1] == "2 free, of these 0 fading; 0 held; 0 to be confirmed"


async def _with_a_hold(folder: Path, until: int) -> None:
    """One of the places is held for a request, until then."""
    database, keys = open_database(f"sqlite:///{folder}/db.sqlite"), Keys.load(folder / "key")
    async with database.begin() as tx:
        prepared = tuple(killed.receipts()[:1])
        sent = await referrals.submit(tx, SELF, AGREED, prepared, at=until, language="fr")
        row = {"referral_id": sent.referral, "until": until}
        await tx.execute(insert(PlaceHold).values(row | {"box": places.seal_hold(keys, sent.referral, Held(1, 1))}))
    await database.close()


@pytest.mark.usefixtures("board")
def test_a_purge_gives_back_what_was_held_too_long(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    asyncio.run(_with_a_hold(tmp_path, int(time.time()) - 1))
    for dry, run_out, held in ((["--dry-run"], 1, 1), ([], 1, 0), ([], 0, 0)):
        capsys.readouterr()
        assert run(["purge", "--json", *dry]) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        assert (rows["run_out"], rows["settled"], rows["place_late"]) == (run_out, 0, 0)
        assert run(["places", "list", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["totals"]["held"] == held
