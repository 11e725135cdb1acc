"""What is opened at the start: the right database with the right key, for us alone; and what is said when it is not."""

import asyncio
import os
import resource
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import Settings
from locales.languages import listed
from services import store
from services.database import open_database
from services.keys import Keys
from tests.bot.place import ROOT, Place, told


def test_the_files_are_ours_alone_whatever_the_umask_says(used: Place):
    (used.folder / "p.db").chmod(0o644)
    used.run("db", "upgrade")
    assert {stat.S_IMODE(path.stat().st_mode) for path in used.folder.iterdir()} == {0o600}


def test_a_key_file_that_is_gone_is_never_made_anew_beside_a_database_that_was_used(used: Place):
    (used.folder / "key").rename(used.folder / "moved")
    done = used.run("db", "upgrade")
    assert done.returncode == 1
    assert "put it back" in told(done)
    assert not (used.folder / "key").exists()
    assert "MEND  key file" in used.run("doctor").stdout
    (used.folder / "moved").rename(used.folder / "key")
    assert used.run("db", "upgrade").returncode == 0


def test_another_key_file_is_refused_and_the_doctor_says_so(used: Place):
    (used.folder / "key").write_bytes(bytes(32))
    done = used.run("db", "upgrade")
    assert done.returncode == 1
    assert "not the one that this database was used with" in told(done)
    assert "MEND  key fits: the key file is not the one" in used.run("doctor").stdout


def test_a_key_file_that_others_may_read_is_refused(used: Place):
    (used.folder / "key").chmod(0o644)
    done = used.run("queue", "list")
    assert (done.returncode, "chmod 600" in told(done)) == (1, True)


@pytest.mark.parametrize(
    "command", [("queue", "list", "--json"), ("purge",), ("doctor",), ("users", "add", "bob", "--role", "supervisor")]
)
def test_looking_or_adding_somebody_makes_no_database(place: Place, command: tuple[str, ...]):
    done = place.run(*command)
    assert done.returncode == 1
    assert "there is no database at" in told(done) + done.stdout
    assert list(place.folder.iterdir()) == []


def test_in_an_empty_folder_nothing_is_made_but_by_a_start(place: Place):
    nothing_set = {"PASSERELLE_DATABASE_URL": "", "PASSERELLE_KEY_FILE": ""}
    done = place.run("users", "add", "bob", "--role", "supervisor", **nothing_set)
    assert (done.returncode, "or start `passerelle serve`" in told(done)) == (1, True)
    assert list(place.folder.iterdir()) == []


def test_a_wrong_path_makes_no_folder(place: Place):
    done = place.run("db", "upgrade", PASSERELLE_DATABASE_URL=f"sqlite:///{place.folder}/nowhere/p.db")
    assert (done.returncode, "is missing: make it, or correct PASSERELLE_DATABASE_URL" in told(done)) == (1, True)
    assert list(place.folder.iterdir()) == []


def test_what_is_no_database_is_said_in_a_sentence(place: Place):
    (place.folder / "p.db").write_bytes(b"this is no database at all, but a text of some length" * 100)
    done = place.run("db", "upgrade")
    assert (done.returncode, "look at PASSERELLE_DATABASE_URL" in told(done)) == (1, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSERELLE_PORT", "http"),
        ("PASSERELLE_PUBLIC_URL", "x"),
        ("PASSERELLE_DATABASE_URL", "mysql://x"),
        ("PASSERELLE_DATABASE_URL", "sqlite:///"),  # in memory: all would be lost
    ],
)
def test_a_wrong_setting_is_named_as_it_is_written(place: Place, name: str, value: str):
    done = place.run("db", "upgrade", **{name: value})
    assert done.returncode == 2
    assert told(done).startswith(f"setting {name}: ")
    assert "Value error" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("exit_url", "https://"),
        ("exit_url", "https://{lang}.example.org/"),
        ("exit_url", "javascript:history.back()"),
        ("framed_by", "http://example.org"),
        ("telegram_token", "abc"),
        ("metrics_token", "short"),
        ("targets", "nowhere.toml"),
    ],
)
def test_a_setting_that_would_only_fail_later_is_refused_in_our_words(name: str, value: str):
    with pytest.raises(ValidationError) as refused:
        Settings(**{name: value})
    assert [fault["type"] for fault in refused.value.errors()] == ["value_error"]


def test_where_nothing_can_be_listened_on_is_said_with_its_setting(used: Place):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert told(used.run("serve", PORT=port)) == (
            f"passerelle: port {port} is in use already: set another one with PORT\n"
        )
    assert "correct PASSERELLE_HOST" in told(used.run("serve", PASSERELLE_HOST="nowhere.invalid"))


def test_a_database_server_that_does_not_answer_is_said_with_its_setting(place: Place):
    with socket.create_server(("127.0.0.1", 0)) as unheard:
        port = unheard.getsockname()[1]
    done = place.run("db", "upgrade", PASSERELLE_DATABASE_URL=f"postgresql://somebody:hush@127.0.0.1:{port}/none")
    assert (done.returncode, "look at PASSERELLE_DATABASE_URL" in told(done)) == (1, True)
    assert "hush" not in done.stderr


def test_a_database_that_fails_in_the_midst_of_a_command_is_said_in_a_sentence(used: Place):
    with closing(sqlite3.connect(used.folder / "p.db", isolation_level=None)) as tables:
        tables.execute("DROP TABLE invitations")
    done = used.run("users", "add", "Olga", "--role", "auditor")
    assert (done.returncode, told(done)) == (
        1,
        "passerelle: the database failed, and this was not done: no such table: invitations\n",
    )


def test_the_doctor_finds_a_setting_that_is_none(used: Place):
    assert "there is no setting PASSERELLE_PRT" in used.run("doctor", PASSERELLE_PRT="3").stdout


def test_the_doctor_and_the_start_read_env_as_well(used: Place):
    (used.folder / ".env").write_text("PASSERELLE_TELEGRAM_TOKN=x\nPASSERELLE_TELEGRAM_API=\nSHELL_OF_MINE=1\n")
    assert "there is no setting PASSERELLE_TELEGRAM_TOKN: look" in used.run("doctor").stdout
    started = used.run("serve", PASSERELLE_HOST="192.0.2.1")  # nobody's address: it ends by itself
    assert "there is no setting PASSERELLE_TELEGRAM_TOKN: look" in told(started)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("PASSERELLE_TELEGRAM_TOKEN:123:abcDEF", "PASSERELLE_TELEGRAM_TOKEN…"),
        ("PASSERELLE_TELEGRAM_TOKENabcdef", "PASSERELLE_TELEGRAM_TOKEN…"),
        ("PASSERELLE_RASA_TOKN:abcdef==", "PASSERELLE_RASA_TOK…"),
        ("PASSERELLE_abcdef", "PASSERELLE_…"),
    ],
)
def test_a_secret_on_a_line_that_is_not_well_made_is_printed_nowhere(used: Place, line: str, shown: str):
    (used.folder / ".env").write_text(f"{line}\n")
    done = used.run("doctor")
    assert f"there is no setting {shown}: look" in done.stdout
    assert "abcdef" not in (done.stdout + done.stderr).lower()


def test_an_env_file_that_is_no_text_is_named(used: Place):
    (used.folder / ".env").write_bytes(b"PASSERELLE_PORT=1\n\xff\xfe\0")
    for command in ("doctor", "serve"):
        done = used.run(command)
        assert (done.returncode, told(done)) == (1, "passerelle: the file .env is no text in UTF-8: write it anew\n")


def test_the_doctor_says_of_a_newer_database_what_the_start_says(used: Place):
    with closing(sqlite3.connect(used.folder / "p.db", isolation_level=None)) as tables:
        tables.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "MEND  database: The database was written by a newer release" in used.run("doctor").stdout
    assert "The database was written by a newer release" in told(used.run("serve"))


def test_hundreds_who_ask_nothing_silence_nobody_and_fill_no_log(used: Place):
    with serving(used, files=(64, 240)) as (port, errors):
        held = [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
        for one in held[::2]:
            with suppress(ConnectionError):
                one.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            assert page.status == 200
        for one in held:
            one.close()
    assert len(errors.read_text().splitlines()) < 5


@contextmanager
def serving(place: Place, files: tuple[int, int]) -> Iterator[tuple[int, Path]]:
    """The service with its port and what it logs; it may open so many files, first and at most."""
    errors = place.folder / "errors"
    with errors.open("w") as written:
        started = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
            cwd=place.folder,
            env={**place.settings, "PASSERELLE_PORT": "0"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, files),
        )
    with started:
        try:
            assert started.stdout is not None
            yield int(started.stdout.readline().rpartition(":")[2].strip("/\n")), errors
        finally:
            started.terminate()


@pytest.fixture
def copied(tmp_path: Path) -> Place:
    """The house with content and catalogues of its own, which can be spoilt."""
    house, folder = tmp_path / "house", tmp_path / "here"
    folder.mkdir()
    for room in ("dialogs", "locales"):
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("bot", "nlu", "services"):
        (house / room).symlink_to(ROOT / room)
    return Place(folder, house)


def test_faults_of_the_content_are_told_by_the_doctor_and_at_the_start(copied: Place):
    page = copied.house / "dialogs" / "topics" / "rights.toml"
    page.write_text(page.read_text("utf-8").replace('status = "V', 'status = "W'), "utf-8")
    examined = copied.run("doctor")
    assert "MEND  content: topics/rights.toml: " in examined.stdout
    assert "MEND  helplines: mend the content first" in examined.stdout
    assert told(examined) == ""
    talk = copied.run("chat", typed="hello\n")
    assert talk.returncode == 1
    assert told(talk).startswith("passerelle: topics/rights.toml: ")


def test_a_catalogue_that_is_not_compiled_is_told_in_a_sentence(copied: Place):
    (copied.house / "locales" / "fr" / "LC_MESSAGES" / "messages.mo").unlink()
    talk = copied.run("chat", typed="hello\n")
    assert (talk.returncode, told(talk)) == (1, "passerelle: locales/fr is not compiled: run make setup\n")
    assert "MEND  content: locales/fr is not compiled: run make setup" in copied.run("doctor").stdout


def test_why_there_is_no_database_is_told_once(place: Place):
    listed = place.run("doctor").stdout
    assert listed.count("there is no database at") == 1
    assert "MEND  key fits: mend the database first" in listed


async def test_a_conversation_that_this_version_cannot_read_is_no_wrong_setting(used: Place):
    url = f"sqlite:///{used.folder}/p.db"
    here = Keys.load(used.folder / "key", make=False).speaker("terminal", "terminal")
    database = open_database(url)
    async with database.begin() as tx:
        await store.save(tx, here, b'{"tongue": "fr"}', 5, int(time.time()) + 600)
    await database.close()
    done = await asyncio.to_thread(used.run, "chat", "--db", url, typed="1\n")
    assert done.returncode == 1
    assert told(done) == "passerelle: something that is kept cannot be read by this version\n"


def test_a_language_of_the_list_can_be_talked_in(place: Place):
    help_text = place.run("chat", "--help").stdout
    assert "{" + ",".join(listed()) + "}" in help_text


def test_a_name_that_will_not_do_is_said_in_a_sentence_and_a_good_one_gives_the_bare_link(used: Place):
    assert "A name has 2 to 40 Latin letters" in told(used.run("users", "add", "x", "--role", "auditor"))
    done = used.run("users", "add", "Marie-Ève D.", "--role", "auditor")
    assert done.stdout.startswith("http://127.0.0.1:8080/console/welcome/")
    assert len(done.stdout.splitlines()) == 1
    assert "24 hours" in done.stderr


def test_a_name_that_can_never_be_is_a_wrong_argument_with_and_without_a_database(place: Place):
    for name in ("", "x"):
        done = place.run("users", "add", name, "--role", "auditor")
        assert (done.returncode, "A name has 2 to 40 Latin letters" in told(done)) == (2, True)
        assert place.run("db", "upgrade").returncode == 0


@pytest.mark.parametrize(("command", "unbuffered"), [("--help", ""), ("screen --list", "1"), ("chat --jsonl", "")])
def test_every_command_ends_silently_where_nobody_reads_on(place: Place, command: str, unbuffered: str):
    """Its output is a pipe whose other end is closed, as that of `head` which has seen enough."""
    unread, output = os.pipe()
    os.close(unread)
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command.split()],
        input='{"command": "start"}\n',
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
        env=place.settings | {"PYTHONUNBUFFERED": unbuffered},
    )
    os.close(output)
    assert (done.returncode, done.stderr) == (141, "")
