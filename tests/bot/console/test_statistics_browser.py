"""A year's figures in a real browser: by keyboard, on a phone and wide, by axe, in both languages, and on paper."""

import os
import re
from typing import Any

import pytest
from playwright.async_api import Browser

from bot.turns import Content
from locales.catalog import Catalog
from services.figures import statistics
from services.referrals import purposes
from tests.bot.console.conftest import NOW, Site
from tests.bot.console.test_browser import SIZES
from tests.bot.console.test_fitting import entered, press, sound
from tests.bot.console.test_statistics import COUNTED, LATER

YEAR = statistics.year_of(NOW)
DRAWN = "chart => chart.complete && chart.naturalWidth > 0"
CUT_OFF = """[...document.querySelectorAll("table")]
    .filter(one => one.scrollWidth > one.closest("main").clientWidth).length"""
PAGES = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def catalog(everything_said: Content) -> Catalog:
    """The real words: French ones are longer."""
    return everything_said.catalog


async def a_year(site: Site) -> None:
    """Enough people of each kind that tables, charts and dashes are all there."""
    for number in range(96):
        told: dict[str, Any] = {
            "forms": (("sexual", "labour")[number % 2],),
            "gender": ("woman", "woman", "man")[number % 3],
            "department": ("06", "75", "59", "974")[number % 4],
            "languages": (("fr", "en", "ro")[number % 3],),
            "age_group": "minor" if number % 16 == 0 else "adult",
        }
        referral = await site.submit(referrer="self", **told)
        async with site.database.begin() as tx:
            await purposes.give(tx, referral, COUNTED, site.clock())
    async with site.database.begin() as tx:
        await statistics.freeze(tx, YEAR, LATER)


@pytest.mark.parametrize(("size", "language"), [("wide", "en"), ("phone", "fr")])
async def test_a_frozen_year_is_read_and_printed_by_keyboard(site: Site, browser: Browser, size: str, language: str):
    await a_year(site)
    auditor = await site.member("olga", "auditor")
    page = await entered(site, browser, auditor, *SIZES[size])
    await page.goto(f"{site.origin}/queue?lang={language}")
    await page.goto(f"{site.origin}/statistics")
    assert await page.locator("html").get_attribute("lang") == language
    for chart in await page.locator("main img").all():
        await chart.scroll_into_view_if_needed()
        await page.wait_for_function(
            "chart => chart.complete && chart.naturalWidth > 0", arg=await chart.element_handle()
        )
        assert await chart.get_attribute("alt")
    assert await page.locator("main img").count() >= 2
    assert await page.get_by_role("region").count() >= 2
    await sound(page, f"statistics-{language}-{size}")
    await page.evaluate("scrollTo(0, 0)")
    await press(page, "a[href$='/report']")
    await sound(page, f"statistics-report-{language}-{size}")
    await page.emulate_media(media="print")
    for gone in ("nav", ".unprinted", "button"):
        for one in await page.locator(gone).all():
            assert not await one.is_visible(), gone
    assert await page.locator("main table").first.is_visible()
    await page.set_viewport_size({"width": 700, "height": 1000})  # of a sheet, within its margins
    if folder := os.environ.get("PASSERELLE_SCREENS"):
        await page.screenshot(path=f"{folder}/printed-{language}.png", full_page=True)
    assert await page.evaluate(CUT_OFF) == 0
    if folder := os.environ.get("PASSERELLE_SCREENS"):
        await page.screenshot(path=f"{folder}/printed-{language}.png", full_page=True)
    assert 1 <= len(PAGES.findall(await page.pdf(format="A4"))) <= 12
    await page.context.close()
