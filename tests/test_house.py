"""The house keeps its own rules: directions of import, sizes, settings and what never goes into a file."""

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import AliasChoices

from bot.config import Settings

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "dialogs", "locales", "nlu", "services")
WORKSHOP = {  # for those who change examples
    "nlu/copies.py": {"scipy"},
    "nlu/train.py": {"scipy", "sklearn"},
    "nlu/train_danger.py": {"sklearn"},
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
RASA_LOCK = "nlu/rasa/requirements.lock"
NODE_LOCK = "bench/node/package-lock.json"

MOST_LINES, MEDIAN_LINES = 400, 100
MOST_FUNCTION_LINES, P90_FUNCTION_LINES, MEDIAN_FUNCTION_LINES = 50, 25, 6


def modules() -> list[Path]:
    """Every module of the rooms; migrations are records of what was done, not code that is read."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in found if "versions" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length of each function, decorators and docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            docstring = node.body[0] if ast.get_docstring(node) else None
            words = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
            yield f"{name(path)}:{node.name}", node.end_lineno - node.lineno + 1 - words


def imports(path: Path) -> Iterator[str]:
    """The top-level package of each import."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def tracked() -> list[Path]:
    """Every file that is, or could be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    paths = (ROOT / line for line in listed.split("\0") if line)
    return [path for path in paths if path.is_file()]


# Directions of import


def test_the_import_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("path", [p for p in modules() if p.is_relative_to(ROOT / "dialogs")], ids=name)
def test_the_engine_stands_on_the_standard_library(path: Path):
    assert {package for package in imports(path) if package not in sys.stdlib_module_names} <= {"dialogs"}


def test_telegram_is_known_to_its_own_channel_only():
    knowing = {name(path) for path in modules() if "telegram" in imports(path)}
    assert all(path.startswith("bot/channels/telegram") for path in knowing), knowing


def test_what_is_imported_is_declared():
    declared = {canonicalize_name(Requirement(line).name) for line in PROJECT["project"]["dependencies"]}
    owners = packages_distributions()
    for path in modules():
        for package in set(imports(path)) - sys.stdlib_module_names - set(ROOMS) - WORKSHOP.get(name(path), set()):
            owner = {canonicalize_name(owner) for owner in owners.get(package, [])}
            assert owner & declared, f"{name(path)} imports {package}, which pyproject.toml does not declare"


# Sizes


def test_files_are_short():
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    long = {path: count for path, count in lines.items() if count > MOST_LINES}
    assert not long
    assert statistics.median(count for count in lines.values() if count > 2) <= MEDIAN_LINES


def test_functions_are_short():
    lengths = dict(pair for path in modules() for pair in functions(path))
    long = {function: count for function, count in lengths.items() if count > MOST_FUNCTION_LINES}
    assert not long
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= P90_FUNCTION_LINES
    assert statistics.median(lengths.values()) <= MEDIAN_FUNCTION_LINES


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_module_says_what_it_is(path: Path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


# Settings


def setting_names() -> Iterator[str]:
    """Every environment variable that is read."""
    prefix = str(Settings.model_config.get("env_prefix", ""))
    for field, info in Settings.model_fields.items():
        match info.validation_alias:
            case AliasChoices(choices=choices):
                yield from (str(choice) for choice in choices)
            case str(alias):
                yield alias
            case _:
                yield (prefix + field).upper()


@pytest.mark.parametrize("setting", sorted(setting_names()))
def test_every_setting_is_explained(setting: str):
    assert f"`{setting}`" in (ROOT / "README.md").read_text("utf-8")


def test_the_example_of_settings_names_only_settings():
    example = (ROOT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^#? ?([A-Z_]+)=", example, re.MULTILINE)) <= set(setting_names())


def test_the_newest_entry_of_the_changelog_is_this_version():
    entry = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert entry
    assert entry[1] == PROJECT["project"]["version"]


# The lock


@pytest.mark.parametrize("lock", [*LOCKS, RASA_LOCK])
def test_the_lock_holds_names_and_hashes_and_no_addresses(lock: str):
    line = re.compile(r"[a-z0-9-]+==[\w.+!]+( ; [^\\:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    strange = [text for text in (ROOT / lock).read_text("utf-8").splitlines() if not line.fullmatch(text)]
    assert not strange


def test_the_lock_of_the_looking_glass_holds_hashes_and_no_addresses():
    text = (ROOT / NODE_LOCK).read_text("utf-8")
    packages = [package for path, package in json.loads(text)["packages"].items() if path]
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert "://" not in text


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_fits_what_is_declared(lock: str):
    pins = dict(re.findall(r"^([a-z0-9-]+)==([\w.+!]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
    if lock == "requirements-dev.lock":
        wanted += PROJECT["dependency-groups"]["dev"]
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_the_tests_run_on_what_the_assistant_runs_on():
    runtime, dev = (set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS)
    assert runtime <= dev


# What never goes into a file


def test_no_file_names_a_place_of_this_machine():
    places = {f"{place}/" for place in (ROOT, Path.home(), Path(sys.base_prefix)) if len(place.parts) > 1}
    for path in tracked():
        words = path.read_bytes().decode("utf-8", errors="ignore")
        assert not [place for place in places if place in words], f"{name(path)} names a folder of this machine"


def test_every_folder_with_its_own_words_is_in_the_map():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"`{room}/`" in readme for room in ROOMS)


def test_each_decision_has_a_number_of_its_own():
    titles = {path.name: path.read_text("utf-8") for path in (ROOT / "docs/decisions").glob("*.md")}
    numbers = [int(found[1]) for found in (re.match(r"# (\d+)\. ", text) for text in titles.values()) if found]
    assert sorted(numbers) == list(range(1, len(titles) + 1))
    assert all(text.startswith(f"# {int(name[:4])}. ") for name, text in titles.items())
