"""From the first page to the coordination's answer with the keyboard alone, and the network cut in the middle."""

import time
from collections.abc import AsyncIterator
from functools import partial

import pytest
from playwright.async_api import Browser, Page

from bot.channels import webchat_live
from bot.channels.webchat import webchat
from bot.channels.webchat_site import Site
from bot.live import Live
from bot.render import emergency
from bot.turns import Content, Host
from services import acts, messages, queue
from services.database import Database
from services.keys import Keys
from services.rights import Opened
from tests.bot.channels.test_webchat_whole import ASKING
from tests.bot.channels.webchat_browser import phone
from tests.bot.channels.webchat_stage import served
from tests.bot.stage import coordinator

FOCUS = "selector => document.activeElement.matches(selector)"
FAR = 80  # stops of the Tab key


@pytest.fixture
async def opened(database: Database, keys: Keys) -> Opened:
    return await coordinator(database, keys)


@pytest.fixture
async def url(
    host: Host, everything_said: Content, database: Database, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    monkeypatch.setattr(webchat_live, "LOOK_S", 0.05)
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    site, live = Site(key=b"k" * 32), Live(database, keys)
    async with served(webchat(host, site, everything_said.catalog, numbers, live=live)) as address:
        yield address


async def reach(page: Page, selector: str) -> None:
    """By the Tab key alone."""
    for _ in range(FAR):
        if await page.evaluate(FOCUS, selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


async def enter(page: Page, selector: str) -> None:
    """Reach it, press Enter, and wait for the page that answers."""
    key = await page.locator("[name=nonce]").first.get_attribute("value")
    await reach(page, selector)
    await page.keyboard.press("Enter")
    await page.wait_for_selector(f"[name=nonce][value='{key}']", state="detached")


async def choose(page: Page, *choices: str) -> None:
    for choice in choices:
        await enter(page, f"button[value='{choice}']")


async def write(page: Page, words: str) -> None:
    await reach(page, "#text")
    await page.keyboard.type(words)
    await enter(page, ".send")


async def in_vain(page: Page, selector: str) -> None:
    """The network is gone in the middle of an answer, comes back, and the same is sent again."""
    await page.context.set_offline(True)
    await reach(page, selector)
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#unsent:visible")
    assert await page.is_visible("#unsent a[href='tel:112']")
    await page.context.set_offline(False)
    await page.keyboard.press("Shift+Tab")
    for _ in range(FAR):
        if await page.evaluate(FOCUS, "[data-again]"):
            break
        await page.keyboard.press("Shift+Tab")
    await enter(page, "[data-again]")


@pytest.mark.parametrize(("language", "scripts"), [("fr", True), ("ar", True), ("fr", False)])
async def test_the_keyboard_and_a_bad_connection_are_enough(
    url: str, database: Database, opened: Opened, browser: Browser, language: str, scripts: bool
):
    async with phone(browser, language=language, scripts=scripts) as page:
        await page.goto(url)
        await choose(page, language, *ASKING[:3])
        await (in_vain(page, f"button[value='{ASKING[3]}']") if scripts else choose(page, ASKING[3]))
        await choose(page, *ASKING[4:])
        await write(page, "06")
        await choose(page, "unsaid")
        await write(page, "une chambre sans escalier")
        await choose(page, "ok", "read", "yes")
        await (in_vain(page, "button[value='no']") if scripts else choose(page, "no"))
        digits = await page.locator(".digits").inner_text()
        async with database.begin() as tx:
            (row,) = await queue.triage_rows(tx)  # once, whatever was lost on the way
            await acts.claim(tx, str(row["id"]), opened.member, int(time.time()))
        await choose(page, "menu")
        await write(page, digits)
        async with database.begin() as tx:
            await messages.post_from_coordination(tx, str(row["id"]), "Une chambre est libre.", int(time.time()))
        if scripts:
            await page.wait_for_selector("#answer:visible")
            for _ in range(FAR):
                if await page.evaluate(FOCUS, "[data-answer]"):
                    break
                await page.keyboard.press("Shift+Tab")
            await enter(page, "[data-answer]")
        else:
            await choose(page, "again")
            await write(page, digits)
        await page.get_by_text("Une chambre est libre.").wait_for()
        await page.keyboard.press("Escape")
        await page.keyboard.press("Escape")
        if scripts:
            await page.route("**/*wikipedia.org/**", lambda route: route.fulfill(body="<title>W</title>Elsewhere"))
            await page.keyboard.press("Escape")
            await page.wait_for_url(f"https://{language}.wikipedia.org/")
