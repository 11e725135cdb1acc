"""Slow work, one at a time in a thread of its own; where too many wait already, the next one is turned away."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Busy(Exception):
    """Too many wait already: try again in a minute."""


class Line:
    """A thread that does one thing after the other. The memory of a slow hash is what bounds ours."""

    def __init__(self, name: str, most: int) -> None:
        """`most`: how many may wait or be served."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._most, self._here = most, 0

    async def run(self, work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Do `work`, when it is its turn. Raises Busy."""
        if self._here >= self._most:
            raise Busy
        self._here += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, lambda: work(*arguments, **named))
        finally:
            self._here -= 1
