"""The web chat measured as people meet it: weight, the server's first turn, leaving, a slow network, a flood.

`python -m bench.web [--json]`. Each figure is the median of some tries; nothing fails on a figure.
"""

import argparse
import asyncio
import gzip
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
from playwright.async_api import Browser, CDPSession, Page, Route, async_playwright

from bench.start import serving

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
TRIES, TALKERS, FLOOD_S = 60, 6, 8.0
SLOW = {"offline": False, "latency": 2000, "downloadThroughput": 2500, "uploadThroughput": 2500}  # 20 kbit/s
ESCAPES = """() => new Promise(done => {
    const begun = performance.now();
    for (const _ of "123") dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""
PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0"""


async def first_page_bytes(url: str) -> dict[str, float]:
    """What a browser loads for the first page, compressed, without headers."""
    async with aiohttp.ClientSession(headers={"Accept-Encoding": "gzip"}) as session:
        async with session.get(url) as answer:
            page = await answer.text()
        sizes = {"page": len(gzip.compress(page.encode()))}
        for path in re.findall(r'"(/web/[^"]+)"', page):
            async with session.get(url + path) as answer:
                sizes[path.rpartition(".")[2]] = len(gzip.compress(await answer.read(), mtime=0))
    return {"first page, all it loads, bytes": sum(sizes.values()), "script, bytes": sizes["js"]}


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1000


class Talker:
    """Somebody in a conversation, without scripts."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        """Has opened nothing yet."""
        self._session, self._url, self._fields = session, url, dict[str, str]()

    async def look(self) -> None:
        """GET the present page."""
        async with self._session.get(self._url) as answer:
            self._fields = dict(HIDDEN.findall(await answer.text()))

    async def tap(self, choice: str, path: str = "") -> None:
        """One answer, and the page that comes of it."""
        async with self._session.post(self._url + path, data={**self._fields, "choice": choice}) as answer:
            self._fields = dict(HIDDEN.findall(await answer.text()))


def jar() -> aiohttp.ClientSession:
    """A browser's worth of cookies."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def first_turns(url: str) -> dict[str, float]:
    """The first page, and the first answer with its way on, at the server over loopback."""
    looks, taps = [], []
    for _ in range(TRIES // 2):
        async with jar() as session:
            talker = Talker(session, url)
            looks.append(await timed(talker.look))
            taps.append(await timed(lambda talker=talker: talker.tap("fr")))  # type: ignore[misc]
            await asyncio.sleep(0.25)  # new conversations are few a second
    return {"first page, ms": statistics.median(looks), "first answer and its page, ms": statistics.median(taps)}


async def talking(url: str, seconds: float) -> list[float]:
    """Each of a few people taps now and then; milliseconds of each answer."""

    async def one() -> list[float]:
        took: list[float] = []
        async with jar() as session:
            talker = Talker(session, url)
            await talker.look()
            await talker.tap("fr")
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                for choice in ("person", "menu"):
                    took.append(await timed(lambda choice=choice: talker.tap(choice)))  # type: ignore[misc]
                    await asyncio.sleep(0.5)
        return took

    return [took for found in await asyncio.gather(*(one() for _ in range(TALKERS))) for took in found]


async def flood(url: str, seconds: float) -> None:
    """Visitors without number, from another process: first pages and first answers."""
    until, count = time.perf_counter() + seconds, 0

    async def one(session: aiohttp.ClientSession) -> None:
        nonlocal count
        while time.perf_counter() < until:
            async with session.get(url) as answer:
                fields = dict(HIDDEN.findall(await answer.text()))
            async with session.post(url, data={**fields, "choice": "fr"}, allow_redirects=False) as answer:
                await answer.read()
            count += 2

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(one(session) for _ in range(50)))
    print(count / seconds)


async def under_flood(url: str) -> dict[str, float]:
    """How long an answer takes to who is in a conversation, alone and while visitors flood in."""
    alone = await talking(url, FLOOD_S / 2)
    begun = asyncio.create_task(talking(url, FLOOD_S))
    await asyncio.sleep(1)
    arguments = (sys.executable, "-m", "bench.web", "--flood", url)
    process = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
    flooded = await begun
    told, _ = await process.communicate()
    return {
        "answer in a conversation, alone, ms": statistics.median(alone),
        "answer in a conversation, in a flood, ms": statistics.median(flooded),
        "… the slowest in twenty, ms": statistics.quantiles(flooded, n=20)[-1],
        "the flood, requests a second": float(told),
    }


async def _session(page: Page) -> CDPSession:
    session = await page.context.new_cdp_session(page)
    await session.send("Network.enable")
    return session


async def leaving(browser: Browser, url: str) -> dict[str, float]:
    """From the third Escape to the frame that shows nothing, on a processor six times slower."""
    took = []
    for _ in range(7):
        context = await browser.new_context(viewport={"width": 320, "height": 568})
        page = await context.new_page()
        held: list[Route] = []
        await page.route("**/*wikipedia.org/**", held.append)  # the other site does not come yet
        await page.goto(url)
        await page.click("button[value=fr]")
        await page.wait_for_selector("button[value=person]")
        await (await _session(page)).send("Emulation.setCPUThrottlingRate", {"rate": 6})
        took.append(await page.evaluate(ESCAPES))
        for route in held:
            await route.abort()
        await context.close()
    return {"leaving: nothing visible after, ms": statistics.median(took)}


async def slow(browser: Browser, url: str, *, scripts: bool) -> dict[str, float]:
    """At 20 kbit/s with two seconds of latency: the first page, and an answer."""
    context = await browser.new_context(viewport={"width": 320, "height": 568}, java_script_enabled=scripts)
    page = await context.new_page()
    await (await _session(page)).send("Network.emulateNetworkConditions", SLOW)
    opened = await timed(lambda: page.goto(url, wait_until="commit"))
    await page.wait_for_selector("button[value=fr]")
    begun = time.perf_counter()
    await page.click("button[value=fr]", no_wait_after=True)
    await page.wait_for_selector("button[value=person]", timeout=60_000)
    answered = time.perf_counter() - begun
    painted = await page.evaluate(PAINTED) / 1000 if scripts else opened / 1000
    await context.close()
    kind = "scripts" if scripts else "no scripts"
    told = "first page to be read" if scripts else "first page begins to come"
    return {f"20 kbit/s, 2 s, {kind}: {told}, s": painted, f"20 kbit/s, 2 s, {kind}: an answer, s": answered}


async def measure() -> dict[str, float]:
    """Everything, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder), {}) as (_, base):
            url = base + "/"
            found = await first_page_bytes(base) | await first_turns(url)
            path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
                found |= await leaving(browser, url)
                for scripts in (True, False):
                    found |= await slow(browser, url, scripts=scripts)
                await browser.close()
            return found | await under_flood(url)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.web", description="The web chat as people meet it.")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("--flood", metavar="URL", help="only flood an address, for some seconds: one of ours")
    options = parser.parse_args()
    if options.flood:
        asyncio.run(flood(options.flood, FLOOD_S - 2))
        return 0
    found = asyncio.run(measure())
    lines = (f"{value:12,.1f}  {name}" for name, value in found.items())
    print(json.dumps(found, ensure_ascii=False) if options.json else "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
