"""What monitoring reads: numbers of the process and of the queue, for who bears the token, and nobody's words."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.app import application
from bot.config import Settings
from bot.edited import Edited
from bot.metrics import Metrics
from bot.tally import BUCKETS, Tally, Times
from bot.turns import Host
from services.database import Database, open_database
from services.keys import Keys
from services.referrals.targets import targets
from tests.bot.stage import Guest, coordinator

TOKEN = "a token of some length"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
SPOKEN = "je dors derriere la gare de Narbonne"


@pytest.fixture
async def url(host: Host, database: Database, keys: Keys) -> AsyncIterator[str]:
    """All doors, as `serve` opens them."""
    edited = Edited(database, host.content, host.take)
    settings = Settings(metrics_token=TOKEN)
    runner = web.AppRunner(application(settings, database, keys, host, edited))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/metrics"
    await runner.cleanup()


async def page(url: str, headers: dict[str, str] = BEARER) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        assert "Set-Cookie" not in answer.headers
        return answer.status, await answer.text()


def samples(text: str) -> dict[tuple[str, ...], float]:
    """The value of each sample, by its name and its labels' values."""
    found = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {(sample.name, *sample.labels.values()): sample.value for sample in found}


async def test_a_request_shows_in_the_numbers_and_nothing_of_it_does(
    url: str, host: Host, database: Database, keys: Keys
):
    await coordinator(database, keys)
    guest = await Guest(host, channel="web", address="a cookie of somebody").at_menu()
    await guest.asks_for_help(SPOKEN)
    status, text = await page(url)
    assert status == 200
    told = samples(text)
    assert told["passerelle_turns_total", "web", "done"] >= 15
    assert told["passerelle_turn_seconds_count", "web"] == told["passerelle_turns_total", "web", "done"]
    assert told["passerelle_turn_seconds_bucket", "web", "+Inf"] == told["passerelle_turn_seconds_count", "web"]
    assert told["passerelle_texts_total", "yes"] + told["passerelle_texts_total", "no"] == 2
    assert told["passerelle_database_ready",] == 1
    waiting = {key: value for key, value in told.items() if key[0] == "passerelle_referrals" and value}
    assert list(waiting.values()) == [1]
    assert told["passerelle_referrals_unread",] == 0
    assert told["passerelle_referrals_unanswered",] == 1, "it was sent long ago, for the clock of this process"
    assert told["passerelle_referrals_late", "soon"] == 1
    for word in ("gare", "Narbonne", "cookie", "Ana", "R-"):
        assert word not in text


async def test_nobody_reads_it_without_the_token(url: str):
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}, {"Authorization": "Bearer é"}):
        status, text = await page(url, headers)
        assert (status, text) == (401, "a token is needed\n")


async def test_without_a_token_in_the_settings_there_is_no_such_page(host: Host, database: Database, keys: Keys):
    app = application(Settings(), database, keys, host, Edited(database, host.content, host.take))
    assert "/metrics" not in {resource.canonical for resource in app.router.resources()}


async def test_who_asks_every_second_cannot_tell_in_which_one_somebody_spoke(
    url: str, host: Host, monkeypatch: pytest.MonkeyPatch
):
    _, before = await page(url)
    await Guest(host).at_menu()
    assert (await page(url))[1] == before
    monkeypatch.setattr(metrics, "SAME_S", 0.0)
    assert samples((await page(url))[1])["passerelle_turns_total", "terminal", "done"] == 3


async def test_a_turn_that_fails_is_counted_and_a_database_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch):
    tally = Tally()
    with pytest.raises(RuntimeError), tally.turn("web"):
        raise RuntimeError
    gone = open_database("postgresql://nobody@127.0.0.1:1/nothing")
    app = web.Application()
    Metrics(gone, tally, {"answered": 2, "slow": 1}, TOKEN, targets()).mount(app)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    told = samples((await page(f"http://127.0.0.1:{runner.addresses[0][1]}/metrics"))[1])
    assert told["passerelle_turns_total", "web", "failed"] == 1
    assert told["passerelle_advice_total", "slow"] == 1
    assert told["passerelle_database_ready",] == 0
    assert not [key for key in told if key[0].startswith("passerelle_referrals")], "what is not known is not told"
    await gone.close()
    await runner.cleanup()


def test_a_time_falls_into_the_first_bucket_that_holds_it():
    times = Times()
    for seconds in (0.0, BUCKETS[0], BUCKETS[0] * 1.01, BUCKETS[-1], BUCKETS[-1] + 1):
        times.add(seconds)
    assert (times.within[0], times.within[1], times.within[-2], times.within[-1]) == (2, 1, 1, 1)
