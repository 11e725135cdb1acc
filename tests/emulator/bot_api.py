"""A local stand-in for Telegram's Bot API: chats, refusals as documented, updates by webhook or polling, faults."""

import asyncio
import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.emulator.markup import Refused, check_entities, check_keyboard, seen, units

Json = dict[str, Any]
TWO_DAYS = 48 * 3600
PROFILE = {"Name": ("name", 64), "Description": ("description", 512), "ShortDescription": ("short_description", 120)}


@dataclass
class Chat:
    """`messages` are what is seen now; ids are counted by chat, as in a private chat's view."""

    id: int
    type: str = "private"
    messages: dict[int, Json] = field(default_factory=dict)
    blocked: bool = False
    left: bool = False


@dataclass
class Fault:
    """What happens to the next `times` calls of `method` (any, when None) for `chat` (any, when None).

    kind: `limit` answers 429, `error` 500, `cut` takes no call and hangs up, `lost` takes the call and then hangs up,
    `slow` waits `seconds` first.
    """

    kind: str
    method: str | None = None
    chat: int | None = None
    times: int = 1
    seconds: float = 1

    def hits(self, method, params):
        return (
            self.times > 0
            and self.method in (None, method)
            and (self.chat is None or self.chat == params.get("chat_id"))
        )


class BotApi:
    """`async with BotApi() as api`: `api.url` is what PASSERELLE_TELEGRAM_API is set to."""

    def __init__(self, token="12345:" + "t" * 35):
        self.token = token
        self.chats: dict[int, Chat] = {}
        self.calls: list[tuple[str, Json]] = []
        self.faults: list[Fault] = []
        self.profile: dict[tuple[str, str], object] = {}
        self.webhook: Json = {}
        self.pending: list[Json] = []
        self.statuses: list[int] = []
        self.answered: Counter[str] = Counter()
        self.queries: set[str] = set()
        self.changed = asyncio.Condition()
        self._last_update = 700_000_000
        self._last_message: dict[int, int] = defaultdict(lambda: 100)

    async def __aenter__(self):
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)  # its log would hold the token
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._client = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_):
        await self._client.close()
        await self._runner.cleanup()

    # What the bot asks

    async def _serve(self, request):
        if request.match_info["token"] != self.token:
            return self._refusal(Refused("Unauthorized", 401))
        method, params = request.match_info["method"], await _params(request)
        fault = next((f for f in self.faults if f.hits(method, params)), None)
        if fault is not None:
            fault.times -= 1
            if fault.kind in ("limit", "error", "cut"):
                return self._broken(fault, request)
            await asyncio.sleep(fault.seconds if fault.kind == "slow" else 0)
        answer = await self._answer(method, params)
        if fault is not None and fault.kind == "lost":
            request.transport.abort()
        return answer

    def _broken(self, fault, request):
        if fault.kind == "limit":
            return self._refusal(Refused("Too Many Requests", 429, retry_after=int(fault.seconds)))
        if fault.kind == "cut":
            request.transport.abort()
        return web.Response(status=500, text="<html>")

    async def _answer(self, method, params):
        self.calls.append((method, params))
        try:
            result = await self._do(method, params)
        except Refused as refused:
            return self._refusal(refused)
        async with self.changed:
            self.changed.notify_all()
        return web.json_response({"ok": True, "result": result})

    @staticmethod
    def _refusal(refused):
        body = {"ok": False, "error_code": refused.code, "description": refused.description}
        if refused.parameters:
            body["parameters"] = refused.parameters
        return web.json_response(body, status=refused.code)

    async def _do(self, method, params):
        if method.startswith(("getMy", "setMy")):
            return self._own_profile(method, params)
        if method == "getUpdates":
            return await self._updates(params)
        take = getattr(self, f"_{method}", None)
        if take is None:
            raise Refused("Not Found", 404)
        return take(params)

    def _chat(self, params):
        chat = self.chats.get(int(params.get("chat_id", 0)))
        if chat is None:
            raise Refused("Bad Request: chat not found")
        if chat.blocked or chat.left:
            raise Refused("Forbidden: bot was blocked by the user", 403)
        return chat

    def _words(self, params):
        text, entities = params.get("text", ""), params.get("entities", [])
        if not text.strip():
            raise Refused("Bad Request: message text is empty")
        if units(text) > 4096:
            raise Refused("Bad Request: message is too long")
        check_entities(text, entities)
        check_keyboard(params.get("reply_markup"))
        words = {"text": text, "entities": entities, "reply_markup": params.get("reply_markup")}
        return {name: value for name, value in words.items() if value}

    def _sendMessage(self, params):  # noqa: N802 (the API's own names)
        chat = self._chat(params)
        quiet = {"silent": params.get("disable_notification", False)}
        return self._public(self._add(chat, {"is_bot": True, "id": 1, "first_name": "B"}, self._words(params) | quiet))

    def _editMessageText(self, params):  # noqa: N802
        message = self._own(params)
        words = self._words(params)
        if words.get("text") == message.get("text") and words.get("reply_markup") == message.get("reply_markup"):
            raise Refused("Bad Request: message is not modified")
        for name in ("text", "entities", "reply_markup"):
            message.pop(name, None)
        message.update(words)
        return self._public(message)

    def _editMessageReplyMarkup(self, params):  # noqa: N802
        message, markup = self._own(params), params.get("reply_markup")
        check_keyboard(markup)
        if markup == message.get("reply_markup"):
            raise Refused("Bad Request: message is not modified")
        message.pop("reply_markup", None)
        message.update({"reply_markup": markup} if markup else {})
        return self._public(message)

    def _own(self, params):
        message = self._chat(params).messages.get(params.get("message_id"))
        if message is None:
            raise Refused("Bad Request: message to edit not found")
        if not message["from"]["is_bot"]:
            raise Refused("Bad Request: message can't be edited")
        return message

    def _deleteMessage(self, params):  # noqa: N802
        chat = self._chat(params)
        message = chat.messages.get(params.get("message_id"))
        if message is None:
            raise Refused("Bad Request: message to delete not found")
        if time.time() - message["date"] > TWO_DAYS:
            raise Refused("Bad Request: message can't be deleted for everyone")
        del chat.messages[params["message_id"]]
        return True

    def _deleteMessages(self, params):  # noqa: N802
        chat, ids = self._chat(params), params.get("message_ids", [])
        if not 1 <= len(ids) <= 100:
            raise Refused("Bad Request: wrong number of message identifiers")
        old = [i for i in ids if i in chat.messages and time.time() - chat.messages[i]["date"] > TWO_DAYS]
        if old:
            raise Refused("Bad Request: message can't be deleted for everyone")
        for message_id in ids:
            chat.messages.pop(message_id, None)
        return True

    def _answerCallbackQuery(self, params):  # noqa: N802
        if params.get("callback_query_id") not in self.queries:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answered[params["callback_query_id"]] += 1
        return True

    def _leaveChat(self, params):  # noqa: N802
        self._chat(params).left = True
        return True

    def _setChatMenuButton(self, params):  # noqa: N802
        self.profile["menu", ""] = params["menu_button"]
        return True

    def _setWebhook(self, params):  # noqa: N802
        if not params.get("url", "").startswith("http"):
            raise Refused("Bad Request: bad webhook: HTTPS URL must be provided")
        self.webhook = params
        return True

    def _deleteWebhook(self, _):  # noqa: N802
        self.webhook = {}
        return True

    def _own_profile(self, method, params):
        what, code = method[5:], params.get("language_code", "")
        if what == "Commands":
            if method.startswith("set"):
                self.profile[what, code] = _commands(params["commands"])
            return self.profile.get((what, code), []) if method.startswith("get") else True
        name, longest = PROFILE[what]
        if method.startswith("get"):
            return {name: self.profile.get((what, code)) or self.profile.get((what, ""), "")}
        if len(params.get(name, "")) > longest:
            raise Refused("Bad Request: too long")
        self.profile[what, code] = params[name]
        return True

    async def _updates(self, params):
        if self.webhook:
            raise Refused("Conflict: can't use getUpdates method while webhook is active", 409)
        self.pending = [u for u in self.pending if u["update_id"] >= params.get("offset", 0)]
        try:
            async with asyncio.timeout(min(params.get("timeout", 0), 2)), self.changed:
                await self.changed.wait_for(lambda: self.pending)
        except TimeoutError:
            return []
        return self.pending[: params.get("limit", 100)]

    def _add(self, chat, sender, what):
        self._last_message[chat.id] += 1
        message = {"message_id": self._last_message[chat.id], "from": sender, "date": int(time.time())} | what
        message["chat"] = {"id": chat.id, "type": chat.type}
        chat.messages[message["message_id"]] = message
        return message

    @staticmethod
    def _public(message):
        return {name: value for name, value in message.items() if name != "silent"}

    # What people do

    def person(self, chat_id, language="fr"):
        self.chats.setdefault(chat_id, Chat(chat_id))
        return Person(self, chat_id, language)

    def update(self, **what):
        self._last_update += 1
        return {"update_id": self._last_update} | what

    async def deliver(self, update, tries=40):
        """By the webhook until it answers 2xx, as Telegram does; or kept until it is asked for."""
        if not self.webhook:
            async with self.changed:
                self.pending.append(update)
                self.changed.notify_all()
            return
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        for _ in range(tries):
            async with self._client.post(self.webhook["url"], json=update, headers=headers) as answer:
                self.statuses.append(answer.status)
                if answer.ok:
                    return
            await asyncio.sleep(0.02)

    async def until(self, holds, seconds=10):
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 (what is waited for is anything at all)
                await asyncio.sleep(0.005)

    def called(self, method):
        return [params for name, params in self.calls if name == method]


class Person:
    """One person's phone."""

    def __init__(self, api, chat_id, language):
        self.api: BotApi = api
        self.chat: Chat = api.chats[chat_id]
        self.user = {"id": chat_id, "is_bot": False, "first_name": "Zz-Firstname", "language_code": language}

    def sees(self):
        """Texts now on the screen, oldest first."""
        return [message.get("text", "") for message in self.chat.messages.values()]

    def previews(self):
        """What the notifications of those messages show."""
        return [seen(m.get("text", ""), m.get("entities", [])) for m in self.chat.messages.values()]

    def buttons(self):
        """Label → (message, button) of what can be tapped; the newest wins."""
        return {
            button["text"]: (message, button)
            for message in self.chat.messages.values()
            for row in message.get("reply_markup", {}).get("inline_keyboard", [])
            for button in row
        }

    async def says(self, text):
        return await self.shares(text=text)

    async def shares(self, **what):
        message = self.api._add(self.chat, self.user, what)
        update = self.api.update(message=message)
        await self.api.deliver(update)
        return update

    async def edits(self, message_id, **what):
        message = self.chat.messages[message_id]
        message.update(what)
        update = self.api.update(edited_message=message | {"edit_date": int(time.time())})
        await self.api.deliver(update)
        return update

    async def taps(self, label):
        message, button = self.buttons()[label]
        return await self.taps_on(self.api._public(message), button["callback_data"])

    async def taps_on(self, message, data):
        update = self.api.update(callback_query={"from": self.user, "message": message, "data": data})
        update["callback_query"] |= {"id": str(update["update_id"]), "chat_instance": "1"}
        self.api.queries.add(update["callback_query"]["id"])
        await self.api.deliver(update)
        return update


async def _params(request):
    """JSON, form or query, as the API takes them; values of a form are JSON when they look so."""
    if request.content_type == "application/json":
        return await request.json()
    fields = dict(request.query) | dict(await request.post())
    return {name: json.loads(value) if value[:1] in "[{" else value for name, value in fields.items()}


def _commands(commands):
    for each in commands:
        if not (1 <= len(each["command"]) <= 32 and each["command"].isascii() and each["command"].islower()):
            raise Refused("Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(each["description"]) <= 256:
            raise Refused("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return commands
