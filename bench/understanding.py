"""Our own understanding and Rasa's advice on the same messages: how right, how quick, how large."""

import asyncio
import json
import os
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import mean

import aiohttp

from bench.child import ROOT, Child
from bench.report import Report
from nlu.rasa.service import Service, home

GROUP = "UNDERSTANDING: messages of the tests, 4 languages"
MESSAGES = [str(ROOT / "tests" / "nlu" / language / "ordinary.yml") for language in ("ar", "en", "es", "fr")]
PATIENCE_S = 120


async def embedded(report: Report) -> None:
    """Our own: what loading takes, and the messages once."""
    seconds, megabytes = json.loads(await _said("-m", "bench.loading"))
    report.add(GROUP, "embedded: loading, numpy with it", "s", seconds)
    report.add(GROUP, "embedded: memory", "MB", megabytes, 0)
    await _evaluated(report, "embedded", {})


@dataclass(frozen=True, slots=True)
class Server:
    """A Rasa that answers: its process, address and token, and the seconds until it answered."""

    child: Child
    url: str
    token: str
    start_s: float


async def advised(report: Report, server: Server) -> None:
    """Rasa's advice over ours, asked one message after the other."""
    report.add(GROUP, "rasa: start until it answers", "s", server.start_s, 1)
    settings = {"PASSERELLE_RASA_URL": server.url, "PASSERELLE_RASA_TOKEN": server.token}
    await _evaluated(report, "rasa", settings)
    report.add(GROUP, "rasa: memory", "MB", server.child.megabytes, 0)


@asynccontextmanager
async def rasa() -> AsyncIterator[Server | None]:
    """A real Rasa server; nothing where it is not set up."""
    service = Service(home())
    if not service.ready:
        yield None
        return
    model = await asyncio.to_thread(service.trained)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, url, start = service.token(), f"http://127.0.0.1:{port}", time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *service.command(model, port), env=service.surroundings(token), cwd=service.folder,
        stdout=DEVNULL, stderr=DEVNULL,
    )  # fmt: skip
    try:
        await _answers(f"{url}/model/parse?token={token}")
        yield Server(Child(process, "ready"), url, token, time.perf_counter() - start)
    finally:
        process.terminate()
        await process.wait()


async def _answers(url: str) -> None:
    """Until a text is parsed."""
    async with asyncio.timeout(PATIENCE_S), aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.post(url, json={"text": "hello"}) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.2)


async def _evaluated(report: Report, backend: str, settings: Mapping[str, str]) -> None:
    told = await _said("-m", "bot", "nlu", "eval", *MESSAGES, "--backend", backend, "--json", **settings)
    figures = json.loads(told)["languages"].values()
    report.add(GROUP, f"{backend}: accuracy", "of 1", mean(one["accuracy"] for one in figures), 3)
    report.add(GROUP, f"{backend}: top-2", "of 1", mean(one["top2"] for one in figures), 3)
    for share in ("p50", "p99"):
        report.add(GROUP, f"{backend}: a parse, {share}", "ms", mean(one["parse_ms"][share] for one in figures))
    report.add(GROUP, f"{backend}: one after the other", "a second",
               1000 / mean(one["parse_ms"]["mean"] for one in figures), 0)  # fmt: skip


async def _said(*arguments: str, **settings: str) -> str:
    """What a process of ours prints."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=PIPE, cwd=ROOT, env=around | {"PYTHONPATH": str(ROOT)} | settings
    )
    printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments[:4])} failed; its reason is above")
    return printed.decode()
