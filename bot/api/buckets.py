"""How often a token may ask: a bucket fills steadily, each request takes from it. In memory, of this process."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, and one more every `each` seconds."""

    burst: int
    each: float


RATES: Mapping[str, Rate] = {
    "referral:create": Rate(20, 30),
    "referral:state": Rate(30, 2),
    "": Rate(60, 1),
}


class Buckets:
    """A bucket for each token and each rate."""

    def __init__(self) -> None:
        """All are full."""
        self._full_at: dict[tuple[int, str], float] = {}

    def take(self, token: int, what: str, now: float) -> int:
        """0, and one request less is left; else after how many seconds there is one again. `now` only grows."""
        kind = what if what in RATES else ""
        rate = RATES[kind]
        full_at = max(now, self._full_at.get((token, kind), now)) + rate.each
        if full_at - now > rate.burst * rate.each:
            return ceil(full_at - now - rate.burst * rate.each)
        self._full_at[token, kind] = full_at
        return 0
