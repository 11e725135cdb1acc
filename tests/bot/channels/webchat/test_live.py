"""While a receipt is open the page hears that something new came: in time, once, bounded, and never what."""

import asyncio
import time
from collections.abc import AsyncIterator
from functools import partial

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar
from playwright.async_api import Browser

from bot.channels.webchat import live as webchat_live
from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.live import Live
from bot.render import emergency
from bot.turns import Content, Host
from dialogs.events import Holder
from services.database import Database
from services.keys import Keys
from services.referrals import acts, messages, queue
from services.rights import Opened
from services.writing import Writing
from tests.bot.channels.webchat.browser import phone, tap, write
from tests.bot.channels.webchat.person import Person
from tests.bot.channels.webchat.stage import served
from tests.bot.stage import Guest, coordinator


@pytest.fixture
async def opened(database: Database, keys: Keys) -> Opened:
    return await coordinator(database, keys)


@pytest.fixture
async def receipt(host: Host, opened: Opened) -> str:
    """Somebody asked for help elsewhere, a moment ago."""
    guest = Guest(host)
    guest.at = int(time.time())
    await guest.at_menu()
    return (await guest.asks_for_help()).receipts[0].digits


@pytest.fixture
async def writing(database: Database, keys: Keys) -> AsyncIterator[Writing]:
    """Who writes, as this process hears it."""
    writing = Writing(database, keys)
    following = asyncio.create_task(writing.follow())
    yield writing
    following.cancel()
    await asyncio.wait([following])


@pytest.fixture
async def url(
    host: Host,
    everything_said: Content,
    database: Database,
    keys: Keys,
    writing: Writing,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[str]:
    monkeypatch.setattr(webchat_live, "LOOK_S", 0.05)
    numbers = partial(emergency, everything_said.catalog, everything_said.library)
    site, live = Site(key=b"k" * 32), Live(database, keys, writing)
    async with served(webchat(host, site, everything_said.catalog, numbers, live=live)) as address:
        yield address


@pytest.fixture
async def person(url: str) -> AsyncIterator[Person]:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        yield Person(session, url)


async def answers(database: Database, opened: Opened, words: str) -> None:
    async with database.begin() as tx:
        (row,) = await queue.triage_rows(tx)
        if row["state"] == "received":
            await acts.claim(tx, str(row["id"]), opened.member, int(time.time()))
        await messages.post_from_coordination(tx, str(row["id"]), words, int(time.time()))


async def heard(stream: ClientResponse) -> str:
    """What comes until the next event is whole."""
    got = ""
    async for line in stream.content:
        got += line.decode()
        if got.endswith("data: 1\n\n"):
            return got
    return got


async def test_a_new_answer_is_told_without_its_words(person: Person, receipt: str, database: Database, opened: Opened):
    await person.begin("fr")
    page = await person.send(text=receipt)
    assert 'id="answer"' in page
    async with person.session.get(person.url + "/live") as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert stream.headers["Cache-Control"] == "no-store"
        await answers(database, opened, "Une chambre est libre.")
        told = await heard(stream)
        assert "event: answer" in told
        assert "chambre" not in told
        assert "R-" not in told
    last = told.rsplit("id: ", 1)[1].split("\n")[0]
    await answers(database, opened, "Demain à 9 heures.")
    async with person.session.get(person.url + "/live", headers={"Last-Event-ID": last}) as stream:
        assert "event: answer" in await heard(stream), "what came while nobody listened is told at once"


async def test_nobody_listens_without_an_open_receipt(person: Person, receipt: str):
    async def status(**headers: str) -> int:
        async with person.session.get(person.url + "/live", headers=headers) as response:
            return response.status

    assert await status() == 204
    await person.begin("fr")
    assert await status() == 204
    await person.send(text=receipt)
    assert await status() == 200
    assert await status(**{"Sec-Fetch-Site": "cross-site"}) == 204
    await person.send(choice="close")
    assert await status() == 204


async def test_streams_are_few_and_one_for_each(person: Person, receipt: str, monkeypatch: pytest.MonkeyPatch):
    await person.begin("fr")
    await person.send(text=receipt)
    async with person.session.get(person.url + "/live") as first:
        await first.content.readline()
        async with person.session.get(person.url + "/live") as second:
            assert second.status == 200
            await first.content.read()  # it ends: nothing more is to come
            monkeypatch.setattr(webchat_live, "MOST", 1)
            async with person.session.get(person.url + "/live") as third:
                assert third.status == 204


async def is_written_to(database: Database, writing: Writing, holder: Holder) -> None:
    """A coordinator types: said until it was heard, as a page says it again and again."""
    async with database.read() as tx:
        (row,) = await queue.triage_rows(tx)
    while not writing.to(str(row["id"]), holder):
        await writing.tell(str(row["id"]), holder)
        await asyncio.sleep(0.05)


async def test_while_somebody_writes_the_page_says_so_and_no_longer(
    url: str, receipt: str, browser: Browser, database: Database, writing: Writing, opened: Opened
):
    async with phone(browser) as page:
        await page.goto(url)
        await tap(page, "fr")
        async with page.expect_response("**/live"):
            await write(page, receipt)
        assert not await page.is_visible("#writing")
        await page.clock.install()
        await is_written_to(database, writing, "person")
        await page.wait_for_selector("#writing:visible")
        assert "La coordination écrit." in await page.inner_text("main")
        writing._heard.clear()
        await page.clock.run_for(10_000)
        await page.wait_for_selector("#writing", state="hidden")
        await is_written_to(database, writing, "person")
        await page.wait_for_selector("#writing:visible")
        await answers(database, opened, "Une chambre est libre.")
        await page.wait_for_selector("#answer:visible")
        assert not await page.is_visible("#writing")


async def test_the_page_says_so_and_shows_the_answer_at_a_tap(
    url: str, receipt: str, browser: Browser, database: Database, opened: Opened
):
    async with phone(browser) as page:
        await page.goto(url)
        await tap(page, "fr")
        async with page.expect_response("**/live"):
            await write(page, receipt)
        assert not await page.is_visible("#answer")
        await answers(database, opened, "Une chambre est libre.")
        await page.wait_for_selector("#answer:visible")
        assert "chambre" not in await page.inner_text("body")
        await page.click("[data-answer]")
        await page.get_by_text("Une chambre est libre.").wait_for()
        assert not await page.is_visible("#answer")
        kept = await page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, location.search]")
        assert kept == [0, 0, "", ""]
