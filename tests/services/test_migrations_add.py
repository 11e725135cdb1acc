"""An older version goes on beside the newer tables: later migrations only add, or the changelog says stop."""

import ast
from pathlib import Path

import pytest

from services.migrations import versions

FOLDER = Path(next(iter(versions.__path__)))
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"
FIRST_RELEASE = "0016"
"""Up to here nobody ran an older version; docs/operations.md says so."""
ADDS = ("create_table", "create_index", "add_column", "f", "get_bind")
TAKES = ("drop ", "rename ", "update ", "delete ", "alter ", "truncate ", "not null")


def calls(path: Path) -> list[ast.Call]:
    """What a migration does on the way up."""
    up = next(
        one
        for one in ast.parse(path.read_text("utf-8")).body
        if isinstance(one, ast.FunctionDef) and one.name == "upgrade"
    )
    return [one for one in ast.walk(up) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]


def only_adds(path: Path) -> bool:
    """Whether a version that does not know of this migration misses nothing. Its functions in SQL touch no old rows."""
    words = path.read_text("utf-8")
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        of_op = isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "op"
        if of_op and name == "execute" and any(take in _sql(call, words).lower() for take in TAKES):
            return False
        if of_op and name not in (*ADDS, "execute"):
            return False
        if of_op and name == "add_column" and not _left_out(call):
            return False
    return True


def _sql(call: ast.Call, words: str) -> str:
    """The statement, as far as it stands in the file, but not what a function in it will do later."""
    told = ast.unparse(call)
    named = [one for one in ast.walk(call) if isinstance(one, ast.Name) and one.id.isupper()]
    for one in named:
        told += words.partition(f'{one.id} = """')[2].partition('"""')[0].partition("$$")[0]
    return told


def _left_out(call: ast.Call) -> bool:
    """Whether a new column may be left out by who does not know it."""
    told = ast.unparse(call)
    return "server_default" in told or "nullable=True" in told


def later() -> list[Path]:
    return [path for path in sorted(FOLDER.glob("v*.py")) if path.name[1:5] > FIRST_RELEASE]


@pytest.mark.parametrize("path", [*later(), FOLDER / "v0015_receipts.py"], ids=lambda path: path.stem)
def test_a_migration_only_adds_or_the_changelog_says_that_all_processes_stop_first(path: Path):
    assert only_adds(path) or f"stop every process before migration {path.name[1:5]}" in CHANGELOG.read_text("utf-8")


def test_a_migration_that_changes_what_is_there_is_found():
    assert not only_adds(FOLDER / "v0008_the_referrals_life.py")
