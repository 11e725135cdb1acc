"""Slow work, one at a time in a thread of its own. Where too many wait, who asked most of late is turned away."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
LATE_S = 15 * 60
REMEMBERED = 10_000  # askings


class Busy(Exception):
    """Too many wait already: try again in a minute."""


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """A place in the line: how often they asked before, when they came, and what tells them that it is their turn."""

    asked: int
    number: int
    turn: "asyncio.Future[None]"

    @property
    def order(self) -> tuple[int, int]:
        """First comes who asked least of late, then who came first."""
        return self.asked, self.number


class Line:
    """A thread that does one thing after the other. The memory of a slow hash is what bounds ours."""

    def __init__(self, name: str, most: int) -> None:
        """`most`: how many may wait or be served."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._most, self._came = most, 0
        self._waiting: list[_Place] = []
        self._served: _Place | None = None
        self._late = _Late()

    async def run(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Do `work`, when it is its turn. Raises Busy."""
        return await self.run_for((), work, *arguments, **named)

    async def run_for(
        self, whose: tuple[Hashable, ...], work: Callable[P, T], *arguments: P.args, **named: P.kwargs
    ) -> T:
        """Do `work`, when it is its turn: the sooner, the less often any of `whose` asked of late. Raises Busy."""
        place = self._taken(whose)
        try:
            await place.turn
            return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(*arguments, **named))
        finally:
            self._left(place)

    def _taken(self, whose: tuple[Hashable, ...]) -> _Place:
        """A place; in a full line, of somebody who asked more often."""
        loop = asyncio.get_running_loop()
        self._came += 1
        place = _Place(self._late.asked(whose, loop.time()), self._came, loop.create_future())
        if len(self._waiting) + (self._served is not None) >= self._most:
            self._turn_away(place.asked)
        self._waiting.append(place)
        self._next()
        return place

    def _turn_away(self, asked: int) -> None:
        """Send the last one away, who asked more often than this. Raises Busy where nobody did."""
        last = max(self._waiting, key=lambda place: place.order, default=None)
        if last is None or last.asked <= asked:
            raise Busy
        self._waiting.remove(last)
        if not last.turn.done():
            last.turn.set_exception(Busy)

    def _left(self, place: _Place) -> None:
        if place is self._served:
            self._served = None
        elif place in self._waiting:
            self._waiting.remove(place)
        self._next()

    def _next(self) -> None:
        while self._served is None and self._waiting:
            first = min(self._waiting, key=lambda place: place.order)
            self._waiting.remove(first)
            if not first.turn.done():  # who waits for it may have gone
                self._served = first
                first.turn.set_result(None)


class _Late:
    """How often each asked in the last quarter of an hour. In memory, and of the last few thousand only."""

    def __init__(self) -> None:
        self._askings: deque[tuple[float, Hashable]] = deque()
        self._counts: Counter[Hashable] = Counter()

    def asked(self, whose: tuple[Hashable, ...], at: float) -> int:
        """How often the one of them who asked most did before; this time is counted from now on."""
        while self._askings and (self._askings[0][0] <= at - LATE_S or len(self._askings) >= REMEMBERED):
            _, gone = self._askings.popleft()
            self._counts[gone] -= 1
            if not self._counts[gone]:
                del self._counts[gone]
        before = max((self._counts[one] for one in whose), default=0)
        for one in whose:
            self._askings.append((at, one))
            self._counts[one] += 1
        return before
