"""Pages beside the talk: the cover that hides it, and the page on safety and settings.

Which of them a browser is shown lies in its signed cookie (look.py); the server keeps nothing of it.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from aiohttp import web

from bot.channels.webchat.brake import Brake
from bot.channels.webchat.cookie import Cookie, Guest
from bot.channels.webchat.form import BODY_LIMIT, Form, read_form
from bot.channels.webchat.http import by_own_hand, read_body
from bot.channels.webchat.look import TALK, Look, fits, hashed, plain
from bot.channels.webchat.page import MORE, SHEET, Pages
from bot.channels.webchat.ways import Ways
from dialogs.engine import IDLE_SECONDS
from dialogs.text import say

TRIES, TRY_AGAIN_S = 5, 30.0  # wrong words at once; then one in so many seconds
NOTES = {
    "kept": say("more", "Done."),
    "short": say("more", "Please choose a word of three letters or more."),
    "old": say("web", "This page was out of date. Please try again."),
}
SHORTEST = 3

Step: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Beside:
    """Covering, uncovering, large letters, the word. `proven`: whether a form is of a page made for this browser."""

    def __init__(self, ways: Ways, pages: Pages, cookie: Cookie, proven: Callable[[Guest, Form], bool]) -> None:
        """Nobody has tried a word yet."""
        self._ways, self._pages, self._cookie, self._proven = ways, pages, cookie, proven
        self._tries = Brake(TRIES, 1 / TRY_AGAIN_S)

    def doors(self) -> Iterator[tuple[str, str, Step]]:
        """Method, path and handler of each."""
        yield "POST", "/cover", self.cover
        yield "POST", "/back", self.back
        yield "POST", MORE, self.chosen
        yield "POST", SHEET, self.printing

    def covered(self, guest: Guest) -> web.Response:
        """The cover; it leaves by itself when the conversation that it hides has died."""
        at, language = self._ways.now(), guest.look.covered
        missed = guest.look.aside.at(at).note == "none"
        page = self._pages.cover(language, partial(self._cookie.page, guest), guest.look, at, missed=missed)
        response = self._ways.page(page)
        left = IDLE_SECONDS - (at - guest.answered) if guest.talking else IDLE_SECONDS
        response.headers["Refresh"] = f"{max(left, 1)}; url={self._pages.away(language)}"
        return response

    async def cover(self, request: web.Request) -> web.StreamResponse:
        """POST: from now on this browser sees the cover."""
        guest, form = await self._sent(request)
        if guest is None or form is None:
            return self._ways.told(request, guest, "old", form)
        covered = replace(guest.look, covered=self._language(request, form), aside=TALK)
        return self._given(request, guest, covered, self._ways.see())

    async def back(self, request: web.Request) -> web.StreamResponse:
        """POST: the chat again, where the word is right or none was chosen. What is wrong is only not found."""
        guest, form = await self._sent(request)
        if guest is None or form is None or not guest.look.covered:
            return self._ways.see()
        if guest.look.word and not (
            self._tries.lets(guest.address) and fits(self._cookie.key, form.text, guest.look.word)
        ):
            return self._ways.told(request, guest, "none", form)
        return self._given(request, guest, replace(guest.look, covered="", aside=TALK), self._ways.see())

    def more(self, request: web.Request, guest: Guest) -> web.Response:
        """What can be set, what is not protected, who this is."""
        at = self._ways.now()
        owner_of, note = partial(self._cookie.page, guest), NOTES.get(guest.look.aside.at(at).note)
        language = self._ways.language(request, guest)
        return self._ways.page(self._pages.more(language, owner_of, guest.look, at, note, talking=guest.talking))

    async def chosen(self, request: web.Request) -> web.StreamResponse:
        """POST: to that page, a setting of it, or back to the chat."""
        guest, form = await self._sent(request)
        if guest is not None and guest.look.covered:
            return self._ways.see()
        if guest is None or form is None:
            return self._ways.told(request, guest, "old" if guest else "", form, "more")
        if form.choice in ("open", "chat"):
            return self._ways.told(request, guest, "", form, "more" if form.choice == "open" else "")
        look = self._changed(guest, form)
        if look is None:
            return self._ways.told(request, guest, "short", form, "more")
        return self._ways.told(request, replace(guest, look=look), "kept", form, "more")

    async def printing(self, request: web.Request) -> web.StreamResponse:
        """POST: to the page to print."""
        guest, form = await self._sent(request)
        if guest is None or form is None or guest.look.covered:
            return self._ways.see()
        return self._ways.told(request, guest, "", form, "sheet")

    def _changed(self, guest: Guest, form: Form) -> Look | None:
        """A word counts for a conversation only: who put a cookie into the browser before must not know it."""
        match form.choice:
            case "large" | "normal":
                return replace(guest.look, large=form.choice == "large")
            case "forget":
                return replace(guest.look, word="")
            case "word" if guest.talking and len(plain(form.text)) >= SHORTEST:
                return replace(guest.look, word=hashed(self._cookie.key, form.text))
            case _:
                return None

    async def _sent(self, request: web.Request) -> tuple[Guest | None, Form | None]:
        """Who sent a form, and the form if it is one of theirs."""
        guest = self._cookie.read(request, self._ways.now())
        body, whole = await read_body(request, BODY_LIMIT)
        form = read_form(body) if whole else None
        if form is None or not by_own_hand(request) or (guest is not None and not self._proven(guest, form)):
            return guest, None
        return guest, form

    def _given(self, request: web.Request, guest: Guest, look: Look, response: web.Response) -> web.Response:
        self._cookie.give(request, response, replace(guest, look=look), self._ways.now())
        return response

    def _language(self, request: web.Request, form: Form) -> str:
        return form.language if form.language in self._pages.languages else self._ways.language(request)
