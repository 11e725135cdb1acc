"""Where it is shown: below a path behind a proxy, in Tor, in a frame where that is allowed; no claim is believed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import aiohttp
import pytest
from aiohttp import ClientSession, web
from playwright.async_api import Browser

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.render import emergency
from dialogs.reading import read_library
from tests.bot.channels.webchat.browser import phone, tap, write
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import Dictionary, Stage, Story, elsewhere, served

KEY = b"k" * 32
HOPS = ("Transfer-Encoding", "Date")
LIES = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=203.0.113.7;proto=https;host=evil.example",
}


def chat(story: Story, site: Site) -> web.Application:
    numbers = partial(emergency, Dictionary(), read_library())
    return webchat(story, site, Dictionary(), numbers, lambda: story.now)


@asynccontextmanager
async def proxied(target: str, path: str) -> AsyncIterator[str]:
    """A proxy that shows `target` below a path, and nothing beside it."""
    async with ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False) as session:

        async def forward(request: web.Request) -> web.StreamResponse:
            asked = target + request.raw_path.removeprefix(path)
            headers = {name: value for name, value in request.headers.items() if name not in ("Host", "Connection")}
            sent = session.request(
                request.method, asked, data=await request.read(), headers=headers, allow_redirects=False
            )
            async with sent as answer:
                kept = [
                    (name, value) for name, value in answer.headers.items() if name not in ("Transfer-Encoding", "Date")
                ]
                response = web.Response(status=answer.status, body=await answer.read())
                response.headers.clear()
                response.headers.extend(kept)
                return response

        app = web.Application()
        app.router.add_route("*", path + "/{tail:.*}", forward)
        async with served(app) as address:
            yield address + path


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_below_a_path_behind_a_proxy_everything_is_found(browser: Browser, scripts: bool):
    story = Story()
    async with elsewhere() as neutral:
        site = Site(KEY, neutral=neutral + "/{language}", public="http://example.org/chat")
        async with (
            served(chat(story, site)) as inside,
            proxied(inside, "/chat") as url,
            phone(browser, scripts=scripts) as page,
        ):
            missed: list[str] = []
            page.on("response", lambda answer: missed.append(answer.url) if answer.status == 404 else None)
            await page.goto(url + "/")
            await tap(page, "help")
            await write(page, "un lit")
            await page.click("form[action='/chat/more'] button")
            await page.wait_for_selector("button[value=large]")
            await page.click("button[value=large]")
            await page.wait_for_selector("html.large")
            await page.click("button[value=chat]")
            await page.wait_for_selector("[value=yes]")
            await page.click("form[data-cover] button")
            await page.click("[data-back] button")
            await page.wait_for_selector("[value=yes]")
            assert page.url.startswith(url + "/")
            await page.click("header .leave")
            await page.wait_for_url(neutral + "/fr")
            assert not missed


async def test_what_a_proxy_claims_is_not_believed(on: Stage, person: Person):
    before = await person.open()
    lied = await person.open(**LIES)
    assert "Secure" not in person.headers.get("Set-Cookie", "")
    assert "Strict-Transport-Security" not in person.headers
    assert "evil" not in lied
    assert "evil" not in str(person.headers)
    assert len(lied) == len(before)
    await person.post({**fields(lied), "choice": "help"}, **LIES)
    assert person.led_to == "/"


async def test_in_tor_the_cookie_needs_no_tls_and_the_site_says_where_its_onion_is():
    story = Story()
    site = Site(KEY, secure=True, public="https://chat.example.org", onion="http://abcdefghijklmnop.onion/")
    async with (
        served(chat(story, site), secure=True) as url,
        ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session,
    ):
        async with session.get(url) as response:
            assert response.headers["Set-Cookie"].startswith("__Host-s=")
            assert "Secure" in response.headers["Set-Cookie"]
            assert response.headers["Onion-Location"] == "http://abcdefghijklmnop.onion/"
        onion = {"Host": "abcdefghijklmnop.onion"}
        async with session.get(url, headers=onion) as response:
            assert response.headers["Set-Cookie"].startswith("s=")
            assert "Secure" not in response.headers["Set-Cookie"]
            form = {**fields(await response.text()), "choice": "help"}
            cookie = {"Cookie": response.headers["Set-Cookie"].split(";")[0]}
        async with session.post(url, data=form, headers=onion | cookie, allow_redirects=False) as response:
            assert response.headers["Location"] == "/"
        assert len(story.told) == 1
        async with session.post(url, data=form, headers=cookie, allow_redirects=False) as response:
            assert response.headers["Location"] == "/?1", "outside Tor that cookie is nobody's"


@asynccontextmanager
async def host_page(shown: str) -> AsyncIterator[str]:
    """A page of another site that shows the chat in a frame."""

    async def page(_: web.Request) -> web.Response:
        html = f'<!doctype html><title>A site</title><iframe src="{shown}" width="320" height="600"></iframe>'
        return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": "frame-src *"})

    app = web.Application()
    app.router.add_get("/", page)
    async with served(app) as url:
        yield url


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_only_a_site_that_may_shows_the_chat_in_a_frame_and_leaving_leaves_the_site(
    browser: Browser, scripts: bool
):
    story = Story()
    async with elsewhere() as neutral, web_server_of(story, neutral) as (framed, site_of), host_page(framed) as url:
        site_of["framed_by"] = (url,)
        async with phone(browser, scripts=scripts) as page:
            await page.goto(url)
            inside = page.frame_locator("iframe")
            await inside.locator("[value=help]").click()
            await inside.locator("textarea[rows='4']").wait_for()
            assert story.told
            await inside.locator("header .leave").click()
            await page.wait_for_url(neutral + "/fr")
        site_of["framed_by"] = ("https://www.example.org",)
        context = await browser.new_context(java_script_enabled=scripts)
        page = await context.new_page()
        for site in (url, url.replace("127.0.0.1", "localhost")):
            await page.goto(site)
            assert await page.frame_locator("iframe").locator("a, form").count() == 0
        await context.close()


@pytest.mark.parametrize("scripts", [False, True], ids=["no scripts", "scripts"])
async def test_in_a_frame_of_another_site_a_tap_opens_the_chat_on_a_page_of_its_own(browser: Browser, scripts: bool):
    """Another site is sent no cookie of ours; and its address bar, its history and its keys are not ours."""
    story = Story()
    async with elsewhere() as neutral, web_server_of(story, neutral) as (framed, site_of), host_page(framed) as url:
        other = url.replace("127.0.0.1", "localhost")
        site_of["framed_by"] = (other,)
        async with phone(browser, scripts=scripts) as page:
            await page.goto(other)
            inside = page.frame_locator("iframe")
            await inside.locator("a[href='tel:112']:visible").wait_for()
            assert await inside.locator("form").count() == 0
            assert not await page.context.cookies()
            await inside.locator("main a.choice[target=_top]").click()
            await page.wait_for_url(framed + "/")
            await tap(page, "help")
            await write(page, "un lit")
            await tap(page, "yes")
            assert len(story.told) == 1
            await page.click("header .leave")
            await page.wait_for_url(neutral + "/fr")


@asynccontextmanager
async def web_server_of(story: Story, neutral: str) -> AsyncIterator[tuple[str, dict[str, tuple[str, ...]]]]:
    """The chat, whose setting of who may frame it can still be chosen: the framing page's port is not known before."""
    chosen: dict[str, tuple[str, ...]] = {}

    async def policy(request: web.Request, response: web.StreamResponse) -> None:
        site = Site(KEY, framed_by=chosen["framed_by"])
        if response.content_type == "text/html":
            response.headers["Content-Security-Policy"] = site.policy

    app = chat(story, Site(KEY, neutral=neutral + "/{language}"))
    app.on_response_prepare.append(policy)
    async with served(app) as url:
        yield url, chosen


async def test_leaving_takes_the_files_of_the_pages_out_of_the_browser(browser: Browser):
    story, asked = Story(), list[str]()

    async def note(request: web.Request, _: web.StreamResponse) -> None:
        asked.append(request.path)

    async with elsewhere() as neutral:
        app = chat(story, Site(KEY, neutral=neutral + "/{language}"))
        app.on_response_prepare.append(note)
        async with served(app) as url, phone(browser) as page:
            for _ in range(2):
                await page.goto(url)
                await page.goto(neutral)
            assert sum(path.endswith(".css") for path in asked) == 1, "kept between two looks"
            await page.goto(url)
            await page.click("header .leave")
            await page.wait_for_url(neutral + "/fr")
            for _ in range(200):  # the beacon's answer clears the browser a moment after the page is gone
                await page.goto(url)
                await page.goto(neutral)
                if sum(path.endswith(".css") for path in asked) > 1:
                    break
            assert sum(path.endswith(".css") for path in asked) > 1
