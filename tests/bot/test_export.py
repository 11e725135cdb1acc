"""What was accepted in the console goes back into the files: few lines, the same screens, and known again."""

import difflib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.edited import Edited
from bot.export import export
from bot.messages import Shown
from bot.render import render
from bot.turns import Content
from dialogs.edits import Edit, Edits, Translation
from dialogs.present import present
from dialogs.reading import read_library
from dialogs.searching import search_words
from dialogs.session import Audience, Frame, Session
from dialogs.stack import MENU
from dialogs.text import Text
from locales.catalog import Catalog
from services import edits
from services.database import Database, open_database
from services.keys import Keys
from tests.bot.stage import AT
from tests.services.coordination import member

PARTS: tuple[tuple[Audience, str], ...] = (("person", "page"), ("person", "more"), ("professional", "copy"))
ROOT = Path(__file__).parents[2]
LANGUAGES = ("fr", "en", "es", "ar")
KEY, NUMBER = "rights.plain_no_card", "numbers.victims_116006"
NEW = "There is no “official” victim card."
FRENCH = "Il n’existe pas de carte « officielle » de victime."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one's own: the content and the catalogues, compiled."""
    for room in ("dialogs", "locales"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("*.py", "*.mo", "__pycache__"))
    compiled(tmp_path)
    return tmp_path


def compiled(root: Path) -> None:
    for path in (root / "locales").glob("*/LC_MESSAGES/messages.po"):
        with path.open("rb") as read, path.with_suffix(".mo").open("wb") as written:
            write_mo(written, read_po(read))


def content(root: Path, everything_said: Content) -> Content:
    """What is said after a restart with these files."""
    catalog, library = Catalog(root / "locales"), read_library(root / "dialogs")
    search = {code: search_words(library.topics.values(), partial(catalog.translate, code)) for code in catalog.names}
    library = replace(library, languages=catalog.names, search=search)
    return replace(everything_said, library=library, catalog=catalog)


def edited(content: Content, in_force: Edits) -> Content:
    return Edited(open_database("sqlite://"), content, lambda _: None).with_edits(in_force)


def screens(content: Content, *languages: str) -> list[Shown]:
    """Every page of every topic, in words."""
    shown = []
    for language in languages or LANGUAGES:
        for topic in content.library.topics:
            for audience, step in PARTS:
                session = Session(
                    language, AT, audience=audience, stack=(MENU, Frame("information", f"{step}/{topic}"))
                )
                shown.append(render(content.catalog, present(session, content.flows, content.library), language))
    return shown


def corrections(content: Content) -> dict[str, list[Edit]]:
    """A sentence with new words in French only, another source, a hidden number, a limit that goes, one that comes."""
    library = content.library
    stood = Edited(open_database("sqlite://"), content, lambda _: None)

    def values(key: str) -> dict[str, str]:
        return dict(stood.entries[key].values)

    def left(language: str) -> Translation:
        return Translation(content.catalog.found(language, Text("topic.rights", old)), old, "2026-11-22")

    old = values(KEY)["text"]
    said = {"fr": {"text": Translation(FRENCH, NEW, "2026-12-01")}} | {
        code: {"text": left(code)} for code in ("es", "ar")
    }
    other = next(f"{topic.id}.{fact.id}" for topic in library.topics.values() for fact in topic.facts if fact.valid_to)
    return {
        KEY: [Edit(KEY, "correct", values(KEY) | {"text": NEW, "checked_on": "2026-12-01"}, values(KEY), said)],
        other: [Edit(other, "correct", values(other) | {"valid_to": "", "valid_from": "2026-01-01"}, values(other))],
        NUMBER: [
            Edit(NUMBER, "correct", values(NUMBER) | {"source": 'a "new" page, example.fr'}, values(NUMBER)),
            Edit(NUMBER, "hide"),
        ],
    }


def test_only_the_lines_of_what_changed_are_other_ones(project: Path, everything_said: Content):
    made = export(project, corrections(content(project, everything_said)))
    for name, new in made.files.items():
        if not name.endswith(".toml"):
            continue
        old = (project / name).read_text("utf-8").splitlines()
        lines = [line for line in difflib.ndiff(old, new.decode().splitlines()) if line[0] in "+-"]
        assert len(lines) <= 6, lines
        tomllib.loads(new.decode())
    assert f'+ text = "{NEW}"' in difflib.ndiff(
        (project / "dialogs/topics/rights.toml").read_text("utf-8").splitlines(),
        made.files["dialogs/topics/rights.toml"].decode().splitlines(),
    )


def test_after_export_and_restart_the_same_is_said_and_the_edit_is_known(project: Path, everything_said: Content):
    before = content(project, everything_said)
    in_force = corrections(before)
    said = screens(edited(before, in_force))
    export(project, in_force).save(project)
    compiled(project)
    after = content(project, everything_said)
    assert screens(edited(after, in_force)) == said
    assert screens(after, "en", "fr") == screens(edited(before, in_force), "en", "fr")  # a new database knows it too
    stands = Edited(open_database("sqlite://"), after, lambda _: None)
    stands.in_force = dict(in_force)
    standing = stands.standing(KEY)
    assert standing
    assert standing.flag == "in_file"
    assert export(project, in_force).files == {}


def test_translations_are_written_and_what_is_left_is_marked(project: Path, everything_said: Content):
    in_force = corrections(content(project, everything_said))
    made = export(project, in_force)
    told = {(one.path, one.fact): one.changed for one in made.written}
    assert told["locales/fr/LC_MESSAGES/messages.po", KEY] == ("text",)
    assert told["locales/es/LC_MESSAGES/messages.po", KEY] == ("stale text",)
    made.save(project)
    for language, fuzzy in (("fr", False), ("es", True), ("ar", True)):
        with (project / f"locales/{language}/LC_MESSAGES/messages.po").open("rb") as file:
            catalogue = read_po(file)
        (message,) = [m for m in catalogue if m.id == NEW]
        assert (message.context, message.fuzzy) == ("topic.rights", fuzzy)
        assert message.string
        assert not [m for m in catalogue if m.id == in_force[KEY][0].base["text"]]


def test_old_words_that_are_wrong_are_not_written(project: Path, everything_said: Content):
    in_force = corrections(content(project, everything_said))
    (first,) = in_force[KEY]
    export(project, {KEY: [replace(first, wrong=True)]}).save(project)
    with (project / "locales/es/LC_MESSAGES/messages.po").open("rb") as file:
        (message,) = [m for m in read_po(file) if m.id == NEW]
    assert (message.string, message.fuzzy) == ("", False)


# The command, as a process of its own


async def written_down(database: Database, in_force: Edits) -> None:
    async with database.begin() as tx:
        people = [await member(tx, name, "content_editor") for name in ("emil", "frida")]
        for key, made in in_force.items():
            for edit in made:
                number = await edits.make(tx, people[0], edit, edits.seen(await edits.history(tx, key)), AT)
                if not (await edits.one(tx, number)).alone:
                    await edits.decide(tx, people[1], number, "accepted", AT)


def passerelle(folder: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    settings = {"PASSERELLE_DATABASE_URL": url, "PASSERELLE_KEY_FILE": str(folder / "key")}
    return subprocess.run(
        [sys.executable, "-m", "bot", "content", *words],
        cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False,
    )  # fmt: skip


async def test_the_command_writes_into_a_folder_and_lists_it(
    tmp_path: Path, database: Database, database_url: str, everything_said: Content
):
    Keys.load(tmp_path / "key")
    await written_down(database, corrections(everything_said))
    done = passerelle(tmp_path, database_url, "export", "--to", str(tmp_path / "out"), "--json")
    assert done.returncode == 0, done.stderr
    listed = json.loads(done.stdout)
    assert {"path": "dialogs/topics/rights.toml", "fact": KEY, "changed": ["text", "checked_on"]} in listed
    assert {"path": "dialogs/helplines.toml", "fact": NUMBER, "changed": ["source", "hidden"]} in listed
    assert NEW in (tmp_path / "out/dialogs/topics/rights.toml").read_text("utf-8")
    assert "hidden = true" in (tmp_path / "out/dialogs/helplines.toml").read_text("utf-8")
    told = passerelle(tmp_path, database_url, "check", "--edited", "--json")
    assert told.returncode == 1, told.stderr
    rows = [row for row in json.loads(told.stdout) if row["kind"] == "stale_translation"]
    assert [(row["path"], row["fact"]) for row in rows] == [("dialogs/topics/rights.toml", KEY)]


async def test_what_cannot_be_written_ends_with_two(tmp_path: Path, database: Database, database_url: str):
    Keys.load(tmp_path / "key")
    (tmp_path / "out").write_text("a file, no folder", "utf-8")
    await written_down(database, {"rights.plain_no_card": [Edit("rights.plain_no_card", "hide")]})
    done = passerelle(tmp_path, database_url, "export", "--to", str(tmp_path / "out"))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "not written" in done.stderr
    done = passerelle(tmp_path, "sqlite:////nowhere/at/all.db", "export", "--to", str(tmp_path / "other"))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
