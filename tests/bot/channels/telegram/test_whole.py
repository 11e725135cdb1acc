"""The real process on a real database, spoken to through Telegram, and killed."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.emulator.bot_api import BotApi, Fault, Json, Person

ROOT = Path(__file__).parents[4]


@asynccontextmanager
async def serving(api: BotApi, folder: Path, **settings: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`passerelle serve` with its files in `folder`; killed at the end, as a power cut would."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PASSERELLE_")} | {
        "PORT": "0",
        "PYTHONPATH": str(ROOT),
        "PYTHONOPTIMIZE": "2",  # as `make run` starts it
        "PASSERELLE_DATABASE_URL": f"sqlite:///{folder}/passerelle.sqlite",
        "PASSERELLE_KEY_FILE": f"{folder}/passerelle.key",
        "PASSERELLE_TELEGRAM_TOKEN": api.token,
        "PASSERELLE_TELEGRAM_API": api.url,
        **settings,
    }
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "serve", cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_a_kill_before_sending_repeats_the_sending_and_not_the_turn(tmp_path, empty_url):
    async with BotApi() as api:
        ana = api.person(77, "es")
        api.faults = [Fault("error", "sendMessage", times=10**6)]
        async with serving(api, tmp_path, PASSERELLE_DATABASE_URL=empty_url):
            await ana.says("/start")
            await api.until(lambda: api.faults[0].times < 10**6, seconds=30)
        assert ana.sees() == ["/start"]
        api.faults = []
        async with serving(api, tmp_path, PASSERELLE_DATABASE_URL=empty_url):
            await api.until(lambda: len(ana.sees()) > 1 and not api.pending, seconds=30)
            await ana.says("/menu")
            await api.until(lambda: "/menu" in ana.sees()[:-1] and not api.pending, seconds=30)
        sent = [message for message in ana.chat.messages.values() if message["from"]["is_bot"]]
        first = [message for message in sent if message["text"] == sent[0]["text"]]
        assert len(first) == 1


async def test_a_kill_before_the_acknowledgement_neither_loses_nor_repeats_the_turn(tmp_path, empty_url):
    async with BotApi() as api:
        ana = api.person(77, "fr")
        async with serving(api, tmp_path, PASSERELLE_DATABASE_URL=empty_url):
            update = await ana.says("/start")
            await api.until(lambda: ana.buttons(), seconds=30)
            await asyncio.sleep(0.5)  # what was sent is written down a moment later
        asked = ana.sees()
        async with serving(api, tmp_path, PASSERELLE_DATABASE_URL=empty_url):
            await api.deliver(update)
            await api.until(lambda: not api.pending, seconds=30)
            await ana.says("/menu")
            await api.until(lambda: len(ana.sees()) > len(asked) + 1, seconds=30)
        assert ana.sees()[: len(asked) + 1] == [*asked, "/menu"]


async def test_what_was_said_stays_nowhere_once_erased(tmp_path):
    async with BotApi() as api, serving(api, tmp_path):
        ana = api.person(77, "es")
        for words in ("/start", "palabrasecreta", "me quitaron el pasaporteverde", "/borrar"):
            await ana.says(words)
            await api.until(lambda: "reply_markup" in last(ana), seconds=30)
        assert "palabrasecreta" in ana.sees()
        await ana.taps(next(iter(labels(last(ana)))))
        await api.until(lambda: "palabrasecreta" not in ana.sees() and ana.sees(), seconds=30)
        await asyncio.sleep(0.5)
        kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        for word in ("palabrasecreta", "pasaporteverde", api.token, "Zz-Firstname"):
            assert word.encode() not in kept


async def test_hiding_empties_the_chat(tmp_path):
    async with BotApi() as api, serving(api, tmp_path):
        ana = api.person(77, "ar")
        for words in ("/start", "/menu"):
            await ana.says(words)
            await api.until(lambda: "reply_markup" in last(ana), seconds=30)
        await ana.says("/hide")
        await api.until(lambda: not ana.sees(), seconds=30)
        await asyncio.sleep(0.5)
        assert ana.sees() == []


def last(person: Person) -> Json:
    """The newest message; a reply's buttons come with its last one."""
    return person.chat.messages[max(person.chat.messages)]


def labels(message: Json) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]
