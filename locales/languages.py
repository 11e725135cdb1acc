"""The languages that people can choose, as languages.toml lists them: cheap to read, before anything is said."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def listed(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """What is known of each language by its code, in the order of offering. The keys: languages.toml."""
    return tomllib.loads((folder / "languages.toml").read_text("utf-8"))


def of_console() -> dict[str, str]:
    """The own names, by code, of the languages that coordinators can work in."""
    return {code: entry["name"] for code, entry in listed().items() if entry.get("console")}
