"""Real processes of `passerelle serve`, on ports that are free."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Place:
    """Where processes run: a folder, the address of their database, their key file."""

    folder: Path
    database: str
    key: Path

    @property
    def settings(self) -> dict[str, str]:
        others = {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")}
        here = {"PYTHONPATH": str(ROOT), "PASSERELLE_DATABASE_URL": self.database, "PASSERELLE_KEY_FILE": str(self.key)}
        return others | here

    def run(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "bot", *arguments]
        subprocess.run(command, cwd=self.folder, env=self.settings, check=True, capture_output=True)


@contextmanager
def serving(place: Place, **settings: str) -> Iterator[tuple[str, Any]]:
    """One process, its address and itself; it is killed at the end, if nothing else ended it."""
    given = place.settings | {"PASSERELLE_PORT": "0", "PASSERELLE_PRINT_LINK": "false"} | settings
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(command, cwd=place.folder, env=given, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[-1].rstrip("/"), process
        finally:
            process.kill()
