"""Who asks too much is asked to wait: a conversation loses no word, a flood of visitors keeps nobody out who talks."""

import aiohttp
import pytest

from bot.channels.webchat import gate as webchat_gate
from bot.channels.webchat.brake import Brake
from tests.bot.channels.webchat.person import Person, fields
from tests.bot.channels.webchat.stage import CODE, stage


def test_a_bucket_lets_so_many_at_once_and_then_so_many_a_second():
    now = [0.0]
    brake = Brake(3, 0.5, lambda: now[0])
    assert [brake.lets("a") for _ in range(4)] == [True, True, True, False]
    assert brake.lets("b"), "each has its own"
    now[0] = 1.9
    assert not brake.lets("a")
    now[0] = 2.0
    assert brake.lets("a")
    assert not brake.lets("a"), "and what was asked in vain costs nothing more"


def test_a_bucket_forgets_who_was_not_heard_of_for_longest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.channels.webchat.brake.MOST", 10)
    brake = Brake(1, 0.0, lambda: 0.0)
    assert brake.lets("first")
    assert all(brake.lets(f"other {n}") for n in range(10))
    assert brake.lets("first")
    assert not brake.lets("other 9")
    assert b"first" not in repr(vars(brake)).encode(), "no name is kept as it is"


async def test_who_talks_too_fast_waits_and_loses_no_word(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(webchat_gate, "ANSWERS", (4, 0.0))
    async with stage() as on, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        person = Person(session, on.url)
        await person.begin("help")
        for _ in range(webchat_gate.ANSWERS[0]):
            await person.send(choice="know")
        page = await person.send(text="un lit, vite")
        assert "Please wait a moment" in page
        assert "un lit, vite" in page, "the words come back into the box"


async def test_a_flood_of_visitors_is_turned_away_with_the_numbers_and_who_talks_goes_on(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(webchat_gate, "LOOKS", (3, 0.0))
    monkeypatch.setattr(webchat_gate, "BEGINNINGS", (1, 0.0))
    async with stage() as on, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        person = Person(session, on.url)
        await person.begin("help")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as other:
            late = Person(other, on.url)
            await late.open()
            async with other.post(on.url, data={**fields(late.page), "choice": "help"}) as answer:
                assert answer.status == 503
                assert "Many people are here" in await answer.text()
            for _ in range(3):
                page = await late.open(**{"Accept-Language": "ar"})
            assert (late.status, late.headers["Retry-After"]) == (503, "10")
            for path in ("/more", "/nowhere", "/?1"):
                await late.open(path)
                assert late.status == 503, "no other page costs more"
            page = await late.open(**{"Accept-Language": "ar"})
            assert all(f'href="{number}"' in page for number in ("tel:17", "tel:112", "sms:114"))
            assert 'dir="rtl"' in page
            await late.open("/leave")
            assert late.status == 303, "leaving is never too much"
        assert "Voici ce qui sera" in await person.send(text="un lit")
        assert len(on.story.told) == 1


async def test_while_wrong_receipts_flood_the_door_who_brings_the_right_one_comes_in(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(webchat_gate, "BEGINNINGS", (3, 0.0))
    async with stage() as on:
        for tries in range(6):
            async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
                stranger = Person(session, on.url)
                await stranger.open()
                data = {**fields(stranger.page), "text": "wrong words again"}
                async with session.post(on.url, data=data, allow_redirects=False) as answer:
                    assert answer.status == (303 if tries < 3 else 503)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            holder = Person(session, on.url)
            await holder.open()
            await holder.send(text=CODE.words)
            assert on.story.heard[-1].text == CODE.words
