"""When a service that failed is asked again: later each time, and never by everybody at once."""

import random
from collections.abc import Callable

FAILURES = 3  # in a row
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 120.0


class Breaker:
    """Closed while all goes well; open for a pause after failures; then one question is let through as a trial."""

    def __init__(self, clock: Callable[[], float], dice: random.Random) -> None:
        """`clock`: seconds that only grow."""
        self._clock, self._dice = clock, dice
        self._failures, self._pauses, self._until, self._trying = 0, 0, 0.0, False

    @property
    def open(self) -> bool:
        """Whether the service is held to be out of order."""
        return self._failures >= FAILURES

    def lets_through(self) -> bool:
        """Whether to ask now. Who is let through must tell how it went."""
        if not self.open:
            return True
        if self._trying or self._clock() < self._until:
            return False
        self._trying = True
        return True

    def went_well(self) -> None:
        """The service answered."""
        self._failures, self._pauses, self._trying = 0, 0, False

    def went_wrong(self) -> None:
        """The service did not answer, or not as it should. Those that were asked before a pause do not lengthen it."""
        self._failures += 1
        if self.open and (self._trying or self._failures == FAILURES):
            pause = min(FIRST_PAUSE_S * 2**self._pauses, LONGEST_PAUSE_S)
            self._until = self._clock() + pause * self._dice.uniform(0.5, 1.5)
            self._pauses, self._trying = self._pauses + 1, False

    def went_untold(self) -> None:
        """The question was given up before it was known how it went."""
        self._trying = False
