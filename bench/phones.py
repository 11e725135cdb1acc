"""A minimal Bot API and the people who use it, in the measuring process: their cost is not the bot's."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from itertools import count
from types import TracebackType
from typing import Any

import aiohttp
import orjson
from aiohttp import web

from bench.talk import Move, Talk

Json = dict[str, Any]
PATIENCE_S = 60
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)
BOT = {"id": 1, "is_bot": True, "first_name": "Passerelle", "username": "a_bot"}


class Phones(AbstractAsyncContextManager["Phones"]):
    """`async with Phones() as phones`: `phones.api` is the Bot API's address for every bot under measurement."""

    def __init__(self) -> None:
        """Nothing listens yet."""
        self.api = ""
        self._secrets: dict[str, asyncio.Future[str]] = {}
        self._waiting: dict[int, tuple[asyncio.Future[None], int | None]] = {}
        self._chats, self._updates, self._messages = count(10_000), count(1), count(1)

    async def __aenter__(self) -> "Phones":
        """Listen on loopback."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.api = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        connector = aiohttp.TCPConnector(limit=0)
        self._client = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        await self._client.close()
        await self._runner.cleanup()

    async def secret(self, token: str) -> str:
        """The webhook's secret of a bot, once it has told it."""
        async with asyncio.timeout(PATIENCE_S):
            return await self._secret(token)

    async def load(self, hook: str, secret: str, talks: Sequence[Talk], *, exact: bool) -> float:
        """Lead all talks at the same time, each message after the reply to the one before; the seconds it took.

        `exact`: the reply has to be the turn that was expected, with its buttons; else any message will do.
        """
        headers = {SECRET: secret, "Content-Type": "application/json"}
        start = time.perf_counter()
        async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
            for talk in talks:
                group.create_task(self._person(hook, headers, talk, exact))
        return time.perf_counter() - start

    def _secret(self, token: str) -> asyncio.Future[str]:
        return self._secrets.setdefault(token, asyncio.get_running_loop().create_future())

    async def _person(self, hook: str, headers: dict[str, str], talk: Talk, exact: bool) -> None:
        chat = next(self._chats)
        for move in talk.moves:
            replied = asyncio.get_running_loop().create_future()
            self._waiting[chat] = replied, move.turn if exact else None
            update = orjson.dumps(self._update(chat, talk.language, move))
            async with self._client.post(hook, data=update, headers=headers) as answer:
                if answer.status != web.HTTPOk.status_code:
                    raise RuntimeError(f"the webhook answered {answer.status}")
            await replied

    def _update(self, chat: int, language: str, move: Move) -> Json:
        who = {"id": chat, "is_bot": False, "first_name": "A", "language_code": language}
        number = next(self._updates)
        if "data" not in move.what:
            return {"update_id": number, "message": self._message(chat, who, move.what)}
        tapped = self._message(chat, BOT, move.what["message"])
        query = {"id": str(number), "from": who, "message": tapped, "chat_instance": "1", "data": move.what["data"]}
        return {"update_id": number, "callback_query": query}

    def _message(self, chat: int, sender: Json, words: Json) -> Json:
        where = {"id": chat, "first_name": "A", "type": "private"}
        return {"message_id": next(self._messages), "from": sender, "chat": where, "date": int(time.time())} | words

    async def _answer(self, request: web.Request) -> web.Response:
        method, asked = request.match_info["method"], orjson.loads(await request.read() or b"{}")
        if method == "setWebhook":
            self._secret(request.match_info["token"]).set_result(asked["secret_token"])
        result = self._result(method, asked)
        return web.Response(body=orjson.dumps({"ok": True, "result": result}), content_type="application/json")

    def _result(self, method: str, asked: Json) -> object:
        if method in ("sendMessage", "editMessageText", "editMessageReplyMarkup"):
            if method == "sendMessage":
                self._arrived(asked)
            words: Json = {name: asked[name] for name in ("text", "reply_markup") if name in asked}
            return self._message(asked["chat_id"], BOT, words)
        if method == "getMyCommands":
            return []
        return {"name": "", "description": "", "short_description": ""} if method.startswith("getMy") else True

    def _arrived(self, asked: Json) -> None:
        replied, turn = self._waiting[asked["chat_id"]]
        if turn is not None and "reply_markup" not in asked:
            return
        if not replied.done():
            fault = None if turn is None else _wrong_turn(asked, turn)
            replied.set_exception(fault) if fault else replied.set_result(None)


def _wrong_turn(asked: Json, turn: int) -> Exception | None:
    """A fault when the buttons are not those of the turn that had to follow."""
    buttons = [button for row in asked["reply_markup"]["inline_keyboard"] for button in row]
    told = {button["callback_data"].partition(".")[0] for button in buttons if "callback_data" in button}
    return None if told == {str(turn)} else RuntimeError(f"turn {told} came where {turn} was expected")
