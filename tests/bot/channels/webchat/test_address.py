"""The address bar and the history tell nothing of what was done: one address and one neutral title, at every step."""

from collections.abc import AsyncIterator
from functools import partial

import aiohttp
import pytest
from playwright.async_api import Browser, Page

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.look import TOLD_S
from bot.channels.webchat.site import Site
from bot.render import emergency
from bot.turns import Content, Host
from dialogs.engine import IDLE_SECONDS
from tests.bot.channels.webchat.browser import answered, phone, tap, write
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import Stage, served
from tests.bot.channels.webchat.test_sheet import OPEN, SCREENED

MORE, BACK = "form[action='/more'] button", "button[value=chat]"
SOUP = "Soupe de lentilles"


@pytest.fixture
async def url(host: Host, everything_said: Content) -> AsyncIterator[str]:
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    async with served(webchat(host, Site(key=b"k" * 32), everything_said.catalog, numbers)) as address:
        yield address


async def entries(page: Page) -> list[tuple[str, str]]:
    """Address and title of each entry of this tab's history, as the browser keeps them."""
    devtools = await page.context.new_cdp_session(page)
    kept = await devtools.send("Page.getNavigationHistory")
    return [(entry["url"], entry["title"]) for entry in kept["entries"]]


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_no_step_changes_the_address_nor_leaves_a_title_that_tells(url: str, browser: Browser, scripts: bool):
    async with phone(browser, scripts=scripts) as page:
        seen = set[str]()
        page.on("framenavigated", lambda frame: seen.add(frame.url))
        await page.goto(url)
        await tap(page, "fr")
        await answered(page, MORE)
        await answered(page, "button[value=large]")
        await page.fill("#word", "a")
        await answered(page, "button[value=word]")
        assert "Choisissez un mot" in await page.inner_text(".notice:visible")
        await answered(page, BACK)
        await write(page, "  ")
        assert await page.locator("p.notice").count() == 1
        await tap(page, *SCREENED[:-1], "paper")
        await answered(page, OPEN)
        await page.wait_for_selector(".sheet")
        await answered(page, BACK)
        await answered(page, "form[data-cover] button") if not scripts else await page.click("form[data-cover] button")
        assert await page.title() == SOUP
        await page.click("[data-back] button")
        await page.wait_for_selector(OPEN)
        assert seen == {f"{url}/"}
        told = [entry for entry in await entries(page) if entry[0] != "about:blank"]
        assert {address for address, _ in told} == {f"{url}/"}
        assert {title for _, title in told} <= {"Passerelle", SOUP}
        assert not scripts or len(told) == 1, "with scripts, the whole chat is one entry"


async def test_the_browsers_back_shows_what_is_now_and_a_button_leads_to_the_chat(url: str, browser: Browser):
    async with phone(browser, scripts=False) as page:
        await page.goto(url)
        await tap(page, "fr")
        await answered(page, MORE)
        await page.go_back()
        assert await page.title() == "Passerelle"
        await page.wait_for_selector(BACK)
        await answered(page, BACK)
        await page.wait_for_selector("button[value=professional]")


async def test_what_is_said_once_of_a_form_is_gone_after_two_minutes(on: Stage, person: Person):
    await person.begin()
    assert "Please tap a button" in await person.send(text=" ")
    assert person.led_to == "/"
    assert "Please tap a button" in await person.open(), "a page that was lost comes again"
    on.story.now += TOLD_S + 1
    assert "Please tap a button" not in await person.open()


async def test_the_next_answer_takes_what_was_said_away(on: Stage, person: Person):
    await person.begin()
    await person.send(text=" ")
    assert "Please tap a button" not in await person.send(choice="know")
    await person.more()
    assert 'value="large"' in await person.open()
    assert 'value="large"' not in await person.send(choice="know")


async def test_settings_left_open_are_not_what_the_next_visitor_finds(on: Stage, person: Person):
    await person.more()
    assert 'value="large"' in person.page
    on.story.now += IDLE_SECONDS + 1
    assert "Que voulez-vous faire" in await person.open()


async def test_the_language_of_safety_and_settings_is_the_pages_and_stands_in_no_address(on: Stage, person: Person):
    await person.open()
    page = await person.post({**fields(person.page), "language": "ar", "choice": "open"}, "/more")
    assert person.led_to == "/"
    assert '<html lang="ar" dir="rtl"' in page


async def test_who_has_no_cookie_gets_safety_and_settings_by_a_page_of_ours_only(on: Stage):
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        person = Person(session, on.url)
        for site in ("cross-site", "same-site"):
            await person.post({"choice": "open"}, "/more", **{"Sec-Fetch-Site": site})
            assert person.led_to == "/?1"
            assert not person.cookie
        await person.post({"choice": "open"}, "/more", **{"Sec-Fetch-Site": "same-origin"})
        assert (person.status, person.headers["Location"]) == (303, "/"), "the cookie came: nothing is left to ask"
        assert 'value="large"' in await person.open()


async def test_an_ended_conversation_s_page_still_opens_safety_and_settings(url: str, browser: Browser):
    async with phone(browser, scripts=False) as page:
        await page.goto(url)
        await tap(page, "fr", "person")
        await write(page, "effacer")
        await tap(page, *[await page.locator("section.choices button").first.get_attribute("value") or ""])
        await answered(page, MORE)
        await page.wait_for_selector("button[value=large]")
        assert page.url == f"{url}/"
