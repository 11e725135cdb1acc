"""What is sent after the commit: in order for each chat, retried until it surely arrived or cannot."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Iterator
from datetime import timedelta
from functools import partial
from random import SystemRandom
from typing import Final, Protocol, TypeVar

from telegram import Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.outgoing import Call, deletions, outgoing
from bot.channels.telegram.requests import RawBot
from bot.messages import Channel, Reply
from dialogs.engine import IDLE_SECONDS

LONGEST_PAUSE_S: Final = 60.0
# A reply older than the conversation's idle limit would come unasked for, to a phone that somebody else may hold.
PATIENCE_S: Final = IDLE_SECONDS
REMEMBERED: Final = 10_000  # deliveries; their rows are gone long before

T = TypeVar("T")

log = logging.getLogger(__name__)
_random = SystemRandom()


class Outbox(Protocol):
    """What the host keeps of sent and unsent messages. `address` is the chat's id as a string."""

    async def delivered(self, delivery: int) -> None:
        """The reply has surely been sent, or never can be: forget it."""

    async def undelivered(self, channel: Channel) -> list[tuple[str, Reply]]:
        """Addresses and replies that were committed and not acknowledged, oldest first."""

    async def remember(self, channel: Channel, address: str, message_id: int, at: int) -> None:
        """Keep a message id, to delete the message when asked."""

    async def remembered(self, channel: Channel, address: str) -> list[int]:
        """The message ids kept for this address."""

    async def forget_remembered(self, channel: Channel, address: str) -> None:
        """Drop the message ids kept for this address."""


class Unreachable(Exception):
    """The chat was not reached in time."""


class Blocked(Unreachable):
    """The chat can no longer be written to: the bot is blocked, or the account is gone."""


def pauses(first: float, longest: float = LONGEST_PAUSE_S) -> Iterator[float]:
    """Growing pauses in seconds, with jitter."""
    pause = first
    while True:
        yield pause * _random.uniform(0.5, 1.0)
        pause = min(2 * pause, longest)


class Sender:
    """Sends replies: one lane a chat, so a slow, blocked or limited chat holds up no other."""

    def __init__(self, bot: RawBot, outbox: Outbox, first_pause: float = 0.25) -> None:
        """`first_pause`: seconds before the first retry."""
        self._bot = bot
        self._outbox = outbox
        self._first_pause = first_pause
        self._lanes = Lanes()
        self._put: OrderedDict[int, None] = OrderedDict()

    def __len__(self) -> int:
        """How many chats have something to be sent."""
        return len(self._lanes)

    def put(self, address: str, reply: Reply, tapped: Message | None = None) -> None:
        """Send `reply` once what was put before for this chat is sent. Each delivery is sent once.

        A repeat carries its delivery only while that is not acknowledged; it may be one that a crash left unsent.
        """
        if reply.delivery is None or reply.delivery in self._put:
            return
        self._put[reply.delivery] = None
        if len(self._put) > REMEMBERED:
            self._put.popitem(last=False)
        _ = self._lanes.put(address, partial(self._deliver, address, reply, tapped))

    def write(self, address: str, words: str) -> None:
        """Send these words once, and keep the message's id, so that it goes when the chat is hidden."""
        _ = self._lanes.put(address, partial(self._written, address, words))

    def leave(self, chat: int) -> None:
        """Leave a group or channel."""
        _ = self._lanes.put(str(chat), partial(self._try, [Call("leave_chat", {"chat_id": chat})]))

    async def stop(self, seconds: float) -> None:
        """Give what is under way `seconds`; the rest stays in the outbox."""
        await self._lanes.drain(seconds)

    async def _written(self, address: str, words: str) -> None:
        call = Call("send_message", {"chat_id": int(address), "text": words})
        try:
            sent = await self._make(call, time.monotonic() + PATIENCE_S)
        except Unreachable:
            return
        if isinstance(sent, dict):
            await self._remember(address, sent["message_id"])

    async def _deliver(self, address: str, reply: Reply, tapped: Message | None) -> None:
        deadline = None if reply.receipts else time.monotonic() + PATIENCE_S
        try:
            await self._send(address, reply, tapped, deadline)
        except Blocked:
            await _kept(self._outbox.forget_remembered("telegram", address))
        except Unreachable:
            log.warning("a reply was dropped: not sent in time")
        except Exception as error:  # it would fail again at each start; the kind only, its words may hold what was said
            log.error("a reply was dropped: %s", type(error).__name__)
        if reply.delivery is not None:
            await _kept(self._outbox.delivered(reply.delivery))

    async def _send(self, address: str, reply: Reply, tapped: Message | None, deadline: float | None) -> None:
        own = reply.origin.get("own")
        if reply.hide or reply.clear:
            await self._delete(address, [*reply.clear, *map(int, reply.origin.values())], deadline)
        elif own is not None and not reply.taken_discreet:
            await self._remember(address, int(own))
        for call in outgoing(reply, address, tapped):
            sent = await self._make(call, deadline)
            if call.method == "send_message" and isinstance(sent, dict):
                await self._remember(address, sent["message_id"])

    async def _delete(self, address: str, more: list[int], deadline: float | None) -> None:
        kept = await _kept(self._outbox.remembered("telegram", address)) or []
        for call in deletions(address, [*kept, *more]):
            if await self._make(call, deadline) is None:
                await self._delete_singly(call, deadline)
        await _kept(self._outbox.forget_remembered("telegram", address))

    async def _delete_singly(self, call: Call, deadline: float | None) -> None:
        """One message that cannot be deleted must not keep the others."""
        for message_id in call.arguments["message_ids"]:
            one = {"chat_id": call.arguments["chat_id"], "message_id": message_id}
            await self._make(Call("delete_message", one), deadline)

    async def _remember(self, address: str, message_id: int) -> None:
        await _kept(self._outbox.remember("telegram", address, message_id, int(time.time())))

    async def _try(self, calls: list[Call]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        try:
            for call in calls:
                await self._make(call, deadline)
        except Unreachable:
            return

    async def _make(self, call: Call, deadline: float | None) -> object:
        """Do one call until Telegram takes or refuses it. Raises Unreachable."""
        for pause in pauses(self._first_pause):
            try:
                return await self._bot.call(call.method, call.arguments)
            except RetryAfter as limited:
                pause = _seconds(limited.retry_after)
            except BadRequest:
                log.log(logging.WARNING if call.method == "send_message" else logging.DEBUG, "refused: %s", call.method)
                return None if call.otherwise is None else await self._make(call.otherwise, deadline)
            except (Forbidden, ChatMigrated):
                raise Blocked from None
            except TelegramError as error:
                log.warning("%s failed: %s", call.method, type(error).__name__)
            except Exception as error:  # an answer without a result: Telegram did take the call
                log.error("%s was answered strangely: %s", call.method, type(error).__name__)
                return None
            if deadline is not None and time.monotonic() + pause > deadline:
                raise Unreachable
            await asyncio.sleep(pause)
        raise AssertionError("pauses never end")


def _seconds(value: int | timedelta) -> float:
    return value.total_seconds() if isinstance(value, timedelta) else float(value)


async def _kept(work: Awaitable[T]) -> T | None:
    """The host's answer, or None: a chat's lane must go on when the store cannot answer."""
    try:
        return await work
    except Exception as error:  # the kind only: its words may hold what people said
        log.error("the outbox failed: %s", type(error).__name__)
        return None
