"""How much is heard: of one conversation, of new ones, of visitors. It keeps no network address.

Who is in a conversation goes before who only comes: a flood of visitors is turned away, with a page made for many.
"""

from collections.abc import Callable

from aiohttp import web

from bot.channels.webchat.brake import Brake
from bot.channels.webchat.cookie import Guest
from dialogs.text import say

ANSWERS = (60, 1.0)  # of one conversation: so many at once, then so many a second
BEGINNINGS = (50, 5.0)  # new conversations, all together
LOOKS = (200, 50.0)  # pages for who is in no conversation, all together
KEPT_S = 600  # the page that turns away is made anew after so long: numbers change
AGAIN_S = "10"
FULL = say("web", "Many people are here now. Please try again in a moment.")


class Gate:
    """Token buckets. `page` makes the page that turns away, in a language, at a time (Unix seconds)."""

    def __init__(self, page: Callable[[str, int], str], policy: str) -> None:
        """Nobody came yet."""
        self._answers, self._beginnings, self._looks = Brake(*ANSWERS), Brake(*BEGINNINGS), Brake(*LOOKS)
        self._page, self._policy = page, policy
        self._made: dict[str, tuple[int, str]] = {}

    def hears(self, guest: Guest) -> bool:
        """Whether an answer is taken now."""
        return self._answers.lets(guest.address) if guest.talking else self._beginnings.lets()

    def shows(self) -> bool:
        """Whether a page for who is in no conversation is made now."""
        return self._looks.lets()

    def full(self, language: str, at: int) -> web.Response:
        """What turns away, with the emergency numbers: made once for many."""
        since, html = self._made.get(language, (-KEPT_S, ""))
        if at - since >= KEPT_S:
            since, html = self._made[language] = at, self._page(language, at)
        headers = {"Content-Security-Policy": self._policy, "Retry-After": AGAIN_S}
        return web.Response(text=html, status=503, content_type="text/html", headers=headers)
