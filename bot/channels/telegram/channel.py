"""The Telegram channel: updates in by webhook or long polling, each turn committed before it is acknowledged."""

import asyncio
import hashlib
import hmac
import logging
import time
from collections import OrderedDict, defaultdict
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from typing import Any, Final, Protocol

import orjson
from aiohttp import web
from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.incoming import group_of, incoming
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.profile import Profile, introduce
from bot.channels.telegram.requests import make_bot
from bot.channels.telegram.sending import Outbox, Sender, pauses
from bot.messages import Incoming, Reply

API: Final = "https://api.telegram.org"
HOOK: Final = "/hooks/telegram"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)
LONGEST_BODY: Final = 256 * 1024  # an update without media is a few kilobytes
POLL_S: Final = 30
WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")
GRACE_S: Final = 3.0
LONGEST_WAIT_S: Final = 5.0  # people wait too

log = logging.getLogger(__name__)


class Host(Outbox, Protocol):
    """Who takes the turns (bot/turns.py)."""

    async def handle(self, incoming: Incoming) -> Reply:
        """Do one turn and commit it; whatever is raised, nothing was."""


class Telegram:
    """One bot. `api`: the Bot API server's address; `webhook`: our public address, or None for long polling."""

    def __init__(
        self,
        host: Host,
        token: str,
        api: str = API,
        webhook: str | None = None,
        first_pause: float = 0.25,
        profiles: Sequence[Profile] = (),
    ) -> None:
        """Connect to nothing yet. `first_pause`: seconds before the first retry of anything.

        `profiles`: how the bot presents itself.
        """
        self._host = host
        self._bot = make_bot(token, api)
        self._webhook = webhook
        # The same in every replica, and tells nothing of the token.
        self._secret = hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()
        self._first_pause, self._profiles = first_pause, profiles
        self._turns = Lanes()
        self._sender = Sender(self._bot, host, first_pause)
        self._stubborn = Stubborn()
        self._background: set[asyncio.Task[None]] = set()

    def mount(self, app: web.Application) -> None:
        """Start and stop with `app`; with a webhook, add its route."""
        if self._webhook is not None:
            app.router.add_post(HOOK, self._hooked)
        app.cleanup_ctx.append(self._lifetime)

    async def _lifetime(self, _: web.Application) -> AsyncIterator[None]:
        await self.start()
        yield
        await self.stop()

    async def start(self) -> None:
        """Send what was committed and never sent, then listen. Returns at once, whatever Telegram does."""
        await self._bot.request.initialize()
        for address, reply in await self._host.undelivered("telegram"):
            self._sender.put(address, reply)
        self._spawn(self._listen())

    async def stop(self) -> None:
        """Finish the turns under way and give the sending a moment; what is left stays in the outbox."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._turns.drain(GRACE_S)
        await self._sender.stop(GRACE_S)
        await self._bot.request.shutdown()

    async def receive(self, update: Update) -> None:
        """Take one update. Returns once its turn is committed; raises what the host raised when it was not."""
        group = group_of(update)
        if group is not None:
            self._sender.leave(group)
            return
        query = update.callback_query
        if query is not None:
            self._spawn(self._acknowledge(query))
        message = incoming(update, int(time.time()))
        if message is not None:
            tapped = query.message if query is not None and isinstance(query.message, Message) else None
            await asyncio.shield(self._turns.put(message.address, lambda: self._turn(message, tapped)))

    def write(self, address: str, words: str) -> None:
        """Write first to who asked for it. Returns at once."""
        self._sender.write(address, words)

    async def _turn(self, message: Incoming, tapped: Message | None) -> None:
        self._sender.put(message.address, await self._host.handle(message), tapped)

    async def _taken(self, update: Update) -> bool:
        """Whether the update is done with: committed, or it fails alone and again and again."""
        try:
            await self.receive(update)
        except Exception as error:  # the kind and place only: its words may hold what people said
            log.error("a turn failed: %s at %s", type(error).__name__, _place(error))
            return self._stubborn.gives_up(update.update_id)
        self._stubborn.succeeded(update.update_id)
        return True

    async def _acknowledge(self, query: CallbackQuery) -> None:
        """Stop the button's clock; too late is no matter."""
        try:
            await self._bot.answer_callback_query(query.id)
        except TelegramError as error:
            log.debug("a tap was not acknowledged: %s", type(error).__name__)

    async def _hooked(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=403)
        if (request.content_length or 0) > LONGEST_BODY:
            return web.Response(status=413)
        try:
            data = orjson.loads(await request.read())
        except ValueError:
            return web.Response(status=400)
        update = self._read(data)
        # 500 makes Telegram send it again; what can never be read must not be sent again.
        return web.Response(status=200 if update is None or await self._taken(update) else 500)

    def _read(self, data: object) -> Update | None:
        try:
            return Update.de_json(_without_buttons(data), self._bot) if isinstance(data, dict) else None
        except Exception as error:  # PTB raises many kinds for what is not an update
            log.error("an update could not be read: %s", type(error).__name__)
            return None

    async def _listen(self) -> None:
        for pause in self._waits():
            try:
                await self._connect()
                break
            except (InvalidToken, BadRequest) as error:
                log.error("Telegram refused the token or the webhook's address: %s", type(error).__name__)
                return
            except TelegramError as error:
                log.warning("Telegram is not reachable: %s", type(error).__name__)
            await asyncio.sleep(pause)
        self._spawn(introduce(self._bot, self._profiles))
        if self._webhook is None:
            await self._poll()

    async def _connect(self) -> None:
        if self._webhook is None:
            await self._bot.delete_webhook(drop_pending_updates=False)
            return
        address = self._webhook.rstrip("/") + HOOK
        await self._bot.set_webhook(
            address, allowed_updates=WANTED, secret_token=self._secret, drop_pending_updates=False
        )

    async def _poll(self) -> None:
        """Ask for updates; the offset passes an update only when it is done with."""
        offset, waits = 0, self._waits()
        while True:
            try:
                updates = await self._bot.raw_updates(offset, POLL_S, WANTED)
            except TelegramError as error:
                log.warning("no updates: %s", type(error).__name__)
                await asyncio.sleep(next(waits))
                continue
            ids = [update["update_id"] for update in updates]
            left = await self._take_all([update for update in map(self._read, updates) if update is not None])
            offset = min(left, default=max(ids, default=offset - 1) + 1)
            if left:
                await asyncio.sleep(next(waits))
            else:
                waits = self._waits()

    def _waits(self) -> Iterator[float]:
        return pauses(self._first_pause, LONGEST_WAIT_S)

    async def _take_all(self, updates: Sequence[Update]) -> set[int]:
        """The ids of those that are not done with. After one that failed, its chat's later ones wait for it."""
        chats: dict[int, list[Update]] = defaultdict(list)
        for update in updates:
            chats[update.effective_chat.id if update.effective_chat else 0].append(update)
        return set().union(*await asyncio.gather(*map(self._take_in_order, chats.values())))

    async def _take_in_order(self, updates: Sequence[Update]) -> set[int]:
        for place, update in enumerate(updates):
            if not await self._taken(update):
                return {later.update_id for later in updates[place:]}
        return set()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("stopped: %s at %s", type(error).__name__, _place(error))


class Stubborn:
    """Tells an update that always fails from a store that is down: the first fails while others succeed."""

    TRIES: Final = 5
    KEPT: Final = 1000

    def __init__(self) -> None:
        """Nothing failed yet."""
        self._failed: OrderedDict[int, tuple[int, int]] = OrderedDict()
        self._successes = 0

    def succeeded(self, update_id: int) -> None:
        """Count a success."""
        self._successes += 1
        self._failed.pop(update_id, None)

    def gives_up(self, update_id: int) -> bool:
        """Count a failure; True when this update is to be dropped."""
        tries, since = self._failed.pop(update_id, (0, self._successes))
        if tries + 1 >= self.TRIES and self._successes > since:
            log.error("an update that always fails was dropped")
            return True
        self._failed[update_id] = (tries + 1, since)
        if len(self._failed) > self.KEPT:
            self._failed.popitem(last=False)
        return False


def _without_buttons(update: dict[str, Any]) -> dict[str, Any]:
    """Without the buttons of the message that was tapped: nobody looks at them, and PTB is slow to read them."""
    if "callback_query" in update and "message" in update["callback_query"]:
        update["callback_query"]["message"].pop("reply_markup", None)
    return update


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
