"""What stands before every door: what is no HTTP gets our words and headers, and nothing of it reaches the log."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web

from bot import front
from bot.app import application
from bot.channels.webchat import http as webchat_http
from bot.config import Settings
from bot.console import auth
from bot.edited import Edited
from bot.front import Front, sorry
from bot.turns import Content, Host
from services.database import Database
from services.keys import Keys

SECRET = b"MarieEcritIci"
COOKIE = b"Cookie: s=" + SECRET
HEAD = b"Host: x\r\nConnection: close\r\n"
MALFORMED = {
    "no HTTP": b"\x16\x03\x01 " + SECRET + b"\r\n\r\n",
    "a bad first line": b"GET /" + SECRET + b" <script> HTTP/9.9\r\n\r\n",
    "a bad header": b"GET / HTTP/1.1\r\n" + HEAD + COOKIE + b"\x01\r\n\r\n",
    "a header without colon": b"GET / HTTP/1.1\r\n" + HEAD + b"Cookie " + SECRET + b"\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\n" + HEAD + COOKIE * 2000 + b"\r\n\r\n",
    "a long address": b"GET /" + SECRET * 2000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n",
    "a bad length": b"POST / HTTP/1.1\r\n" + HEAD + b"Content-Length: -5 " + SECRET + b"\r\n\r\n",
    "bad chunks": b"POST / HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz " + SECRET + b"\r\n",
    "a chunk too long": b"POST / HTTP/1.1\r\n"
    + HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n2\r\ntext="
    + SECRET
    + b"\r\n",
    "an odd wish": b"POST / HTTP/1.1\r\n" + HEAD + b"Expect: " + SECRET + b"\r\nContent-Length: 0\r\n\r\n",
    "no gzip": b"POST / HTTP/1.1\r\n" + HEAD + b"Content-Encoding: gzip\r\nContent-Length: 13\r\n\r\n" + SECRET,
}
LENGTH = re.compile(rb"Content-Length: (\d+)")
CLOSED = (b"\r\nServer: web\r\n", b"\r\nCache-Control: no-store\r\n", b"\r\nX-Content-Type-Options: nosniff\r\n")


@pytest.fixture
async def url(
    host: Host, database: Database, keys: Keys, everything_said: Content, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[str]:
    """All doors, as `serve` opens them for people who come over https."""
    edited = Edited(database, everything_said, host.take)
    app = application(Settings(public_url="https://chat.example.org"), database, keys, host, edited)
    front = Front(app, sorry(everything_said.catalog), secure=True)
    with caplog.at_level(logging.INFO):
        await front.setup()
        await web.TCPSite(front, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{front.addresses[0][1]}"
        await front.cleanup()


async def sent(url: str, data: bytes) -> bytes:
    """What a server answers to these bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    writer.write(data)
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        answer = head + await reader.readexactly(int(LENGTH.findall(head)[0]))
    writer.close()
    return answer


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
async def test_what_cannot_be_read_is_answered_in_our_words_and_told_to_no_log(
    url: str, data: bytes, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    answer = await sent(url, data)
    await asyncio.sleep(0.05)
    written = caplog.text + "".join(capfd.readouterr())
    assert answer.startswith(b"HTTP/1.")
    assert all(line in answer for line in CLOSED)
    for quoted in (SECRET.decode(), "127.0.0.1", "Traceback"):
        assert quoted not in written
    assert SECRET not in answer
    assert b"aiohttp" not in answer


async def test_what_cannot_be_read_is_answered_in_every_language(url: str, everything_said: Content):
    answer = (await sent(url, MALFORMED["a bad header"])).decode()
    assert answer.partition(" ")[2].startswith("400")
    assert len(answer.rpartition("\r\n\r\n")[2].strip().splitlines()) >= len(everything_said.catalog.names)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "TRACE"])
async def test_every_answer_of_every_door_is_closed_and_names_no_program(url: str, method: str):
    async with aiohttp.ClientSession() as session:
        for path in ("/", "/leave", "/nowhere", "/console/sign-in", "/console/nowhere", "/console/style.css"):
            async with session.request(method, url + path, allow_redirects=False) as response:
                assert response.status < 500 or path == "/leave"
                headers = response.headers
            assert headers["Server"] == "web"
            assert headers["Strict-Transport-Security"] == "max-age=31536000"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in headers["Content-Security-Policy"]
            assert "Cache-Control" in headers


async def test_a_task_that_fails_alone_tells_its_kind_only(url: str, caplog: pytest.LogCaptureFixture):
    asyncio.get_running_loop().call_exception_handler({"message": "Marie", "exception": ValueError("EcritIci")})
    assert "ValueError" in caplog.text
    assert "EcritIci" not in caplog.text
    assert "Marie" not in caplog.text


HALF_BODY = (
    b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nturn=1"
)
DOORS = (b"POST /", b"POST /console/sign-in")


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"], ids=["nothing", "half a header"])
async def test_who_does_not_ask_in_time_is_let_go(url: str, begun: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(front, "HEAD_S", 0.2)
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    writer.write(begun)
    async with asyncio.timeout(5):
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
    writer.close()


async def test_who_asked_in_time_may_ask_again_later(url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(front, "HEAD_S", 0.2)
    asked = b"HEAD /leave HTTP/1.1\r\nHost: x\r\n\r\n"
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    for pause in (0.5, 0):
        writer.write(asked)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 503")
        await asyncio.sleep(pause)
    writer.close()


@pytest.mark.parametrize("door", DOORS)
async def test_a_form_that_does_not_come_is_not_waited_for(url: str, door: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(webchat_http, "BODY_S", 0.1)
    monkeypatch.setattr(auth, "BODY_S", 0.1)
    answer = await sent(url, door + HALF_BODY)
    assert answer.startswith((b"HTTP/1.1 303", b"HTTP/1.1 400"))


@pytest.mark.parametrize("door", DOORS)
async def test_a_form_cut_short_is_told_to_no_log(url: str, door: bytes, caplog: pytest.LogCaptureFixture):
    _, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    writer.write(door + HALF_BODY)
    await asyncio.sleep(0.1)
    writer.close()
    await asyncio.sleep(0.1)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_the_same_line_is_told_once_a_minute(url: str, caplog: pytest.LogCaptureFixture):
    for _ in range(100):
        asyncio.get_running_loop().call_exception_handler({"message": "no more files", "exception": OSError(24)})
    assert caplog.text.count("OSError") == 1
    asyncio.get_running_loop().call_exception_handler({"message": "another", "exception": KeyError()})
    assert "KeyError" in caplog.text
