"""Two languages on one page: side by side where it is wide, one under the other on a phone, turned to one of them."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from aiohttp import ClientSession, CookieJar
from playwright.async_api import Browser, FloatRect, Page

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.render import emergency
from bot.turns import Content, Host
from tests.bot.channels.webchat.browser import PHONE, TOUCHED, answered, phone, tap
from tests.bot.channels.webchat.person import Person
from tests.bot.channels.webchat.stage import served

TOGETHER = ("professional", "bilingual", "alone")
QUESTION = ("understood", "instruments", "situation", "start", "adult")


@pytest.fixture
async def url(host: Host, everything_said: Content) -> AsyncIterator[str]:
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    async with served(webchat(host, Site(key=b"k" * 32), everything_said.catalog, numbers)) as address:
        yield address


async def at_a_question(page: Page, url: str, own: str, theirs: str) -> None:
    await page.goto(url)
    await tap(page, own, *TOGETHER, theirs, *QUESTION)


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def halves(page: Page) -> tuple[FloatRect, FloatRect]:
    first, second = [await half.bounding_box() for half in await page.query_selector_all(".pair > .screen")]
    assert first
    assert second
    return first, second


@pytest.mark.parametrize(("own", "theirs"), [("fr", "ar"), ("ar", "es")])
async def test_side_by_side_or_one_under_the_other(url: str, browser: Browser, own: str, theirs: str):
    async with phone(browser, language=own) as page:
        await at_a_question(page, url, own, theirs)
        first, second = await halves(page)
        assert first["y"] + first["height"] <= second["y"]
        for width in (320, 360, 699):
            await page.set_viewport_size({"width": width, "height": 700})
            assert await fits(page)
        await page.set_viewport_size({"width": 700, "height": 700})
        first, second = await halves(page)
        assert first["y"] == second["y"]
        assert (first["x"] < second["x"]) == (own != "ar")
        assert await fits(page)


async def test_each_half_says_its_language_and_direction(url: str, browser: Browser):
    async with phone(browser) as page:
        await at_a_question(page, url, "fr", "ar")
        assert await page.get_attribute("html", "lang") == "fr"
        half = page.locator(".pair > .screen").nth(1)
        assert [await half.get_attribute(name) for name in ("lang", "dir")] == ["ar", "rtl"]
        label = page.locator("button[value=yes] span[lang=ar]")
        assert (await label.inner_text(), await label.get_attribute("dir")) == ("نعم", "rtl")
        for target in await page.query_selector_all(TOUCHED):
            box = await target.bounding_box()
            assert box
            assert box["height"] >= 44


async def test_turned_it_is_one_language_larger_and_one_tap_leads_back(url: str, browser: Browser):
    async with phone(browser) as page:
        await at_a_question(page, url, "fr", "ar")
        size = "element => parseFloat(getComputedStyle(element).fontSize)"
        before = await page.eval_on_selector(".screen p", size)
        await tap(page, "hand")
        assert [await page.get_attribute("html", name) for name in ("lang", "dir")] == ["ar", "rtl"]
        assert await page.locator(".pair").count() == 0
        assert await page.eval_on_selector(".screen p", size) > before
        words = await page.inner_text("body")
        assert "Cacher" not in words
        assert "إخفاء وخروج" in words
        assert await fits(page)
        await tap(page, "yes", "hand_back")
        assert await page.get_attribute("html", "lang") == "fr"
        assert await page.locator(".pair").count() == 1


async def test_at_four_times_the_size_nothing_is_cut_off(url: str, browser: Browser):
    async with phone(browser) as page:
        await at_a_question(page, url, "fr", "ar")
        for width, height in ((640, 512), (320, 256)):  # 1280 × 1024 at 200 % and at 400 %
            await page.set_viewport_size({"width": width, "height": height})
            assert await fits(page)


async def test_in_large_letters_the_ways_out_leave_more_than_half_of_a_phone_to_the_words(url: str, browser: Browser):
    async with phone(browser) as page:
        await at_a_question(page, url, "fr", "ar")
        await answered(page, "form[action='/more'] button")
        await answered(page, "button[value=large]")
        await answered(page, "button[value=chat]")
        assert await page.get_attribute("html", "class") == "large"
        bar = await page.locator("nav.exits").bounding_box()
        assert bar
        assert bar["height"] < PHONE["height"] / 2


async def test_without_scripts_over_http_the_same(url: str):
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        person = Person(session, url)
        await person.begin("fr")
        for choice in (*TOGETHER, "ar", "understood", "learn"):
            await person.send(choice=choice)
        assert '<section class="screen" lang="ar" dir="rtl">' in person.page
        assert '<body class="two">' in person.page
        await person.send(text="ما هي حقوقي")
        assert '<html lang="fr" dir="ltr"' in person.page
        before = person.page
        await person.send(choice="hand")
        assert '<body class="turned">' in person.page
        await person.send(before, choice="hand")
        assert '<body class="turned">' in person.page, "the same form twice turns it once"
        assert len(person.page.encode()) < 15 * 1024
