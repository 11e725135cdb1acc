"""The floor of a turn on Telegram: the same webhook, request class and PTB objects, without engine and store.

`plain` answers with one message; `alike` makes the calls that a real turn makes, with a screen of usual size.
"""

import asyncio
import sys
from collections.abc import Coroutine
from typing import Any

import orjson
from aiohttp import web
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update

from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.requests import make_bot

# The mean of the conversations measured: some 340 signs and 10 buttons.
WORDS = "Traffickers use force, threats, lies or debts. " * 7 + "Next?"
LABELS = ("I want to understand", "Check my situation", "Ask for help", "Danger: get help now", "Back", "Menu") * 2
BUTTONS = 10


class Echo:
    """A bot that gives back what it got."""

    def __init__(self, bot: Bot, *, alike: bool) -> None:
        """`alike`: with all calls of a real turn."""
        self._bot, self._alike = bot, alike
        self._lanes, self._background = Lanes(), set[asyncio.Task[Any]]()
        rows = [[InlineKeyboardButton(label, callback_data=f"1.{n}")] for n, label in enumerate(LABELS[:BUTTONS])]
        self._keyboard = InlineKeyboardMarkup(rows)

    async def hooked(self, request: web.Request) -> web.Response:
        """Telegram's webhook."""
        update = Update.de_json(orjson.loads(await request.read()), self._bot)
        chat, query = update.effective_chat, update.callback_query
        assert chat is not None
        if query is not None:
            self._spawn(self._bot.answer_callback_query(query.id))
        _ = self._lanes.put(str(chat.id), lambda: self._reply(chat.id, update, query))
        return web.Response()

    async def _reply(self, chat: int, update: Update, query: CallbackQuery | None) -> None:
        if not self._alike:
            text = (query.data if query else update.effective_message and update.effective_message.text) or "…"
            await self._bot.send_message(chat, text)
            return
        quiet = LinkPreviewOptions(is_disabled=True)
        if query is not None and isinstance(query.message, Message):
            taken = f"{query.message.text}\n\n✓ {query.data}"
            await self._bot.edit_message_text(taken, chat, query.message.message_id, link_preview_options=quiet)
        await self._bot.send_message(
            chat, WORDS, "HTML", disable_notification=True, link_preview_options=quiet, reply_markup=self._keyboard
        )

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)


async def main(token: str, api: str, kind: str) -> None:
    """Serve until the process is ended."""
    bot = make_bot(token, api)
    await bot.request.initialize()
    app = web.Application()
    app.router.add_post("/", Echo(bot, alike=kind == "alike").hooked)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}/", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
