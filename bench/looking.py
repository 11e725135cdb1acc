"""Tools of Node that look at pages from outside, Lighthouse and pa11y, in the versions of bench/node's lock file."""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import playwright

FOLDER = Path(__file__).parent / "node"
NODE = Path(playwright.__file__).parent / "driver" / "node"  # newer than what systems have
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LONGEST = 4 * 1024 * 1024  # bytes that are told of one page


@dataclass(frozen=True, slots=True)
class Seen:
    """A page to look at, and what a browser sends when it asks for it."""

    name: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


async def looked(tool: str, pages: Iterable[Seen], **more: object) -> AsyncIterator[dict[str, Any]]:
    """What a tool ("pa11y", "lighthouse") tells of each page. Raises RuntimeError when it stops short."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    process = await asyncio.create_subprocess_exec(
        str(NODE), f"{tool}.mjs", cwd=FOLDER, stdin=PIPE, stdout=PIPE, limit=LONGEST
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asked = {"browser": browser, "pages": [asdict(page) for page in pages]} | more
    process.stdin.write(json.dumps(asked).encode())
    process.stdin.close()
    async for line in process.stdout:
        yield json.loads(line)
    if await process.wait() != 0:
        raise RuntimeError(tool)
