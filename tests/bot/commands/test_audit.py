"""The record of who did what: a line kept elsewhere each day shows a chain that was rewritten as a whole."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from nacl.signing import SigningKey, VerifyKey

from services import audit, fitting
from services.database import open_database, upgrade
from services.keys import Keys
from tests.bot.place import Place

pytestmark = pytest.mark.asyncio


async def recorded(place: Place, *actors: str) -> None:
    database = open_database(f"sqlite:///{place.folder}/p.db")
    for actor in actors:
        async with database.begin() as tx:
            await audit.record(tx, 1_795_000_000, actor, "signed_in")
    await database.close()


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    """A database with three acts."""
    made = Place(tmp_path)
    keys = Keys.load(tmp_path / "key")
    database = open_database(f"sqlite:///{tmp_path}/p.db")
    await upgrade(database)
    async with database.begin() as tx:
        await fitting.fit(tx, keys)
    await database.close()
    await recorded(made, "1", "2", "3")
    return made


def rewritten(place: Place, statement: str) -> None:
    with closing(sqlite3.connect(place.folder / "p.db")) as tables, tables:
        tables.execute(statement)


async def test_a_whole_chain_fits_and_so_does_a_line_kept_elsewhere(place: Place):
    line = place.run("audit", "anchor")
    assert json.loads(line.stdout)["records"] == 3
    (place.folder / "anchors").write_text(line.stdout)
    await recorded(place, "4")
    found = place.run("audit", "verify", "--anchors", "anchors", "--json")
    assert (found.returncode, json.loads(found.stdout)) == (0, {"ok": True, "records": 4, "anchors": 1, "faults": []})


async def test_who_keeps_the_lines_can_check_them_without_the_key_file(place: Place):
    line = json.loads(place.run("audit", "anchor").stdout)
    signed = f"{line['at']} {line['records']} {line['hash']}".encode()
    assert VerifyKey(bytes.fromhex(line["key"])).verify(signed, bytes.fromhex(line["signature"])) == signed
    stranger = SigningKey(b"s" * 32)
    line["signature"] = stranger.sign(signed).signature.hex()
    for key in (line["key"], bytes(stranger.verify_key).hex()):
        (place.folder / "anchors").write_text(json.dumps(line | {"key": key}))
        assert "was not made with this key file" in place.run("audit", "verify", "--anchors", "anchors").stderr


async def test_a_changed_record_is_named(place: Place):
    rewritten(place, "UPDATE audit SET actor = '9' WHERE id = 2")
    found = place.run("audit", "verify")
    assert found.returncode == 1
    assert "record 2:" in found.stderr
    assert "does not fit" in found.stdout


async def test_a_chain_that_was_written_anew_as_a_whole_does_not_fit_the_line(place: Place):
    (place.folder / "anchors").write_text(place.run("audit", "anchor").stdout)
    rewritten(place, "DELETE FROM audit")
    rewritten(place, "DELETE FROM audit_head")
    await recorded(place, "1", "1", "1")
    assert place.run("audit", "verify").returncode == 0
    found = place.run("audit", "verify", "--anchors", "anchors")
    assert found.returncode == 1
    assert "record 3: it is not the one that was there" in found.stderr


async def test_records_cut_off_before_the_line_are_missed(place: Place):
    (place.folder / "anchors").write_text(place.run("audit", "anchor").stdout)
    rewritten(place, "DELETE FROM audit")
    rewritten(place, "DELETE FROM audit_head")
    found = place.run("audit", "verify", "--anchors", "anchors")
    assert "record 3: it is gone" in found.stderr


async def test_a_line_of_another_key_file_or_no_line_at_all_is_told(place: Place):
    line = json.loads(place.run("audit", "anchor").stdout) | {"records": 2}
    (place.folder / "anchors").write_text(json.dumps(line))
    assert "was changed" in place.run("audit", "verify", "--anchors", "anchors").stderr
    (place.folder / "anchors").write_text("hello\n")
    wrong = place.run("audit", "verify", "--anchors", "anchors")
    assert (wrong.returncode, "line 1: this is no line" in wrong.stderr) == (1, True)
    missing = place.run("audit", "verify", "--anchors", "nowhere")
    assert (missing.returncode, "nowhere" in missing.stderr) == (1, True)
