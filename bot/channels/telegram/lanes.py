"""First in, first out for one chat; side by side between chats."""

import asyncio
from collections.abc import Awaitable, Callable

Work = Callable[[], Awaitable[None]]


class Lanes:
    """A lane is the last task put for a chat: each waits for the one before it, and an empty lane is forgotten."""

    def __init__(self) -> None:
        """No lane yet."""
        self._last: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """How many chats have work under way."""
        return len(self._last)

    def put(self, chat: str, work: Work) -> asyncio.Task[None]:
        """Do `work` once all that was put before for this chat has ended, well or badly."""
        task = asyncio.create_task(_after(self._last.get(chat), work))
        self._last[chat] = task
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._ended(chat, done))
        return task

    def _ended(self, chat: str, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # seen, or asyncio would log its words
        if self._last.get(chat) is task:
            del self._last[chat]

    async def drain(self, seconds: float) -> None:
        """Wait until all is done, at most `seconds`; what is then left is cancelled."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=seconds)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _after(before: "asyncio.Task[None] | None", work: Work) -> None:
    if before is not None:
        await asyncio.wait((before,))
    await work()
