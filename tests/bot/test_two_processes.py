"""Two processes on one PostgreSQL, as behind a proxy: one conversation, one queue, and either may end at any time."""

import asyncio
import re
import secrets
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bench.databases import server
from services.database import open_database
from services.keys import Keys
from services.referrals import acts
from services.tools import api_tokens
from tests.bot.api.conftest import Tool
from tests.bot.api.test_api import TRIAGE, body, handed_in
from tests.bot.channels.webchat.person import Person
from tests.bot.serving import Place, serving
from tests.bot.stage import coordinator

ENGLISH = '<html lang="en"'
TOKEN = "for the monitoring alone"


@pytest.fixture
def place(postgresql_url: str, tmp_path: Path) -> Place:
    place = Place(tmp_path, postgresql_url, tmp_path / "key")
    place.run("db", "upgrade")
    return place


@pytest.fixture
async def person() -> AsyncIterator[Person]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Person(session, "")


async def test_a_conversation_and_the_queue_go_on_whichever_process_answers(place: Place, person: Person):
    database, keys = open_database(place.database), Keys.load(place.key)
    opened = await coordinator(database, keys)
    async with database.begin() as tx:
        token, _ = await api_tokens.issue(tx, keys, None, "a tool", api_tokens.SCOPES, 1, 1)
    async with database.begin() as tx:  # the story's coordinator lives in another year than the processes
        await tx.exec_driver_sql("UPDATE api_tokens SET expires_at = 4000000000")
    metrics = {"PASSERELLE_METRICS_TOKEN": TOKEN}
    with serving(place, **metrics) as (one, process), serving(place, **metrics) as (two, _):
        person.url = one
        await person.open()
        await person.send(choice="en")
        person.url = two
        await person.send(choice="person")
        assert ENGLISH in person.page
        here, there = Tool(one, token), Tool(two, token)
        name, told = secrets.token_urlsafe(24), await body(here, TRIAGE)
        both = await asyncio.gather(handed_in(here, told, name), handed_in(there, told, name))
        assert sorted(answer.status for answer in both) == [200, 201]
        receipt = {"receipt": both[0].told["receipt"]["words"]}
        async with database.begin() as tx:
            await acts.claim(tx, both[0].told["referral"], opened.member, 1)
        for tool in (here, there):
            assert (await tool.ask("POST", "/receipts/state", receipt)).told["state"] == "claimed"
            assert await waiting(tool.url) == await waiting(two)
        process.kill()
        process.wait()
        person.url = two
        before = words(person.page)
        await person.send(choice="danger")
        assert ENGLISH in person.page
        assert words(person.page) != before
        with serving(place) as (again, _):
            person.url, left = again, words(person.page)
            await person.open()
            assert words(person.page) == left, "where the other process left it"
            assert (await Tool(again, token).ask("POST", "/receipts/state", receipt)).told["state"] == "claimed"
    await database.close()


def test_of_two_that_start_together_one_shows_the_first_link_and_it_opens(place: Place):
    shown = {"PASSERELLE_PRINT_LINK": "true"}
    with serving(place, **shown) as (one, first), serving(place, **shown) as (_, second):
        told = [next(line for line in process.stdout if line.startswith("First coor")) for process in (first, second)]
        ((link,), (said,)) = [[line for line in told if ("/welcome/" in line) is there] for there in (True, False)]
        assert "still works" in said
        assert "passerelle users add NAME --role supervisor" in said
        opened = link.split()[-1].rpartition("/console/")[2]
        with urllib.request.urlopen(f"{one}/console/{opened}") as page:
            assert page.status == 200


async def test_what_a_proxy_or_a_browser_claims_of_where_it_comes_from_is_not_believed(place: Place):
    with serving(place) as (url, _):
        claims = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example;proto=https",
        }
        async with aiohttp.ClientSession() as session, session.get(f"{url}/console/sign-in", headers=claims) as page:
            text = await page.text()
            assert page.status == 200
            assert "evil.example" not in text + str(page.headers)
            assert not [name for name in page.cookies if name.startswith("__Host-")]


def words(page: str) -> str:
    """What is read on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


async def waiting(url: str) -> list[str]:
    """The lines of the queue, as monitoring reads them."""
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    async with aiohttp.ClientSession() as session, session.get(f"{url}/metrics", headers=bearer) as page:
        return re.findall(r"^passerelle_referrals\{.*$", await page.text(), re.MULTILINE)


async def test_a_database_that_crashes_is_found_again_and_the_conversation_goes_on(person: Person, tmp_path: Path):
    with server() as there:
        if there is None:
            pytest.skip("no PostgreSQL here")
        place = Place(tmp_path, there.new("crashing"), tmp_path / "key")
        place.run("db", "upgrade")
        with serving(place) as (url, _):
            person.url = url
            await person.open()
            await person.send(choice="en")
            there.crash()
            for _ in range(100):
                if await asked(f"{url}/ready") == 200:
                    break
                await asyncio.sleep(0.2)
            before = words(person.page)
            await person.send(choice="person")
            assert ENGLISH in person.page
            assert words(person.page) != before


async def asked(url: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status
