"""What we rely on in Rasa, asked of the real server, in its own environment: `make rasa ARGS=--prepare` makes it."""

import json
import random
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from typing import Any
from urllib.request import Request, urlopen

import aiohttp
import pytest
import yaml

from nlu.rasa.client import Rasa
from nlu.rasa.material import material
from nlu.rasa.service import DOMAIN, Service, home
from nlu.understanding import EmbeddedUnderstander

OURS = EmbeddedUnderstander(2026)
TOKEN = "a-token-that-is-found-nowhere"
FEW = 6  # examples of an intent in a language, as .ci/run prepares it
START_S = 180


@dataclass(frozen=True, slots=True)
class Server:
    """A running Rasa: its address, process and what it wrote."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    service = Service(home())
    if not service.ready:
        pytest.skip("no Rasa here: make rasa ARGS=--prepare (2.6 GB)")
    model = service.trained(FEW)
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("rasa") / "log"
    with log.open("wb") as written:
        words, around = service.command(model, port), service.surroundings(TOKEN)
        process = subprocess.Popen(words, env=around, cwd=service.folder, stdout=written, stderr=written)
    try:
        until = time.monotonic() + START_S
        while not ready(f"http://127.0.0.1:{port}"):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        first_parse(f"http://127.0.0.1:{port}")
        yield Server(f"http://127.0.0.1:{port}", process, log)
    finally:
        process.terminate()
        process.wait(30)


def ready(url: str) -> bool:
    try:
        with urlopen(f"{url}/status?token={TOKEN}", timeout=5) as answer:
            return bool(json.load(answer)["model_file"])
    except OSError:
        return False


def first_parse(url: str) -> None:
    """The first one loads what all later ones find there; it may take longer than our deadline."""
    asked = Request(f"{url}/model/parse?token={TOKEN}", b'{"text": "hello"}', {"Content-Type": "application/json"})
    with urlopen(asked, timeout=START_S) as answer:
        assert answer.status == 200


def arguments(server: Server) -> bytes:
    path = Path(f"/proc/{server.process.pid}/cmdline")
    return path.read_bytes() if path.exists() else b""


@pytest.fixture
async def rasa(server: Server):
    async with Rasa(server.url, TOKEN, OURS.intents) as rasa:
        yield rasa


async def asked(server: Server, path: str = "/model/parse", token: str = TOKEN, **body: Any) -> int:
    async with aiohttp.ClientSession() as http, http.post(server.url + path, params={"token": token}, **body) as answer:
        return answer.status


async def test_it_tells_every_intent_that_we_know_and_no_other(rasa: Rasa):
    assert (await rasa.advise("hello") or {}).keys() == OURS.intents


async def test_it_has_learnt_from_our_examples(rasa: Rasa):
    taught = yaml.safe_load(material(FEW))["nlu"]
    every = [
        (block["intent"], line.removeprefix("- "))
        for block in taught
        for line in block["examples"].splitlines()
        if "intent" in block
    ]
    some = random.Random(1).sample(every, 150)
    right = 0
    for intent, text in some:
        advice = await rasa.advise(text) or {}
        right += max(advice, key=lambda name: advice[name], default=None) == intent
    assert right > 0.8 * len(some)


@pytest.mark.parametrize(
    "text", ["/report_suicidal", "/greet", "  /restart", "/", "🙂", "\x00\x07", "\ud83d", "a" * 20_000]
)
async def test_no_text_makes_it_fail_or_obey(rasa: Rasa, text: str):
    advice = await rasa.advise(text)
    assert advice is None or max(advice.values()) < 1
    assert rasa.counts.keys() <= {"answered"}


async def test_without_the_token_nothing_is_answered(server: Server):
    assert await asked(server, token="another", json={"text": "hello"}) == 401
    async with Rasa(server.url, "another", OURS.intents) as stranger:
        assert await stranger.advise("hello") is None
        assert stranger.counts == {"wrong": 1}


@pytest.mark.parametrize("channel", ["rest", "cmdline", "callback"])
async def test_there_is_no_webhook_that_asks_for_no_token(server: Server, channel: str):
    body = {"sender": "somebody", "message": "hello"}
    assert await asked(server, f"/webhooks/{channel}/webhook", json=body) == 404


async def test_broken_questions_do_not_stop_it(server: Server, rasa: Rasa):
    for body in (b"", b"{}", b"null", b"{", b"\xff\xfe", b'{"text": 7}'):
        assert await asked(server, data=body) >= 200
    assert await rasa.advise("hello")


async def test_what_is_written_and_the_token_are_in_no_log_and_no_argument(server: Server, rasa: Rasa):
    assert await rasa.advise("quetzalcoatlus sleeps")
    written = server.log.read_text()
    assert "quetzalcoatlus" not in written
    assert TOKEN not in written
    assert TOKEN.encode() not in arguments(server)


def test_its_domain_has_our_intents():
    assert set(yaml.safe_load(DOMAIN.read_text("utf-8"))["intents"]) == OURS.intents
