"""The coordination's keys on the command line: how they stand, sealing anew, the paper, a lost phone."""

import json
import time
from pathlib import Path

import pyotp
import pytest

from services import fitting
from services.database import open_database, upgrade
from services.keys import Keys
from services.people import invitations, joining, recovery, second_factor, signing_in
from tests.bot.place import Place

pytestmark = pytest.mark.asyncio
PASSWORD = "seven calm boats at noon"


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    """A database with a supervisor, nadia, who holds the key and made a recovery key; and zoe, who holds nothing."""
    made, keys, now = Place(tmp_path), Keys.load(tmp_path / "key"), int(time.time())
    database = open_database(f"sqlite:///{tmp_path}/p.db")
    await upgrade(database)
    async with database.begin() as tx:
        await fitting.fit(tx, keys)
        tokens = [await invitations.invite(tx, name, "supervisor", now) for name in ("nadia", "zoe")]
    for token in tokens:
        await joining.accept(database, keys, token, PASSWORD, now)
    nadia = await signing_in.sign_in(database, keys, "nadia", PASSWORD, now)
    assert nadia
    async with database.begin() as tx:
        app = pyotp.TOTP((await second_factor.enrol(tx, keys, nadia.member)).key)
        codes = await second_factor.confirm(tx, keys, nadia.member, app.at(now), now)
        paper = await recovery.make(tx, nadia, now)
    (tmp_path / "paper").write_text("\n".join((paper, *codes)))
    await database.close()
    return made


def status(place: Place) -> dict[str, object]:
    found: dict[str, object] = json.loads(place.run("coordination", "status", "--json").stdout)
    return found


async def test_sealing_anew_asks_for_the_password_and_a_code(place: Place):
    _, first, second, *_ = (place.folder / "paper").read_text().split()
    assert (status(place)["key"], status(place)["recovery_key_counts"]) == (1, False)
    for typed in (f"wrong\n{first}\n", f"{PASSWORD}\nwrong\n", ""):
        refused = place.run("coordination", "reseal", "nadia", typed=typed)
        assert (refused.returncode, "is not right" in refused.stderr) == (1, True)
    done = place.run("coordination", "reseal", "nadia", typed=f"{PASSWORD}\n{second}\n")
    assert done.returncode == 0, done.stderr
    assert status(place) | {"key": 2, "holders": 1, "resealing": False, "boxes_left": 0} == status(place)


async def test_the_paper_gives_access_to_somebody_who_joined(place: Place):
    paper = (place.folder / "paper").read_text().split()[0]
    for name, typed, why in (("zoe", "nothing\n", "recovery key"), ("mallory", paper, "Nobody has joined")):
        refused = place.run("coordination", "recover", name, typed=typed)
        assert (refused.returncode, why in refused.stderr) == (1, True)
    done = place.run("coordination", "recover", "Zoe", typed=f"{paper}\n")
    assert done.returncode == 0, done.stderr
    assert status(place)["holders"] == 2


async def test_a_lost_phone_and_the_doctors_advice(place: Place):
    done = place.run("users", "reset-factor", "nadia")
    assert "/console/link/" in done.stdout
    assert place.run("users", "reset-factor", "mallory").returncode == 1
    checks = {check["id"]: check for check in json.loads(place.run("doctor", "--json").stdout)["checks"]}
    assert "no recovery key" in checks["recovery_key"]["mend"]
    assert checks["sealed_anew"]["mend"] == ""
    listed = place.run("doctor").stdout
    assert "WARN  recovery key: there is no recovery key that was tried: in the console, under Keys, make one" in listed
    assert "ok    sealed anew\n" in listed
