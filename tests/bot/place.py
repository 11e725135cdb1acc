"""A folder on the disk of an operator, and the command line as it is typed there."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Place:
    """A folder with a database and a key, and the real command line over it. `house`: where its code is."""

    folder: Path
    house: Path = ROOT

    def run(self, *arguments: str, typed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            umask=0o022,
            cwd=self.folder,
            env={**self.settings, **settings},
        )

    @property
    def settings(self) -> dict[str, str]:
        here = {
            "PYTHONPATH": str(self.house),
            "PASSERELLE_DATABASE_URL": f"sqlite:///{self.folder}/p.db",
            "PASSERELLE_KEY_FILE": f"{self.folder}/key",
        }
        return {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")} | here


def told(done: "subprocess.CompletedProcess[str]") -> str:
    assert "Traceback" not in done.stderr
    return done.stderr
