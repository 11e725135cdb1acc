"""Lighthouse on the web chat's pages: `make lighthouse`. It brings its own browser rules, so it is a bench and no gate.

Node's packages are in none of our lock files: axe stands in the tests for what must hold (test_webchat_screens.py).
"""

import asyncio
import json
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL
from collections.abc import Iterable
from pathlib import Path

from bench.start import serving
from bench.web import Talker, jar

LIGHTHOUSE = "lighthouse@13.5.0"
AIMS = ("performance", "accessibility", "best-practices")
LANGUAGES = ("fr", "ar")
WAYS = {"menu": ("person",), "numbers": ("person", "numbers"), "danger": ("sos",)}
BROWSER = "--headless=new --no-sandbox --disable-gpu --lang="


async def scores(url: str, language: str, folder: Path, cookie: str = "") -> dict[str, float]:
    """Of 100, by category, as the tool's mobile setting sees a page. Raises FileNotFoundError without npx."""
    told = folder / "told.json"
    headers = json.dumps({"Accept-Language": language} | ({"Cookie": f"s={cookie}"} if cookie else {}))
    process = await asyncio.create_subprocess_exec(
        "npx", "--yes", LIGHTHOUSE, url, f"--only-categories={','.join(AIMS)}", "--output=json", "--quiet",
        f"--output-path={told}", f"--extra-headers={headers}", f"--chrome-flags={BROWSER}{language}",
        stdout=DEVNULL, stderr=DEVNULL,
    )  # fmt: skip
    await process.wait()
    found = json.loads(await asyncio.to_thread(told.read_text, "utf-8"))["categories"]
    return {aim: 100 * float(found[aim]["score"] or 0) for aim in AIMS}


async def at(url: str, language: str, choices: Iterable[str]) -> str:
    """The cookie of somebody who tapped these choices."""
    async with jar() as session:
        talker = Talker(session, url)
        await talker.look()
        for choice in (language, *choices):
            await talker.tap(choice)
        return next(cookie.value for cookie in session.cookie_jar)


async def measure() -> None:
    """Each page in each language, a line for each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with serving(folder, {}) as (_, base):
            url = base + "/"
            for language in LANGUAGES:
                _tell("first page", language, await scores(url, language, folder))
                _tell("safety and settings", language, await scores(f"{base}/more", language, folder))
                for way, choices in WAYS.items():
                    cookie = await at(url, language, choices)
                    _tell(way, language, await scores(url, language, folder, cookie))


def _tell(page: str, language: str, found: dict[str, float]) -> None:
    print(f"{page} ({language}):", ", ".join(f"{aim} {score:.0f}" for aim, score in found.items()), flush=True)


if __name__ == "__main__":
    if shutil.which("npx") is None:
        sys.exit("Lighthouse needs Node with npm, which is not here.")
    asyncio.run(measure())
