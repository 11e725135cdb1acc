"""From the first page to the receipt and the coordination's answer, in a real browser over the real host."""

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from playwright.async_api import Browser, Page, async_playwright
from sqlalchemy import func, select

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.render import emergency
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys
from services.referrals import acts, queue
from services.tables import Conversation, Update
from tests.bot.channels.webchat.browser import answered, tap, write
from tests.bot.channels.webchat.person import Person
from tests.bot.channels.webchat.stage import served
from tests.bot.stage import coordinator
from tests.conftest import BROWSER_FLAGS

ASKING = ("person", "help_me", "yes", "adult", "yes", "yes", "yes", "soon", "days")


@pytest.fixture
async def url(host: Host, everything_said: Content) -> AsyncIterator[str]:
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    async with served(webchat(host, Site(key=b"k" * 32), everything_said.catalog, numbers)) as address:
        yield address


async def ask_for_help(page: Page, url: str, language: str) -> str:
    """The whole way from the first page; the receipt's digits."""
    await page.goto(url)
    await tap(page, language, *ASKING)
    await write(page, "06")
    await tap(page, "unsaid")
    await write(page, "une chambre sans escalier")
    await tap(page, "ok", "read", "yes", "no")
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
        await acts.claim(tx, str(row["id"]), opened.member, int(time.time()))
    async with database.begin() as tx:
        claimed = await queue.one(tx, str(row["id"]))
        await acts.answer(tx, str(row["id"]), opened, "A room is free.", claimed.revision, int(time.time()))
    await context.clear_cookies()
    await page.goto(url)
    await write(page, digits)
    assert "A room is free." in await page.inner_text("main")
    await context.close()


async def test_the_code_comes_again_until_its_page_is_answered(url: str, coordination: None, browser: Browser):
    page = await browser.new_page()
    digits = await ask_for_help(page, url, "fr")
    for again in (page.reload, partial(page.goto, url)):
        await again()
        assert await page.locator(".digits").inner_text() == digits
    await answered(page, "[value=menu]")
    await page.goto(url)
    assert await page.locator(".digits").count() == 0


async def test_a_look_at_the_site_leaves_no_row_in_the_database(url: str, database: Database):
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        for path in ("/", "/", "/leave", "/nowhere"):
            async with session.get(url + path, allow_redirects=False) as response:
                assert response.status < 500
    async with database.begin() as tx:
        for table in (Conversation, Update):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0


async def test_leaving_forgets_the_conversation_at_once(url: str, coordination: None, database: Database):
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        person = Person(session, url)
        await person.begin("en")
        async with database.begin() as tx:
            assert await tx.scalar(select(func.count()).select_from(Conversation)) == 1
        await person.open("/leave")
        assert person.status == 303
    async with database.begin() as tx:
        assert await tx.scalar(select(func.count()).select_from(Conversation)) == 0


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_back_after_leaving_shows_nothing_that_was_typed_or_shown_nor_does_the_disk(
    url: str, coordination: None, chromium: str, tmp_path: Path, scripts: bool
):
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=chromium, args=BROWSER_FLAGS, java_script_enabled=scripts
        )
        await context.route("**/*wikipedia.org/**", lambda route: route.fulfill(body="<title>W</title>Elsewhere"))
        page = context.pages[0]
        digits = " ".join((await ask_for_help(page, url, "fr")).split())
        words = " ".join((await page.locator(".code:not(.digits)").inner_text()).split())
        await answered(page, "[value=menu]")
        await write(page, digits)
        await write(page, "quokka qui chante")
        await page.click("header .leave")
        await page.wait_for_url("**/*wikipedia.org/**")
        secrets = [digits, words, "quokka"]
        for _ in range(12):
            if await page.go_back() is None:
                break
            shown = " ".join((await page.inner_text("body")).split()) + await page.content()
            assert not [secret for secret in secrets if secret in shown]
        await asyncio.sleep(1.5)  # the browser writes its session down a moment later
        await context.close()
    kept = [path.read_bytes() for path in (tmp_path / "profile").rglob("*") if path.is_file()]
    for secret in secrets:
        for form in (secret, secret.replace(" ", "+"), secret.replace(" ", "%20")):
            for coded in (form.encode(), form.encode("utf-16-le")):
                assert not any(coded in content for content in kept)


@pytest.fixture
async def coordination(database: Database, keys: Keys) -> None:
    await coordinator(database, keys)
