"""Lighthouse on the web chat's pages: `make lighthouse`. Ends with an error where a score is less than it must be.

The best of five tries counts: a busy machine makes a page slow, and never fast. ARGS: languages, and `least`: to look
no more once the least is reached.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.looking import Seen, looked
from bench.start import serving
from bench.web import Talker, jar

TRIES = 5
LEAST = {
    "performance": 90,
    "accessibility": 100,
    "best-practices": 100,
}  # of long pages beside other work; 100 on a quiet machine
LANGUAGES = ("fr", "ar")
FULL = dict.fromkeys(LEAST, 100)
WAYS = {"menu": ("person",), "numbers": ("person", "numbers"), "danger": ("sos",)}


async def at(url: str, language: str, choices: Iterable[str], path: str = "") -> str:
    """The cookie of somebody who tapped these choices, and then opened the page at a path."""
    async with jar() as session:
        talker = Talker(session, url)
        await talker.look()
        for choice in (language, *choices):
            await talker.tap(choice)
        if path:
            await talker.tap("open", path)
        return next(cookie.value for cookie in session.cookie_jar)


async def pages(base: str, languages: Iterable[str]) -> list[Seen]:
    """The first page, safety and settings, and pages within a conversation, in each language."""
    seen = []
    for language in languages:
        headers = {"Accept-Language": language}
        seen.append(Seen(f"first page ({language})", f"{base}/", headers))
        settings = await at(f"{base}/", language, (), "more")
        seen.append(Seen(f"safety and settings ({language})", f"{base}/", headers | {"Cookie": f"s={settings}"}))
        for way, choices in WAYS.items():
            cookie = await at(f"{base}/", language, choices)
            seen.append(Seen(f"{way} ({language})", f"{base}/", headers | {"Cookie": f"s={cookie}"}))
    return seen


async def held(seen: Iterable[Seen], enough: Mapping[str, int]) -> bool:
    """A line for each page, looked at again while it has less than `enough`; whether all have that."""
    whole = True
    async for told in looked("lighthouse", seen, tries=TRIES, enough=enough):
        found = told["found"]
        whole = whole and all(found[aim] >= least for aim, least in enough.items())
        why = "" if min(found.values()) == 100 else f" ({', '.join(told['failed'])})"
        print(f"{told['name']}:", ", ".join(f"{aim} {score}" for aim, score in found.items()) + why, flush=True)
    return whole


async def measure(languages: Iterable[str], enough: Mapping[str, int]) -> bool:
    """The real server's pages; whether all have what is enough."""
    with tempfile.TemporaryDirectory() as name:
        async with serving(Path(name), {}) as (_, base):
            return await held(await pages(base, languages), enough)


if __name__ == "__main__":
    spoken = [word for word in sys.argv[1:] if word != "least"]
    sys.exit(not asyncio.run(measure(spoken or LANGUAGES, LEAST if "least" in sys.argv else FULL)))
