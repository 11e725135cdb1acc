"""Backing up, restoring and comparing, as an operator does it on the command line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bot.place import Place, told


def folder(place: Place, name: str) -> Path:
    made = place.folder / name
    made.mkdir()
    return made


def test_a_backup_is_made_kept_apart_and_brought_back(used: Place):
    rows, keys = folder(used, "long"), folder(used, "short")
    done = used.run("backup", "--to", str(rows), "--keys-to", str(keys), "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["counts"]["audit"] == 1
    assert "console_sessions" in made["left_out"]
    back = f"sqlite:///{used.folder}/back.db"
    restored = used.run("restore", "--from", made["rows"], "--keys", made["keys"], "--into", back)
    assert (restored.returncode, "put its key file back" in restored.stdout) == (0, True)
    verified = used.run("audit", "verify", PASSERELLE_DATABASE_URL=back)
    assert verified.returncode == 0
    again = used.run("restore", "--from", made["rows"], "--into", back)
    assert (again.returncode, "there is something in this database" in told(again)) == (1, True)


def test_the_check_makes_one_brings_it_back_and_says_what_came(used: Place):
    done = used.run("backup", "check")
    assert (done.returncode, "ok    every row came back" in done.stdout) == (0, True)
    with closing(sqlite3.connect(used.folder / "p.db", isolation_level=None)) as tables:
        tables.execute("UPDATE audit SET detail = 'auditor'")
    broken = used.run("backup", "check", "--json")
    assert (broken.returncode, json.loads(broken.stdout)["ok"]) == (1, False)


def test_a_backup_never_lies_beside_the_key_file(used: Place):
    done = used.run("backup", "--to", str(used.folder))
    assert (done.returncode, "the key file lies in" in told(done)) == (1, True)
    nowhere = used.run("backup", "--to", str(used.folder / "nowhere"))
    assert (nowhere.returncode, "is missing: make it first" in told(nowhere)) == (1, True)
    assert (used.run("backup").returncode, "say where" in told(used.run("backup"))) == (1, True)
