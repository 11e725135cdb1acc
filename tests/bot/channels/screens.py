"""Pictures of every kind of screen, into var/screens: `make screens`. Or only in the languages of ARGS.

Of a language that has no screens yet: the first page, as a browser in that language gets it.
"""

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.app import content
from bot.turns import Content
from dialogs.engine import Turn
from tests.bot.channels.webchat.gallery import SITE, application, pages, places
from tests.bot.channels.webchat.stage import served
from tests.bot.channels.webchat.test_screens import KINDS
from tests.conftest import BROWSER_FLAGS, BROWSERS

FOLDER = Path("var/screens")
SIZES = {"phone": (360, 640), "wide": (1280, 800)}


async def pictures(browser: Browser, said: Content, turns: dict[str, Turn], language: str) -> int:
    """Of one language, on a phone and wide, light and dark; how many."""
    has_screens = language in said.catalog.languages
    names = KINDS if has_screens else KINDS[:1]
    shown = dict(pages(said, turns, language if has_screens else SITE.default_language))
    async with served(application(shown)) as url:
        for size, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                context = await browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    base_url=url,
                )
                page = await context.new_page()
                for name in names:
                    await page.goto(f"/{name}")
                    await page.screenshot(path=FOLDER / f"{name}-{language}-{size}-{scheme}.png", full_page=True)
                await context.close()
    return len(names) * 2 * len(SIZES)


async def main(languages: list[str]) -> None:
    """All of them."""

    said, turns = content(), places()
    async with async_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = await playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS)
        made = sum([await pictures(browser, said, turns, language) for language in languages])
        await browser.close()
    print(f"{made} pictures in {FOLDER}")  # noqa: T201


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(sys.argv[1:] or ["fr", "ar", "zh", "bn"]))
