"""A Rasa server beside the host: what it is sent, and that nothing depends on it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app import advised
from bot.config import Settings
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys
from tests.bot.stage import Guest, coordinator


class Elsewhere:
    """A server that answers like Rasa, always with one intent, and what it was sent."""

    def __init__(self, url: str) -> None:
        self.url, self.intent, self.sent, self.works = url, "ask_shelter", list[str](), True


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    async def parse(request: web.Request) -> web.Response:
        told.sent.append((await request.json())["text"])
        if not told.works:
            raise web.HTTPInternalServerError
        return web.json_response({"intent_ranking": [{"name": told.intent, "confidence": 0.95}]})

    app = web.Application()
    app.router.add_post("/model/parse", parse)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    told = Elsewhere(str(server.make_url("/")))
    yield told
    await server.close()


@pytest.fixture
async def host(database: Database, keys: Keys, everything_said: Content, elsewhere: Elsewhere) -> AsyncIterator[Host]:
    settings = Settings.model_validate({"nlu": "rasa", "rasa_url": elsewhere.url, "rasa_token": "token"})
    async with advised(settings, replace(everything_said)) as content:
        host = Host(database, keys, content)
        yield host
        await host.close()


async def test_what_somebody_writes_leads_where_the_adviser_says(host: Host, elsewhere: Elsewhere):
    guest = await Guest(host).at_menu("en")
    by_itself = (await guest.say("tell me about asylum in this country")).screens
    elsewhere.works = False
    guest = await Guest(host, address="there").at_menu("en")
    without = (await guest.say("tell me about asylum in this country")).screens
    assert by_itself != without
    assert len(elsewhere.sent) == 2


async def test_it_is_sent_nothing_that_tells_who_somebody_is(host: Host, elsewhere: Elsewhere):
    guest = await Guest(host).at_menu("en")
    await guest.say("my name is Zephyrine, call me at +33 6 39 98 12 34, where can I sleep")
    assert "where can i sleep" in elsewhere.sent[0]
    assert "zephyrine" not in elsewhere.sent[0]
    assert "39 98" not in elsewhere.sent[0]


async def test_danger_is_heard_whatever_it_says(host: Host, elsewhere: Elsewhere):
    elsewhere.intent = "out_of_scope"
    guest = await Guest(host).at_menu("en")
    assert (await guest.say("he is going to kill me")).flow == "crisis"


async def test_a_receipt_is_not_shown_to_it_not_even_a_mistyped_one(
    host: Host, elsewhere: Elsewhere, database: Database, keys: Keys
):
    await coordinator(database, keys)
    guest = await Guest(host).at_menu("en")
    receipt = (await guest.asks_for_help()).receipts[0]
    before = len(elsewhere.sent)
    await guest.say(receipt.words)
    await guest.say(receipt.digits)
    await guest.say(" ".join(receipt.words.split()[::-1]))
    assert elsewhere.sent[before:] == []


async def test_taps_and_corrected_messages_are_not_sent(host: Host, elsewhere: Elsewhere):
    guest = await Guest(host).at_menu("en")
    await guest.send(text="where can I sleep", edited=True)
    assert elsewhere.sent == []
