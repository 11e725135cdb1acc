"""From the first page to the coordination's answer with the keyboard alone, and the network cut in the middle."""

import time
from collections.abc import AsyncIterator
from functools import partial
from itertools import cycle

import pytest
from playwright.async_api import Browser, Page

from bot.channels.webchat import live as webchat_live
from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.live import Live
from bot.render import emergency
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys
from services.referrals import acts, messages, queue
from services.rights import Opened
from services.writing import Writing
from tests.bot.channels.webchat.browser import phone
from tests.bot.channels.webchat.stage import elsewhere, served
from tests.bot.channels.webchat.test_whole import ASKING
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
    live = Live(database, keys, Writing(database, keys))
    async with elsewhere() as neutral:
        site = Site(key=b"k" * 32, neutral=neutral + "/{language}")
        async with served(webchat(host, site, everything_said.catalog, numbers, live=live)) as address:
            yield address


async def reach(page: Page, selector: str) -> None:
    """By the Tab key alone."""
    for _ in range(FAR):
        if await page.evaluate(FOCUS, selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


async def back_to(page: Page, selector: str) -> None:
    """The other way."""
    for _ in range(FAR):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate(FOCUS, selector):
            return
    raise AssertionError(f"the keyboard does not reach back to {selector}")


async def pressed(page: Page, key: str) -> None:
    """Press what has the focus, and wait for the page that answers."""
    nonce = await page.locator("[name=nonce]").first.get_attribute("value")
    await page.keyboard.press(key)
    await page.wait_for_selector(f"[name=nonce][value='{nonce}']", state="detached")


async def choose(page: Page, *choices: str) -> None:
    """One with Enter, the next with Space: a button takes both."""
    for choice, key in zip(choices, cycle(("Enter", "Space")), strict=False):
        await reach(page, f"button[value='{choice}']")
        await pressed(page, key)


async def write(page: Page, words: str) -> None:
    await reach(page, "#text")
    await page.keyboard.type(words)
    await reach(page, ".send")
    await pressed(page, "Enter")


async def in_vain(page: Page, choice: str, *, scripts: bool) -> None:
    """The network is gone in the middle of an answer, comes back, and the same is sent again."""
    await page.context.set_offline(True)
    await reach(page, f"button[value='{choice}']")
    await page.keyboard.press("Enter")
    if scripts:
        await page.wait_for_selector("#unsent:visible")
        assert await page.is_visible("#unsent a[href='tel:112']")
        await page.context.set_offline(False)
        await back_to(page, "[data-again]")
        await pressed(page, "Enter")
    else:
        await page.wait_for_selector("[name=nonce]", state="detached")  # the browser's own page says so
        await page.context.set_offline(False)
        await page.reload()  # as its own key does
        await page.wait_for_selector("[name=nonce]", state="attached")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # on both: test_webchat_whole.py
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", ["fr", "ar"])
async def test_the_keyboard_and_a_bad_connection_are_enough(
    url: str, database: Database, opened: Opened, browser: Browser, language: str, scripts: bool
):
    async with phone(browser, language=language, scripts=scripts) as page:
        await page.goto(url)
        await choose(page, language, *ASKING[:3])
        assert await page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        await in_vain(page, ASKING[3], scripts=scripts)
        await choose(page, *ASKING[4:])
        await write(page, "06")
        await choose(page, "unsaid")
        await write(page, "une chambre sans escalier")
        await choose(page, "ok", "read", "yes")
        await in_vain(page, "no", scripts=scripts)
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
            await back_to(page, "[data-answer]")
            await pressed(page, "Space")
        else:
            await choose(page, "again")
            await write(page, digits)
        await page.get_by_text("Une chambre est libre.").wait_for()
        if scripts:
            for _ in range(3):
                await page.keyboard.press("Escape")
        else:
            await reach(page, ".leave")
            await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/{language}")
