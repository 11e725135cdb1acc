"""The second factor by keyboard alone: set up, its codes for paper, and used at the next sign-in; in both languages."""

import pytest
from playwright.async_api import Browser, Page

from bot.turns import Content
from locales.catalog import Catalog
from tests.bot.console.conftest import APPS, PASSWORD, Site
from tests.bot.console.test_browser import SIZES
from tests.bot.console.test_fitting import press, sound

CODES_ON_PAPER = 10


@pytest.fixture
def catalog(everything_said: Content) -> Catalog:
    """The real words: French ones are longer."""
    return everything_said.catalog


async def write(page: Page, field: str, text: str) -> None:
    """Go to a field with the Tab key, and type."""
    for _ in range(40):
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", field):
            break
        await page.keyboard.press("Tab")
    else:
        raise AssertionError(field)
    await page.keyboard.type(text)


async def give(page: Page, name: str) -> None:
    """Name and password, and Enter."""
    await write(page, "#name", name)
    await write(page, "#password", PASSWORD)
    async with page.expect_navigation():
        await page.keyboard.press("Enter")


@pytest.mark.parametrize(("size", "language"), [("phone", "fr"), ("wide", "en")])
async def test_a_second_factor_is_set_up_and_used_by_keyboard_alone(
    site: Site, browser: Browser, size: str, language: str
):
    await site.member("claire")
    app, (width, height) = APPS[site.origin], SIZES[size]
    page = await browser.new_page(viewport={"width": width, "height": height})
    await page.goto(f"{site.origin}/sign-in?lang={language}")
    await give(page, "claire")
    await sound(page, f"enrol-{language}-{size}")
    assert await page.locator("html").get_attribute("lang") == language
    assert await page.locator(".qr svg").is_visible()
    app.learn("claire", await page.content())
    await write(page, "#code", "000000")
    await press(page, "form[action$='/second-factor'] button")
    await sound(page, f"enrol-wrong-{language}-{size}")
    assert await page.get_by_role("alert").is_visible()
    app.learn("claire", await page.content())
    await write(page, "#code", app.code("claire"))
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    await sound(page, f"paper-{language}-{size}")
    codes = await page.locator(".codes li").all_inner_texts()
    assert len({*codes}) == CODES_ON_PAPER
    await press(page, "main a.button")
    assert page.url.endswith("/queue")
    await press(page, "form[action$='/sign-out'] button")
    await give(page, "claire")
    await sound(page, f"factor-{language}-{size}")
    await write(page, "#code", codes[0])
    await press(page, "form[action$='/second-factor'] button")
    assert page.url.endswith("/queue")
    await page.close()
