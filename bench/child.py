"""A process of our own, and what it costs: CPU and memory as the system counts them."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Child:
    """A process that runs; `ready` is the line it said it with."""

    process: Process
    ready: str

    @property
    def cpu(self) -> float:
        """User and system seconds so far, all threads."""
        return cpu_of(self.process.pid)

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return _status(self.process.pid, "VmRSS") / 1024

    @property
    def peak_megabytes(self) -> float:
        """The most resident memory it ever had."""
        return _status(self.process.pid, "VmHWM") / 1024

    async def ask(self, line: str) -> str:
        """Write a line to it, and read its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        return await _line(self.process)


@asynccontextmanager
async def running(
    arguments: list[str], says: str, folder: Path, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Child]:
    """Run `python -m …` in `folder` until a line begins with `says`, and to the end of the block.

    Without docstrings, as `make run` starts it. The caller's own settings (`PASSERELLE_*`, `.env`) do not reach it.
    """
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_") and name != "PORT"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, stdin=PIPE, stdout=PIPE, cwd=folder,
        env=ours | {"PYTHONPATH": str(ROOT), "PYTHONOPTIMIZE": "2"} | dict(settings or {}),
    )  # fmt: skip
    try:
        yield Child(process, await _until(process, says))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


def cpu_of(pid: int) -> float:
    """User and system seconds of a process so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


def family(pid: int) -> list[int]:
    """A process and those that it started."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended meanwhile
            continue
        if parent == pid:
            found.append(int(path.parent.name))
    return found


def _status(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


async def _until(process: Process, says: str) -> str:
    async with asyncio.timeout(PATIENCE_S):
        while not (line := await _line(process)).startswith(says):
            pass
        return line


async def _line(process: Process) -> str:
    assert process.stdout is not None
    line = await process.stdout.readline()
    if not line:
        raise RuntimeError("a measured process ended early; its reason is above")
    return line.decode().rstrip("\n")
