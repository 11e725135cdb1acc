"""A person in front of a real browser: a small phone, and taps that wait for their answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page

TOUCHED = ":is(a, button, summary, input, textarea):visible"
PHONE = {"width": 320, "height": 568}


@asynccontextmanager
async def phone(browser: Browser, *, scripts: bool = True, language: str = "fr") -> AsyncIterator[Page]:
    """A page of its own; nothing it loads may fail or be refused by its own policy."""
    context = await browser.new_context(
        viewport={"width": PHONE["width"], "height": PHONE["height"]}, locale=language, java_script_enabled=scripts
    )
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    await context.close()
    assert not faults


async def answered(page: Page, selector: str) -> None:
    """Tap, and wait for the page that answers: it has another key in its forms."""
    key = await page.locator("[name=nonce]").first.get_attribute("value")
    await page.click(selector)
    await page.wait_for_selector(f"[name=nonce][value='{key}']", state="detached")


async def tap(page: Page, *choices: str) -> None:
    """One choice after the other, each on the page that answered the last."""
    for choice in choices:
        await answered(page, f"button[value='{choice}']")


async def write(page: Page, words: str) -> None:
    await page.fill("#text", words)
    await answered(page, ".send")
