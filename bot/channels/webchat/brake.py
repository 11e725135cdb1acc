"""Token buckets in memory: so many at once, then so many a second. They know no network address."""

import hashlib
import time
from collections.abc import Callable

MOST = 20_000  # who was not heard of for longest is forgotten first: they begin anew with all


class Brake:
    """For each of many: `burst` at once, `rate` a second. Names are kept as short hashes."""

    def __init__(self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody was heard of."""
        self._burst, self._rate, self._clock = burst, rate, clock
        self._left: dict[bytes, tuple[float, float]] = {}

    def lets(self, who: str = "") -> bool:
        """Whether `who` may go on; if so, it counts."""
        now, name = self._clock(), hashlib.blake2b(who.encode(), digest_size=8).digest()
        left, seen = self._left.pop(name, (self._burst, now))
        left = min(self._burst, left + (now - seen) * self._rate)
        if len(self._left) >= MOST:
            del self._left[next(iter(self._left))]
        self._left[name] = max(left - 1, 0) if left >= 1 else left, now
        return left >= 1
