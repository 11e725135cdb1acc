"""Listening by the device's own voices, each half in its language; and numbers that ask before they dial."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from playwright.async_api import Browser, Page

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.render import emergency
from bot.turns import Content, Host
from tests.bot.channels.webchat.browser import phone, tap
from tests.bot.channels.webchat.stage import served

TOGETHER = ("professional", "bilingual", "alone", "ar", "understood")
# A device with a French and an Arabic voice of its own, and an English one that would send the words elsewhere.
DEVICE = """
    window.said = [];
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    const kinds = [["fr-FR", true], ["ar-SA", true], ["en-US", false]];
    const voices = kinds.map(([lang, localService]) => ({ lang, localService }));
    const device = { speaking: false, getVoices: () => voices, speak(one) { this.speaking = true; said.push(one); },
        cancel() { this.speaking = false; }, addEventListener() {} };
    Object.defineProperty(window, "speechSynthesis", { value: device });
"""
DIALLED = """() => {
    window.dialled = [];
    addEventListener("click", (event) => {
        const link = event.target.closest("a[href^='tel:'], a[href^='sms:']");
        if (link) event.preventDefault(), dialled.push(link.getAttribute("href"));
    });
}"""


@pytest.fixture
async def url(host: Host, everything_said: Content) -> AsyncIterator[str]:
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    async with served(webchat(host, Site(key=b"k" * 32), everything_said.catalog, numbers)) as address:
        yield address


async def spoken(page: Page) -> list[tuple[str, str]]:
    return [tuple(one) for one in await page.evaluate("said.splice(0).map(one => [one.voice.lang, one.text])")]


async def test_each_half_is_read_by_a_voice_of_its_language_and_of_the_device(url: str, browser: Browser):
    async with phone(browser) as page:
        await page.add_init_script(DEVICE)
        await page.goto(url)
        await tap(page, "fr")
        await page.click("[data-listen]")
        heard = await spoken(page)
        assert {voice for voice, _ in heard} == {"fr-FR"}
        words = " ".join(text for _, text in heard)
        assert "C’est un programme qui répond." in words
        assert "Je suis professionnel" in words, "what can be chosen is read, too"
        assert await page.inner_text("[data-listen]") == "Arrêter"
        await page.click("[data-listen]")
        assert not await page.evaluate("speechSynthesis.speaking")
        await tap(page, *TOGETHER)
        await page.click("[data-listen]")
        assert {voice for voice, _ in await spoken(page)} == {"fr-FR", "ar-SA"}
        await page.click("form[data-cover] button")
        assert not await page.evaluate("speechSynthesis.speaking"), "the cover is silent"
    async with phone(browser, language="en") as page:
        await page.add_init_script(DEVICE)
        await page.goto(url)
        await tap(page, "en")
        assert not await page.is_visible("[data-listen]"), "a voice that is not the device's own would tell somebody"


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_a_number_asks_once_whether_it_is_safe_but_never_in_an_emergency(
    url: str, browser: Browser, scripts: bool
):
    async with phone(browser, scripts=scripts) as page:
        await page.goto(url)
        await tap(page, "fr", "person", "numbers")
        for number in ("tel:17", "tel:15", "tel:112", "sms:114", "tel:18"):
            assert await page.is_visible(f"main > .choices > a[href='{number}']")
        first = page.locator(".dial").filter(has=page.locator("a[href='tel:3919']"))
        assert not await first.locator("a").is_visible()
        await first.locator("summary").click()
        assert "liste d’appels" in await first.inner_text()
        assert await first.locator("a").is_visible()
        if not scripts:
            return
        await page.evaluate(DIALLED)
        await first.locator("a").click()
        other = page.locator(".dial").filter(has=page.locator("a[href='tel:115']"))
        await other.locator("summary").click()
        assert await page.evaluate("dialled") == ["tel:3919", "tel:115"], "asked before the first only"
