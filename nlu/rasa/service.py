"""Sets up Rasa's own environment, trains it and starts it on loopback: `make rasa`."""

import argparse
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nlu.rasa.material import EACH, material

HERE = Path(__file__).parent
LOCK, CONFIG, DOMAIN = HERE / "requirements.lock", HERE / "config.yml", HERE / "domain.yml"
NO_CHANNEL = HERE / "credentials.yml"
PORT = 5005
# The token comes in the environment: everybody on the machine can read a command's arguments.
START = """
import os, sys
sys.argv += ["--auth-token", os.environ.pop("RASA_TOKEN")]
from rasa.__main__ import main
main()
"""


def home() -> Path:
    """Where environment, models and token lie: outside the clone, so that they outlast it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("PASSERELLE_RASA_HOME") or cache / "passerelle-rasa").absolute()


@dataclass(frozen=True, slots=True)
class Service:
    """A Rasa server of our own in a folder."""

    folder: Path

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.folder / "env" / "bin" / "python"

    @property
    def ready(self) -> bool:
        """Whether the environment is there, and as the lock says."""
        mark = self.folder / "env" / "locked"
        return mark.is_file() and mark.read_text("utf-8") == _digest(LOCK.read_text("utf-8"))

    def install(self) -> None:
        """Make the environment, each file checked against its hash. Raises LookupError without a fitting Python."""
        found = _python(self.folder)
        print(f"Installing Rasa for {found} (once; 2.6 GB, some minutes) ...", flush=True)
        _run([found, "-m", "venv", "--clear", str(self.folder / "env")])
        # The lock is whole, so nothing is resolved; and the Python that is too new for Rasa's label is our choice.
        asked = ["--no-deps", "--ignore-requires-python", "--require-hashes", "-r", str(LOCK)]
        _run([str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q", *asked])
        (self.folder / "env" / "locked").write_text(_digest(LOCK.read_text("utf-8")), "utf-8")

    def trained(self, each: int = EACH) -> Path:
        """The model of the present examples; trained unless it is there."""
        taught = material(each)
        model = self.folder / "models" / f"{_digest(taught + CONFIG.read_text('utf-8'))}.tar.gz"
        if model.exists():
            return model
        print("Training Rasa ...", flush=True)
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            (Path(place) / "nlu.yml").write_text(taught, "utf-8")
            files = ["--nlu", "nlu.yml", "--config", str(CONFIG), "--domain", str(DOMAIN)]
            words = ["-m", "rasa", "train", "nlu", *files, "--out", "out", "--fixed-model-name", "new"]
            _run([str(self.python), *words], cwd=place, env=self._surroundings(Path(place)))
            model.parent.mkdir(exist_ok=True)
            (Path(place) / "out" / "new.tar.gz").replace(model)
        return model

    def token(self) -> str:
        """What a client must know: the setting's, else one that is made once and kept in a file of ours."""
        path = self.folder / "token"
        if given := os.environ.get("PASSERELLE_RASA_TOKEN"):
            return given
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32), "ascii")
        return path.read_text("ascii")

    def command(self, model: Path, port: int) -> list[str]:
        """What starts the server."""
        return [
            *(str(self.python), "-c", START, "run", "--enable-api", "--interface", "127.0.0.1", "--port", str(port)),
            *("--model", str(model), "--credentials", str(NO_CHANNEL)),
        ]

    def surroundings(self, token: str) -> dict[str, str]:
        """The environment to start the server with."""
        return {**self._surroundings(self.folder), "RASA_TOKEN": token}

    def _surroundings(self, place: Path) -> dict[str, str]:
        """None of our settings and secrets; nothing reported to anybody; nothing written outside the folder."""
        return {
            "HOME": str(place),
            "LANG": "C.UTF-8",
            "LOG_LEVEL": "INFO",  # at DEBUG, Rasa writes messages down
            "PATH": os.defpath,
            "PYTHONWARNINGS": "ignore",
            "RASA_CACHE_DIRECTORY": str(place / "cache"),
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _run(words: list[str], cwd: str | None = None, env: dict[str, str] | None = None) -> None:
    subprocess.run(words, cwd=cwd, env=env, check=True)


def _python(folder: Path) -> str:
    """A Python 3.10, fetched if need be; else 3.11, on which Rasa works though its makers do not support it."""
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    near = ["python3.10", *map(str, sorted(versions.glob("3.10.*/bin/python3.10")))]
    found = _working(near, "3.10") or _working(_fetched(folder), "3.10")
    if found := found or _working([sys.executable, "python3.11"], "3.11"):
        return found
    raise LookupError("Rasa needs Python 3.10: none was found, and none could be fetched")


def _working(names: list[str], version: str) -> str | None:
    ask = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    for path in filter(None, map(shutil.which, names)):
        told = subprocess.run([path, "-c", ask], capture_output=True, text=True, check=False)
        if told.returncode == 0 and told.stdout.strip() == version:
            return path
    return None


def _fetched(folder: Path) -> list[str]:
    """A Python 3.10 that uv has for this machine, if it can be reached."""
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q", "uv"]
        subprocess.run(pip, check=False)
    if uv.exists():
        where = str(folder / "python")
        subprocess.run([uv, "python", "install", "-q", "--install-dir", where, "3.10"], check=False)
    return [str(path) for path in folder.glob("python/*/bin/python3.10")]


def main() -> None:
    """Make what is missing, then become the server."""
    parser = argparse.ArgumentParser("python -m nlu.rasa.service", description="Rasa 3.6 for Passerelle.")
    parser.add_argument("--prepare", action="store_true", help="only set up and train")
    parser.add_argument("--each", type=int, default=EACH, help="so many examples of an intent in a language")
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args()
    service = Service(home())
    service.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not service.ready:
        service.install()
    model, token = service.trained(options.each), service.token()
    if options.prepare:
        return
    print("Start the assistant with PASSERELLE_NLU=rasa and PASSERELLE_RASA_TOKEN:", service.folder / "token")
    print("Stop with Ctrl+C.", flush=True)
    os.chdir(service.folder)
    command = service.command(model, options.port)
    os.execve(command[0], command, service.surroundings(token))  # noqa: S606 (that is what it is for)


if __name__ == "__main__":
    main()
