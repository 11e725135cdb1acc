"""What slows those down who try too often. Counted in memory, for a while, and nothing about anybody is stored."""

from collections import deque

WINDOW_S = 15 * 60
FREE = 10
STEP_S = 0.1
LONGEST_S = 2.0

DAY_S = 24 * 3600
REQUESTS_A_DAY = 8
CONVERSATIONS = 10_000


class Brake:
    """Wrong receipts of everybody together: after a few, each further wrong one takes a little longer.

    A new cookie, hiding and erasing do not take it off.
    """

    def __init__(self) -> None:
        """Off."""
        self._wrong: deque[int] = deque(maxlen=FREE + int(LONGEST_S / STEP_S))

    def wrong(self, at: int) -> None:
        """A receipt that was none, at `at` (Unix seconds)."""
        self._wrong.append(at)

    def pause(self, at: int) -> float:
        """How many seconds the next wrong one rests."""
        late = sum(at - WINDOW_S < when for when in self._wrong)
        return min(LONGEST_S, max(0, late - FREE) * STEP_S)


class Requests:
    """How many requests a conversation sent in the last day, known by its keyed hash."""

    def __init__(self) -> None:
        """None."""
        self._sent: dict[bytes, list[int]] = {}

    def may(self, conversation: bytes, at: int) -> bool:
        """Whether one more may be sent."""
        return len(self._late(conversation, at)) < REQUESTS_A_DAY

    def sent(self, conversation: bytes, at: int) -> None:
        """One was sent. Of many thousand conversations the oldest is forgotten."""
        late = [*self._late(conversation, at), at]
        self._sent.pop(conversation, None)
        self._sent[conversation] = late
        while len(self._sent) > CONVERSATIONS:
            del self._sent[next(iter(self._sent))]

    def _late(self, conversation: bytes, at: int) -> list[int]:
        return [when for when in self._sent.get(conversation, ()) if when > at - DAY_S]
