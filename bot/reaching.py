"""A screen as a channel can offer it: what it cannot do, or nobody could open there, is left out."""

from dataclasses import replace

from bot import agenda
from bot.messages import Channel
from dialogs import pinging
from dialogs.screen import Screen

WRITES_FIRST = "telegram"


def reachable(screen: Screen, channel: Channel, public: str) -> Screen:
    """The screen without the offer to be written to, where nobody can be; `public` as for the agenda's addresses."""
    if channel != WRITES_FIRST and pinging.OFFER in screen.choices:
        screen = replace(screen, choices=tuple(choice for choice in screen.choices if choice != pinging.OFFER))
    return agenda.reachable(screen, channel, public)
