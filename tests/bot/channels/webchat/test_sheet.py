"""The finding as a page to print: in its own conversation only, kept nowhere, whole on paper, also in Arabic."""

import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from playwright.async_api import Browser, Page

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.render import emergency
from bot.turns import Content, Host
from tests.bot.channels.webchat.browser import phone, tap
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import served

SCREENED = ("professional", "instruments", "situation", "start", "adult", "yes", "yes", "yes", "paper")
OPEN = "form[action='/sheet'] button"


@pytest.fixture
async def url(host: Host, everything_said: Content) -> AsyncIterator[str]:
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    async with served(webchat(host, Site(key=b"k" * 32), everything_said.catalog, numbers)) as address:
        yield address


async def at_the_sheet(page: Page, url: str, language: str) -> None:
    await page.goto(url)
    await tap(page, language, *SCREENED)
    await page.click(OPEN)
    await page.wait_for_selector(".sheet")


@pytest.mark.parametrize(("language", "scripts"), [("fr", False), ("ar", True)])
async def test_it_is_whole_on_a_phone_and_on_paper(
    url: str, browser: Browser, tmp_path: Path, language: str, scripts: bool
):
    async with phone(browser, scripts=scripts, language=language) as page:
        await at_the_sheet(page, url, language)
        assert await page.title() == "Passerelle"
        assert page.url == f"{url}/"
        assert await page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert await page.locator("[data-print]").is_visible() is scripts
        screen = await page.inner_text(".sheet")
        await page.emulate_media(media="print")
        printed = await page.evaluate("document.body.innerText")
        assert screen.split() == printed.split()  # no button, no way out: the sheet and nothing else
        paper = await page.pdf(path=tmp_path / "sheet.pdf", format="A4")
        assert len(re.findall(rb"/Type /Page\b(?!s)", paper)) == 1
        assert await page.locator(".sheet .line").count() == 6


async def test_a_page_of_information_prints_whole_with_its_sources(url: str, browser: Browser):
    async with phone(browser, scripts=False) as page:
        await page.goto(url)
        await tap(page, "fr", "professional", "learn", "group-papers")
        await page.click("button[value^='topic-']:visible")
        await tap(page, "copy")
        await page.click(OPEN)
        await page.wait_for_selector(".sheet")
        words = await page.inner_text(".sheet")
        assert "Passerelle, " in words
        assert "Légifrance" in words
        await page.emulate_media(media="print")
        assert (await page.inner_text("body")).split() == words.split()


async def test_it_leads_back_to_the_chat_where_it_was(url: str, browser: Browser):
    async with phone(browser) as page:
        await at_the_sheet(page, url, "fr")
        await page.click("button[value=chat]")
        await page.wait_for_selector(OPEN)
        await tap(page, "finding")
        assert await page.locator(OPEN).count() == 0


async def test_nobody_else_gets_it_and_no_cache_keeps_it(url: str):
    async with (
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as mine,
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as theirs,
    ):
        person, stranger = Person(mine, url), Person(theirs, url)
        await person.begin("fr")
        for choice in SCREENED:
            await person.send(choice=choice)
        form = fields(person.page)
        assert "225-4-1" in await person.post(form, "/sheet")
        assert person.headers["Cache-Control"] == "no-store"
        assert 'class="sheet"' not in await stranger.post(form, "/sheet")
        await stranger.begin("fr")
        assert 'class="sheet"' not in await stranger.post(form, "/sheet")
        assert 'class="sheet"' not in await stranger.post(fields(stranger.page), "/sheet")
        assert 'class="sheet"' not in await person.open("/", **{"Sec-Fetch-Site": "cross-site"})
        assert 'class="sheet"' in await person.open()
        await person.open("/leave")
        assert 'class="sheet"' not in await person.open()
