"""Content as dated evidence from the command line: every test runs `passerelle` as a process of its own."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.press import named_in
from dialogs.helpline import EMERGENCY
from dialogs.reading import read_library
from dialogs.version import MATTERS
from locales import languages

ROOT = Path(__file__).parents[3]
HIDDEN = ("SEED", "GK", "V1-old", "V2-old")


def passerelle(*words: str, code: int = 0, root: Path = ROOT) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "content", *words], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, (done.stdout[-2000:], done.stderr[-2000:])
    assert "Traceback" not in done.stderr
    return done.stdout if code in (0, 1) else done.stderr


def rows(*words: str, code: int = 1, root: Path = ROOT) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(passerelle("check", "--json", *words, code=code, root=root))
    assert all(set(row) == {"path", "line", "kind", "fact"} for row in told)
    return told


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project in a folder of its own, with nothing that must be looked at on 24 November 2026."""
    for room in ("bot", "dialogs", "locales"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for room in ("nlu", "services"):
        (tmp_path / room).symlink_to(ROOT / room)
    for path in (tmp_path / "dialogs").rglob("*.toml"):
        text = re.sub(rf'status = "(?:{"|".join(HIDDEN)})"', 'status = "V2"', path.read_text("utf-8"))
        text = re.sub(r'source = "to be verified[^"]*"', 'source = "example.fr"', text)
        path.write_text(re.sub(r'source = "([^"]*)"', _without_press, text), "utf-8")
    listed = tmp_path / "locales" / "languages.toml"
    listed.write_text(listed.read_text("utf-8").replace('state = "required"', 'state = "partial"'), "utf-8")
    return tmp_path


def _without_press(line: re.Match[str]) -> str:
    return 'source = "example.fr"' if named_in(line[1]) else line[0]


def spoil(root: Path, name: str, old: str, new: str) -> int:
    """Change the first place of a file; the line where it stood."""
    path = root / "dialogs" / name
    before, found, after = path.read_text("utf-8").partition(old)
    assert found
    path.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def test_what_is_not_verified_is_listed_at_its_line():
    unverified = [row for row in rows("--on", "2026-11-24") if row["kind"] == "unverified"]
    assert unverified
    for row in unverified:
        line = (ROOT / row["path"]).read_text("utf-8").splitlines()[row["line"] - 1]
        assert line.startswith("status = ")
        assert line.split('"')[1] in HIDDEN


def test_what_was_read_in_the_press_is_listed_at_its_source():
    told = [row for row in rows("--on", "2026-11-24") if row["kind"] == "press"]
    assert told
    for row in told:
        line = (ROOT / row["path"]).read_text("utf-8").splitlines()[row["line"] - 1]
        assert line.startswith("source = ")
        assert named_in(line)
    assert "network.greta" not in {row["fact"] for row in told}, "a report of the Council of Europe is none"


def test_a_source_is_the_press_by_its_whole_name():
    assert named_in("lasexta.com, 2022; evangelicalfocus.com, 2023-07-10") == ("lasexta.com", "evangelicalfocus.com")
    assert named_in("Code de procédure pénale, art. 706-3 (actu-juridique.fr)") == ("actu-juridique.fr",)
    assert named_in("service-public.fr, F33954; expression.fr") == ()


def test_when_nothing_is_to_be_looked_at_it_says_so(copy: Path):
    assert rows("--on", "2026-11-24", code=0, root=copy) == []
    assert "Every fact is verified" in passerelle("check", "--on", "2026-11-24", root=copy)


def test_a_service_is_stale_after_half_a_year_and_the_law_after_a_year(copy: Path):
    summer = {row["fact"] for row in rows("--on", "2027-06-15", root=copy)}
    assert "residence_permit.plain_eu" in summer  # read on a page of the administration
    assert "definition.elements" not in summer
    winter = {row["fact"] for row in rows("--on", "2027-12-15", root=copy)}
    assert "definition.elements" in winter
    of_itself = [fact for fact in read_library().topics["privacy"].facts if fact.source.startswith("Passerelle, ")]
    assert of_itself  # what the assistant says of itself changes with the assistant
    assert not {f"privacy.{fact.id}" for fact in of_itself} & winter


def test_emergency_numbers_never_grow_stale(copy: Path):
    stale = {row["fact"] for row in rows("--on", "2040-01-01", root=copy) if row["kind"] == "stale"}
    permanent = {line.id for line in read_library().helplines.values() if line.number in EMERGENCY}
    assert "helplines.child_119" in stale
    assert not {f"helplines.{name}" for name in permanent} & stale


def test_a_fact_that_lost_its_source_is_found(copy: Path):
    line = spoil(copy, "topics/rights.toml", 'source = "', '# "')
    told = rows("--on", "2026-11-24", root=copy)
    assert {row["kind"] for row in told} == {"sourceless"}
    assert all(row["path"] == "dialogs/topics/rights.toml" and abs(row["line"] - line) < 8 for row in told)
    assert all(row["fact"].startswith("rights.") for row in told)


def test_a_sentence_that_is_in_no_catalogue_is_found(copy: Path):
    listed = copy / "locales" / "languages.toml"
    spoil_at = listed.read_text("utf-8").replace('state = "partial"', 'state = "required"', 1)
    listed.write_text(spoil_at, "utf-8")
    assert rows("--on", "2026-11-24", code=0, root=copy) == []
    line = spoil(copy, "topics/network.toml", 'text = "', 'text = "New words. ')
    told = rows("--on", "2026-11-24", root=copy)
    assert [(row["path"], row["line"], row["kind"]) for row in told] == [
        ("dialogs/topics/network.toml", line, "untranslated")
    ]


def test_what_the_reading_refuses_is_listed_too(copy: Path):
    line = spoil(copy, "topics/shelter.toml", 'checked_on = "2026-', 'checked_on = "22/')
    told = rows("--on", "2026-11-24", root=copy)
    assert [(row["path"], row["line"], row["kind"]) for row in told] == [
        ("dialogs/topics/shelter.toml", line, "malformed")
    ]


def test_for_people_the_list_is_grouped_and_names_the_languages():
    told = passerelle("check", "--on", "2028-06-01", code=1)
    assert re.search(r"^Not verified, so not shown: \d+$", told, re.MULTILINE)
    assert re.search(r"^Read too long ago.*: \d+$", told, re.MULTILINE)
    assert re.search(r"^  dialogs/topics/\w+\.toml:\d+  \w+\.\w+", told, re.MULTILINE)


def test_how_easy_pages_read_is_told_and_is_no_gate():
    told = passerelle("check", "--readability")
    parts = dict(
        zip(
            re.findall(r"^(\w\w): ", told, re.MULTILINE),
            re.split(r"^\w\w: ", told, flags=re.MULTILINE)[1:],
            strict=True,
        )
    )
    assert set(parts) == set(languages.listed())
    assert "Flesch" in parts["en"]
    assert "Kandel-Moles" in parts["fr"]
    assert "Fernández Huerta" in parts["es"]
    assert "no formula" in parts["ar"]
    assert "ease" not in parts["ar"]
    eases = [int(score) for score in re.findall(r"ease +(-?\d+)", parts["en"])]
    assert len(eases) == len(read_library().topics_for("plain"))
    assert min(eases) > 40


@pytest.mark.parametrize(
    ("day", "said", "never"),
    [
        ("2002-06-01", ["There is no offence of this name yet"], ["225-4-1 (law"]),
        ("2004-06-01", ["in exchange for a payment", "third party", "autorisation provisoire de séjour"], ["R.316-2"]),
        ("2008-06-01", ["adds disposal to oneself", "L.316-1", "R.316-2"], ["2013-711", "L.425-1"]),
        (
            "2014-01-01",
            ["2013-711", "one of four means", "may be given", "R.316-2", "no exit path"],
            ["L.425-1", "2016-11"],
        ),
        ("2016-07-01", ["2013-711", "The exit path exists", "nothing is known here"], ["L.425-1"]),
        ("2018-01-01", ["is given", "of right"], ['may be given ("peut être', "L.425-1"]),
        ("2008-01-01", ["the purposes are those of 2003", "only means, for a minor too"], ["four means"]),
        ("2023-06-01", ["There is no such card yet"], ["from 2024-01-28 on"]),
        ("2026-11-24", ["L.425-1", "L.425-3", "R.425-1", "L.425-4", "L.425-11"], ["L.316-1", "nothing is known here"]),
    ],
)
def test_the_law_as_it_stood(day: str, said: list[str], never: list[str]):
    told = passerelle("asof", day)
    assert not [part for part in said if part not in told], told
    assert not [part for part in never if part in told], told


def test_where_nothing_is_known_for_a_day_it_says_so():
    assert "For this day nothing is known here." in passerelle("asof", "2014-01-01")
    told = json.loads(passerelle("asof", "2014-01-01", "--json"))
    assert set(told) == set(MATTERS)
    assert told["housing"] == []
    assert [version["id"] for version in told["definition"]] == ["definition_2013"]


def test_at_most_one_state_of_a_matter_stands_on_a_day():
    for day in (
        "2003-03-17",
        "2003-03-18",
        "2007-11-19",
        "2007-11-20",
        "2013-08-05",
        "2021-04-30",
        "2024-01-27",
        "2024-01-28",
    ):
        told = json.loads(passerelle("asof", day, "--json"))
        assert all(len(versions) <= 1 for versions in told.values()), day


def test_a_day_that_is_none_is_refused():
    for words in (("asof", "yesterday"), ("asof", "2014-02-30"), ("check", "--on", "14/01/2014")):
        said = passerelle(*words, code=2)
        assert f"{words[-1]!r} is no day; write it like 2014-01-31" in said
