"""How long `passerelle serve` takes until it answers GET /."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bench.child import Child, running


@asynccontextmanager
async def serving(folder: Path, settings: dict[str, str]) -> AsyncIterator[tuple[Child, str]]:
    """The real server in `folder`, and the address it said."""
    async with running(["bot", "serve"], "Web chat:", folder, {"PORT": "0"} | settings) as child:
        yield child, address(child)


def address(child: Child) -> str:
    """Where a server said that it answers, without a slash at the end."""
    return child.ready.split()[-1].rstrip("/")


async def seconds_to_answer(folder: Path) -> float:
    """From the start of the process to the first page; a new `folder` makes it a first run."""
    start = time.perf_counter()
    async with serving(folder, {}) as (_, base), aiohttp.ClientSession() as client, client.get(f"{base}/") as page:
        page.raise_for_status()
        return time.perf_counter() - start
