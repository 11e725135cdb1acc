"""In the hand of somebody who is watched, with scripts: covering, looking away, leaving, a lost connection."""

import asyncio
from urllib.parse import parse_qs

from playwright.async_api import Browser, Page, Request, Route

from tests.bot.channels.webchat.browser import answered, phone, tap
from tests.bot.channels.webchat.stage import Stage

COVERED = "body.cover .recipe"
AWAY = """hidden => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    dispatchEvent(new Event("visibilitychange"));
}"""


async def look_away(page: Page, seconds: int) -> None:
    await page.evaluate(AWAY, True)
    assert await page.locator(COVERED).count() == 1, "at once, so that no preview of the tab shows the chat"
    await page.clock.run_for(seconds * 1000)
    await page.evaluate(AWAY, False)


async def test_the_cover_comes_at_once_stays_over_a_reload_and_gives_the_chat_and_the_draft_back(
    on: Stage, browser: Browser
):
    async with phone(browser) as page:
        await page.goto(on.url)
        await tap(page, "help")
        await page.fill("#text", "un lit")
        seen = await page.evaluate(
            """() => {
                document.querySelector("form[data-cover] button").click();
                return document.title + document.body.innerText;
            }"""
        )
        assert seen.startswith("Lentil soup"), "before the network answers"
        assert "Avec vos mots" not in seen
        async with page.expect_response(lambda response: response.url.endswith("/back")):
            await page.click("[data-back] button")
        await page.wait_for_selector("textarea[rows='4']")
        assert await page.input_value("#text") == "un lit"
        async with page.expect_response(lambda response: response.url.endswith("/cover")):
            await page.click("form[data-cover] button")
        await page.reload()
        assert await page.title() == "Lentil soup"
        assert "Avec vos mots" not in await page.content()
        assert page.url == on.url + "/"


async def test_who_looks_away_or_touches_nothing_finds_the_cover(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.clock.install()
        await page.goto(on.url)
        await tap(page, "help")
        await look_away(page, 5)
        assert await page.locator("textarea[rows='4']").count() == 1, "a short look elsewhere costs nothing"
        async with page.expect_response(lambda response: response.url.endswith("/cover")):
            await look_away(page, 40)
        assert await page.locator(COVERED).count() == 1
        await page.click("[data-back] button")
        await page.wait_for_selector("textarea[rows='4']")
        await page.clock.run_for(170_000)
        await page.keyboard.press("a")
        await page.clock.run_for(170_000)
        assert await page.locator(COVERED).count() == 0
        async with page.expect_response(lambda response: response.url.endswith("/cover")):
            await page.clock.run_for(20_000)
        assert await page.locator(COVERED).count() == 1


async def test_without_a_connection_the_cover_lifts_unless_a_word_holds_it(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        await tap(page, "help")
        await page.context.set_offline(True)
        await page.click("form[data-cover] button")
        await page.click("[data-back] button")
        await page.wait_for_selector("textarea[rows='4']")
        await page.context.set_offline(False)
        await page.click("form[action='/more'] button")
        await page.fill("#word", "cerise")
        await page.click("button[value=word]")
        await page.wait_for_selector("button[value=forget]")
        async with page.expect_response(lambda response: response.url.endswith("/cover")):
            await page.click("form[data-cover] button")
        await page.context.set_offline(True)
        await page.fill("#text", "cerise")
        await page.click("[data-back] button")
        await page.wait_for_selector("[data-offline]:visible")
        await page.context.set_offline(False)
        await page.fill("#text", "pomme")
        await page.click("[data-back] button")
        await page.wait_for_selector("[data-missed]:visible")
        await page.fill("#text", "Cerise")
        await page.click("[data-back] button")
        await page.wait_for_selector("textarea[rows='4']")
        assert await page.evaluate("history.length") == 2, "about:blank and the chat: one entry"


async def test_leaving_waits_for_nobody(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        await tap(page, "help")
        told = asyncio.Event()

        async def hold(route: Route) -> None:
            told.set()
            await asyncio.sleep(0)
            await route.abort()

        await page.route("**/leave", hold)
        for _ in range(3):
            await page.keyboard.press("Escape")
        await page.wait_for_url(on.neutral + "/fr")
        await told.wait()
    async with phone(browser) as page:
        await page.goto(on.url)
        await tap(page, "help")
        await page.click("form[data-cover] button")
        async with page.expect_request("**/leave") as leaving:
            await page.click("a.leave")
        await page.wait_for_url(on.neutral + "/fr")
        assert (await leaving.value).method == "POST"
        for _ in range(500):  # the beacon's answer comes to a page that is gone
            if not await page.context.cookies(on.url):
                break
            await asyncio.sleep(0.02)
        assert not await page.context.cookies(on.url)
        assert len(on.story.told) == 1, "the first one's beacon was lost: it dies by itself"


async def test_a_message_whose_answer_is_lost_is_sent_once_and_the_numbers_stay(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        await tap(page, "help")
        await page.fill("#text", "un lit")
        sent: list[str] = []

        async def lose(route: Route) -> None:
            request: Request = route.request
            sent.append(request.post_data or "")
            if len(sent) == 1:
                await route.fetch(max_redirects=0)  # it arrives, and its answer does not
            await route.abort()

        await page.route(on.url + "/", lose)
        await page.click(".send")
        await page.wait_for_selector("#unsent:visible")
        for number in ("tel:17", "tel:112", "sms:114"):
            assert await page.locator(f"#unsent a[href='{number}']").is_visible()
        await page.click("[data-again]")
        await page.wait_for_function("document.querySelector('#unsent:not([hidden])')")
        await page.unroute(on.url + "/")
        await answered(page, "[data-again]")
        assert await page.locator("[value=yes]").count() == 1
        assert parse_qs(sent[0])["text"] == ["un lit"]
        assert len(set(sent)) == 1
        assert [said.text for said in on.story.heard if said.text] == ["un lit"]


async def test_what_a_proxy_says_in_between_is_no_answer(on: Stage, browser: Browser):
    async with phone(browser) as page:
        await page.goto(on.url)
        await page.route(on.url + "/", lambda route: route.fulfill(status=502, body="<h1>502 Bad Gateway</h1>"))
        await page.click("[value=help]")
        await page.wait_for_selector("#unsent:visible")
        assert "502" not in await page.inner_text("body")
