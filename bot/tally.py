"""What this process did, in numbers: for the log by the thousand, for /metrics by the minute. No text, no address."""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

EACH = 1000  # texts a line of the log
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)  # seconds

Outcome: TypeAlias = Literal["done", "failed"]

log = logging.getLogger("passerelle")


class Times:
    """How long something took: how often within each bucket, and in all."""

    def __init__(self) -> None:
        """Nothing was timed yet."""
        self.within = [0] * (len(BUCKETS) + 1)
        self.sum = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        place = next((place for place, limit in enumerate(BUCKETS) if seconds <= limit), len(BUCKETS))
        self.within[place] += 1
        self.sum += seconds


class Tally:
    """Counts, in this process, since its start. Whoever reads it gets kinds and numbers."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._texts = self._unrecognised = 0
        self.texts: Counter[bool] = Counter()
        self.turns: Counter[tuple[str, Outcome]] = Counter()
        self.times: dict[str, Times] = {}
        self.replies = 0
        self.asked: Counter[tuple[str, int]] = Counter()

    def count(self, *, understood: bool) -> None:
        """One text more."""
        self.texts[understood] += 1
        self._texts += 1
        self._unrecognised += not understood
        if self._texts == EACH:
            log.info("of %d texts, %d were not understood", self._texts, self._unrecognised)
            self._texts = self._unrecognised = 0

    @contextmanager
    def turn(self, channel: str) -> Iterator[None]:
        """One turn on a channel, timed; one that raises has failed."""
        begun = time.perf_counter()
        try:
            yield
        except BaseException:
            self.turns[channel, "failed"] += 1
            raise
        self.turns[channel, "done"] += 1
        self.times.setdefault(channel, Times()).add(time.perf_counter() - begun)
