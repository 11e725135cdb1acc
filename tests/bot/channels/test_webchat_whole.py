"""From the first page to the receipt and the coordination's answer, in a real browser over the real host."""

import time
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, CookieJar
from playwright.async_api import Browser, Page

from bot.channels.webchat import Site, webchat
from bot.turns import Content, Host
from services import queue
from services.database import Database
from services.keys import Keys
from tests.bot.channels.webchat_stage import served
from tests.bot.stage import coordinator

ASKING = ("person", "help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")


@pytest.fixture
async def url(host: Host, everything_said: Content) -> AsyncIterator[str]:
    async with served(webchat(host, Site(key=b"k" * 32), everything_said.catalog)) as address:
        yield address


async def tap(page: Page, *choices: str) -> None:
    for choice in choices:
        await page.click(f".choices [value='{choice}']")


async def write(page: Page, words: str) -> None:
    await page.fill("#text", words)
    await page.click(".send")


async def ask_for_help(page: Page, url: str, language: str) -> str:
    """The whole way from the first page; the receipt's digits."""
    await page.goto(url)
    await tap(page, language, *ASKING)
    await write(page, "06")
    await tap(page, "unsaid")
    await write(page, "une chambre sans escalier")
    await tap(page, "ok", "read", "yes")
    return await page.locator(".digits").inner_text()


@pytest.mark.parametrize(("language", "scripts"), [("fr", False), ("ar", True)])
async def test_the_answer_reaches_whoever_holds_the_receipt(
    url: str, database: Database, keys: Keys, browser: Browser, language: str, scripts: bool
):
    opened = await coordinator(database, keys)
    context = await browser.new_context(
        viewport={"width": 320, "height": 568}, locale=language, java_script_enabled=scripts
    )
    page = await context.new_page()
    digits = await ask_for_help(page, url, language)
    assert await page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    async with database.begin() as tx:
        (row,) = await queue.triage_rows(tx)
        await queue.claim(tx, str(row["id"]), opened.member, int(time.time()))
    async with database.begin() as tx:
        claimed = await queue.one(tx, str(row["id"]))
        await queue.answer(tx, str(row["id"]), opened, "A room is free.", claimed.revision, int(time.time()))
    await context.clear_cookies()
    await page.goto(url)
    await write(page, digits)
    assert "A room is free." in await page.inner_text("main")
    await context.close()


async def test_the_code_comes_once_more_when_its_page_was_lost(url: str, coordination: None, browser: Browser):
    page = await browser.new_page()
    digits = await ask_for_help(page, url, "fr")
    await page.reload()
    assert await page.locator(".digits").inner_text() == digits
    await page.goto(url)
    assert await page.locator(".digits").count() == 0


async def test_leaving_forgets_the_conversation_at_once(url: str, coordination: None, database: Database, host: Host):
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        async with session.get(url) as response:
            address = response.cookies["s"].value
        assert await host.present("web", address, int(time.time())) is not None
        async with session.get(url + "/leave", allow_redirects=False) as response:
            assert response.status == 303
    assert await host.present("web", address, int(time.time())) is None


@pytest.fixture
async def coordination(database: Database, keys: Keys) -> None:
    await coordinator(database, keys)
