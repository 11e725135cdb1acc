"""Asking a Rasa server that is slow, down or wrong: a real one over HTTP, that misbehaves as it is told."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from nlu.rasa import client
from nlu.rasa.breaker import FAILURES
from nlu.rasa.client import AT_ONCE, Rasa
from nlu.rasa.form import LONGEST, in_form
from nlu.understanding import UNSURE, EmbeddedUnderstander

KNOWN = frozenset({"greet", "thank"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OURS = EmbeddedUnderstander(2026)


def ranking(**likely: object) -> dict[str, object]:
    return {"intent_ranking": [{"name": name, "confidence": share} for name, share in likely.items()]}


@asynccontextmanager
async def asking(handler: Handler) -> AsyncIterator[Rasa]:
    app = web.Application()
    app.router.add_post("/model/parse", handler)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    async with Rasa(str(server.make_url("/")), "secret-token", KNOWN) as rasa:
        yield rasa
    await server.close()


def answering(body: object, status: int = 200) -> Handler:
    async def handler(_: web.Request) -> web.Response:
        if isinstance(body, bytes):
            return web.Response(body=body, status=status)
        return web.json_response(body, status=status)

    return handler


async def test_what_it_answers_is_each_intents_likelihood():
    async with asking(answering(ranking(greet=0.9, thank=0.1))) as rasa:
        assert await rasa.advise("hello") == {"greet": 0.9, "thank": 0.1}
        assert rasa.counts == {"answered": 1}


async def test_it_is_sent_plain_words_few_enough_and_never_a_command():
    seen: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((await request.json())["text"])
        assert request.query["token"] == "secret-token"
        return web.json_response(ranking(greet=1.0))

    async with asking(handler) as rasa:
        for text in ("/greet", "  /restart{} ", "Où  DORMIR ?", "mot " * 5000, "х" * 5000, "护照"):
            assert await rasa.advise(text)
        assert await rasa.advise(" ... / ?!") is None
    assert seen[:3] == ["greet", "restart", "ou dormir"]
    assert seen[-1] == "护 照"
    assert not [text for text in seen if text.startswith("/") or len(text) > LONGEST]


@pytest.mark.parametrize(
    "handler",
    [
        answering(b"no json"),
        answering(b"\xff\xfe"),
        answering(b""),
        answering([]),
        answering(None),
        answering({"intent_ranking": None}),
        answering(ranking()),
        answering(ranking(nlu_fallback=0.9)),
        answering(ranking(greet="much")),
        answering(ranking(greet=None)),
        answering(ranking(greet=7)),
        answering(b'{"intent_ranking": [{"name": "greet", "confidence": NaN}]}'),
        answering(ranking(greet=1.0), status=500),
        answering(ranking(greet=1.0), status=401),
        answering(b"[" * 60_000),
        answering(b" " * 200_000),
    ],
)
async def test_a_wrong_answer_is_none(handler: Handler):
    async with asking(handler) as rasa:
        assert await rasa.advise("hello") is None
        assert rasa.counts == {"wrong": 1}


async def test_it_is_led_nowhere_else():
    async def handler(_: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("http://127.0.0.1:9/model/parse")

    async with asking(handler) as rasa:
        assert await rasa.advise("hello") is None
        assert rasa.counts == {"wrong": 1}


async def test_a_slow_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "DEADLINE_S", 0.05)

    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.json_response(ranking(greet=1.0))

    async with asking(handler) as rasa:
        assert await rasa.advise("hello") is None
        assert rasa.counts == {"slow": 1}


async def test_who_drips_is_slow_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client, "DEADLINE_S", 0.1)

    async def handler(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(20):
            await answer.write(b" ")
            await asyncio.sleep(0.02)
        return answer

    async with asking(handler) as rasa:
        assert await rasa.advise("hello") is None
        assert rasa.counts == {"slow": 1}


async def test_when_it_is_down_it_is_soon_left_alone_and_the_log_tells_no_text_and_no_token(
    caplog: pytest.LogCaptureFixture,
):
    async with Rasa("http://127.0.0.1:9/", "secret-token", KNOWN) as rasa:
        with caplog.at_level(logging.DEBUG):
            for _ in range(FAILURES + 2):
                assert await rasa.advise("a very private sentence") is None
    assert rasa.counts == {"down": FAILURES, "paused": 2}
    assert [record.getMessage() for record in caplog.records if record.name == "passerelle.rasa"] == [
        f"Rasa fails (ClientConnectorError); our own model answers; until now: {FAILURES} down"
    ]
    assert "private" not in caplog.text
    assert "secret-token" not in caplog.text


async def test_it_is_asked_again_when_it_is_back(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("nlu.rasa.breaker.FIRST_PAUSE_S", 0.02)
    works = False

    async def handler(_: web.Request) -> web.Response:
        return web.json_response(ranking(greet=1.0), status=200 if works else 503)

    async with asking(handler) as rasa:
        for _ in range(FAILURES):
            assert await rasa.advise("hello") is None
        works = True
        await asyncio.sleep(0.05)
        assert await rasa.advise("hello")
        assert await rasa.advise("hello")


async def test_a_crowd_does_not_queue_up_before_it():
    arrived, released = asyncio.Semaphore(0), asyncio.Event()

    async def handler(_: web.Request) -> web.Response:
        arrived.release()
        await released.wait()
        return web.json_response(ranking(greet=1.0))

    async with asking(handler) as rasa:
        asked = [asyncio.create_task(rasa.advise("hello")) for _ in range(AT_ONCE)]
        for _ in range(AT_ONCE):
            await arrived.acquire()
        assert await rasa.advise("hello") is None
        released.set()
        assert all(await asyncio.gather(*asked))
        assert rasa.counts == {"answered": AT_ONCE, "busy": 1}


async def test_who_stops_waiting_does_not_stop_others():
    async def handler(_: web.Request) -> web.Response:
        await asyncio.sleep(0.2)
        return web.json_response(ranking(greet=1.0))

    async with asking(handler) as rasa:
        for _ in range(AT_ONCE):
            given_up = asyncio.create_task(rasa.advise("hello"))
            await asyncio.sleep(0.01)
            given_up.cancel()
            with pytest.raises(asyncio.CancelledError):
                await given_up
        assert await rasa.advise("hello")


def test_danger_is_never_told_by_advice():
    calm = dict.fromkeys(OURS.intents, 0.0)
    heard = OURS.understand("he is going to kill me", "en", {**calm, "out_of_scope": 1.0})
    assert heard.danger == ("threat",)
    assert heard.intent == "report_danger"
    alarmed = OURS.understand("what is a residence permit", "en", {**calm, "report_danger": 1.0})
    assert alarmed.danger == ()
    assert alarmed.intent is None
    assert alarmed.ranking[0] == ("report_danger", UNSURE)
    assert alarmed.guesses == ("report_danger",)


def test_advice_tells_the_intent_but_not_of_whole_short_messages():
    advice = {"thank": 0.9, "ask_asylum": 0.1}
    assert OURS.understand("what is a residence permit", "en", advice).intent == "thank"
    assert OURS.understand("menu", "en", advice) == OURS.understand("menu", "en")
    assert OURS.understand("12 34", "en", advice) == OURS.understand("12 34", "en")


def test_the_form_is_the_same_for_what_is_written_in_several_ways():
    assert in_form("PASSÉPORT...  pris !") == in_form("passeport, pris")
    assert in_form("моја газда") == in_form("moja gazda")
