"""What a person agrees to, purpose by purpose: each is asked apart, stands for a time, and is taken back apart."""

from typing import Literal, TypeAlias

Purpose: TypeAlias = Literal["search", "contact", "statistics"]

DAY = 24 * 3600
NEEDED: Purpose = "search"  # without it there is no request: taking it back takes the whole request back
PURPOSES: tuple[Purpose, ...] = (NEEDED, "contact", "statistics")
STANDS_MONTHS = 13
"""How long an agreement holds. A month more than a year, so that a year's requests are counted before they go."""
STANDS = 400 * DAY
"""The same in seconds, from the moment of the agreement."""
ASKED_AGAIN = 60 * DAY
"""How long before its end a longer time is offered behind the receipt."""
