"""The web chat in a real browser, as somebody on a phone has it: with scripts and without, in both directions."""

import asyncio
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route

from bot.channels.webchat.http import TOKENS
from dialogs.engine import IDLE_SECONDS
from tests.bot.channels.webchat.browser import TOUCHED, answered, phone, tap, write
from tests.bot.channels.webchat.stage import CODE, Stage

SCRIPTS = pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
LANGUAGES = pytest.mark.parametrize("language", ["fr", "ar"])


async def fits(page: Page) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def to_receipt(page: Page, url: str) -> None:
    await page.goto(url)
    await tap(page, "help")
    await write(page, "un lit 🛏")
    await tap(page, "yes")
    assert await page.locator(".digits").count() == 1


@SCRIPTS
@LANGUAGES
async def test_a_whole_conversation(on: Stage, browser: Browser, scripts: bool, language: str):
    async with phone(browser, scripts=scripts, language=language) as page:
        await to_receipt(page, on.url)
        assert [await word.text_content() for word in await page.query_selector_all(".code bdi")] == [
            *CODE.words.split(),
            *CODE.digits.split(),
        ]
        assert page.url == on.url + "/"
        assert await page.title() == "Passerelle"
    assert on.story.sent == 1
    assert [said.text for said in on.story.heard if said.text] == ["un lit 🛏"]


async def test_arabic_is_mirrored_and_its_numbers_are_not(on: Stage, browser: Browser):
    async with phone(browser, language="ar") as page:
        await page.goto(on.url)
        assert await page.get_attribute("html", "dir") == "rtl"
        leave, name = await page.locator("header .leave").bounding_box(), await page.locator("h1").bounding_box()
        assert leave
        assert name
        assert leave["x"] < name["x"]
        await tap(page, "sos")
        number = page.locator("bdi", has_text="225-4-1")
        assert await number.get_attribute("dir") == "ltr"
        assert await page.get_attribute("a.choice", "href") == "tel:17"


async def test_the_first_word_of_an_arabic_receipt_is_on_the_right(on: Stage, browser: Browser):
    on.story.code = replace(CODE, words="نسخة أمثال مؤنس قارة دراجة قوقعة ردهة قاطرة")
    async with phone(browser, language="ar") as page:
        await to_receipt(page, on.url)
        for kind, begins_right in ((".code:not(.digits)", True), (".digits", False)):
            first, second = [await page.locator(f"{kind} bdi").nth(place).bounding_box() for place in (0, 1)]
            assert first
            assert second
            assert first["y"] == second["y"]
            assert (first["x"] > second["x"]) == begins_right


@LANGUAGES
async def test_no_screen_is_wider_than_a_small_phone(on: Stage, browser: Browser, language: str):
    async with phone(browser, language=language) as page:
        await page.goto(on.url)
        assert await fits(page)
        for step, shown in (("help", "textarea[rows='4']"), ("sos", "a.choice"), ("menu", "[value=know]")):
            await tap(page, step)
            assert await page.locator(shown).count()
            assert await fits(page)
        await to_receipt(page, on.url)
        assert await fits(page)
        await page.goto(on.url + "/nowhere")
        assert await fits(page)


async def test_everything_to_touch_is_large_enough(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        for target in await page.query_selector_all(TOUCHED):
            box = await target.bounding_box()
            assert box
            assert box["height"] >= 44
            assert box["width"] >= 44


@SCRIPTS
async def test_leaving_forgets_and_shows_another_site(on: Stage, browser: Browser, scripts: bool):
    for place in ("header .leave", ".exits .leave"):
        async with phone(browser, scripts=scripts) as page:
            await page.goto(on.url)
            await tap(page, "help")
            await page.click(place)
            await page.wait_for_url(on.neutral + "/fr")
            assert not await page.context.cookies(on.url)
            assert not on.story.told


async def test_leaving_is_the_first_thing_a_keyboard_reaches(on: Stage, browser: Browser):
    async with phone(browser, scripts=False) as page:
        await page.goto(on.url)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.wait_for_url(on.neutral + "/fr")


async def test_escape_three_times_leaves_and_back_shows_no_chat(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.neutral)
        await page.goto(on.url)
        for _ in range(3):
            await page.keyboard.press("Escape")
        await page.wait_for_url(on.neutral + "/fr")
        await page.go_back()
        assert page.url == on.neutral + "/", "the chat's entry in the history was replaced"


async def test_escape_blanks_the_page_before_the_network_answers(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        seen = await page.evaluate(
            """() => {
                for (const _ of "123") dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
                return document.title + document.body.innerText;
            }"""
        )
        assert seen == "Passerelle"
        await page.wait_for_url(on.neutral + "/fr")


async def test_back_shows_the_present_screen_where_no_scripts_run(on: Stage, browser: Browser):
    async with phone(browser, scripts=False) as page:
        await page.goto(on.url)
        await tap(page, "help")
        await page.go_back()
        assert "Avec vos mots" in await page.inner_text("main")
        await write(page, "un lit")
        assert await page.locator("[value=yes]").count() == 1


async def test_with_scripts_the_whole_chat_is_one_entry_of_the_history(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.neutral)
        await to_receipt(page, on.url)
        await tap(page, "menu")
        await page.click("header .leave")
        await page.wait_for_url(on.neutral + "/fr")
        await page.go_back()
        assert page.url == on.neutral + "/"


async def test_words_that_were_not_taken_stay_in_the_box(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        await tap(page, "help")
        await page.fill("#text", "un lit")
        await page.route(on.url + "/", lambda route: route.abort())
        await page.click(".send")
        await page.wait_for_selector("#unsent:visible")
        await page.unroute(on.url + "/")
        await answered(page, ".send")
        assert await page.locator("[value=yes]").count() == 1
        assert [said.text for said in on.story.heard if said.text] == ["un lit"]


async def test_words_typed_while_the_answer_comes_stay_in_the_box(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        await page.fill("#text", "left behind with the old page")
        answer = asyncio.Event()

        async def wait(route: Route) -> None:
            await answer.wait()
            await route.continue_()

        await page.route(on.url + "/", wait)
        await page.click("[value=help]", no_wait_after=True)
        await page.fill("#text", "un lit")
        answer.set()
        await page.wait_for_selector("textarea[rows='4']")
        assert await page.input_value("#text") == "un lit"
        await page.unroute(on.url + "/")
        await tap(page, "menu")
        assert await page.input_value("#text") == ""


async def test_two_taps_before_the_answer_are_one(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await to_receipt(page, on.url)
        await tap(page, "menu")
        await page.dblclick("[value=help]", no_wait_after=True)
        await page.wait_for_selector("textarea[rows='4']")
        assert sum(said.tap is not None and said.tap.choice == "help" for said in on.story.heard) == 2
        assert len({said.key for said in on.story.heard}) == len(on.story.heard)


async def test_reloading_the_code_shows_it_again_and_sends_nothing_twice(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await to_receipt(page, on.url)
        await page.reload()
        assert await page.locator(".code").count() == 2
        assert on.story.sent == 1
        await tap(page, "menu")
        await page.reload()
        assert await page.locator(".code").count() == 0


async def test_a_link_on_another_site_finds_the_conversation_again(on: Stage, browser: Browser):
    async with phone(browser, scripts=False) as page:
        await page.goto(on.url)
        await tap(page, "help")
        await page.goto(f"{on.neutral}/?link={on.url}/")
        await page.click("a")
        await page.wait_for_selector("textarea[rows='4']")
        assert len(on.story.told) == 1


async def test_nothing_stays_in_the_browser(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await to_receipt(page, on.url)
        kept = await page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.search]")
        assert kept == [0, 0, "", ""]
        (cookie,) = await page.context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", cookie["expires"])
        assert 0 < cookie["expires"] - time.time() <= IDLE_SECONDS


async def test_a_new_answer_takes_the_focus_and_no_keyboard_opens(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        await tap(page, "help")
        assert await page.evaluate("document.activeElement.className") == "screen"


async def test_at_four_times_the_size_nothing_is_cut_off(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
        await page.goto(on.url)
        assert await fits(page)
        position = await page.eval_on_selector(".exits", "bar => getComputedStyle(bar).position")
        assert position == "static", "a fixed bar would cover the little that is left"


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_has_a_contrast_of_seven_to_one(scheme: int):
    light, dark = Path(TOKENS).read_text("utf-8").split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part)) for part in (light, dark)][scheme]
    pairs = [("ink", "paper"), ("ink", "surface"), ("ink", "sunken"), ("ink", "accent-soft"), ("ink-soft", "paper")]
    pairs += [("on-accent", "accent"), ("alert", "alert-soft"), ("accent", "surface"), ("accent", "accent-soft")]
    pairs += [("alert", "surface"), ("paper", "ink"), ("caution", "caution-soft"), ("on-accent", "accent-strong")]
    for text, ground in pairs:
        lighter, darker = sorted((luminance(found[text]), luminance(found[ground])), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 7, (text, ground)
