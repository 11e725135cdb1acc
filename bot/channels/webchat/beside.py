"""Pages beside the talk: the cover that hides it, and the page on safety and settings.

Which of them a browser is shown lies in its signed cookie (webchat_look.py); the server keeps nothing of it.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from aiohttp import web

from bot.channels.webchat.brake import Brake
from bot.channels.webchat.cookie import Cookie, Guest, new_guest
from bot.channels.webchat.form import BODY_LIMIT, Form, read_form
from bot.channels.webchat.gate import Gate
from bot.channels.webchat.http import by_own_hand, read_body
from bot.channels.webchat.look import Look, fits, hashed, plain
from bot.channels.webchat.page import MORE, Pages
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

    def __init__(
        self, ways: Ways, pages: Pages, cookie: Cookie, proven: Callable[[Guest, Form], bool], gate: Gate
    ) -> None:
        """Nobody has tried a word yet."""
        self._ways, self._pages, self._cookie, self._proven, self._gate = ways, pages, cookie, proven, gate
        self._tries = Brake(TRIES, 1 / TRY_AGAIN_S)

    def doors(self) -> Iterator[tuple[str, str, Step]]:
        """Method, path and handler of each."""
        yield "POST", "/cover", self.cover
        yield "POST", "/back", self.back
        yield "GET", MORE, self.more
        yield "POST", MORE, self.chosen

    def covered(self, guest: Guest, note: str) -> web.Response:
        """The cover; it leaves by itself when the conversation that it hides has died."""
        at, language = self._ways.now(), guest.look.covered
        page = self._pages.cover(language, partial(self._cookie.page, guest), guest.look, at, missed=note == "none")
        response = self._ways.page(page)
        left = IDLE_SECONDS - (at - guest.answered) if guest.talking else IDLE_SECONDS
        response.headers["Refresh"] = f"{max(left, 1)}; url={self._pages.away(language)}"
        return response

    async def cover(self, request: web.Request) -> web.StreamResponse:
        """POST: from now on this browser sees the cover."""
        guest, form = await self._sent(request)
        if guest is None or form is None:
            return self._ways.see("old")
        covered = replace(guest.look, covered=self._language(request, form))
        return self._given(request, guest, covered, self._ways.see())

    async def back(self, request: web.Request) -> web.StreamResponse:
        """POST: the chat again, where the word is right or none was chosen. What is wrong is only not found."""
        guest, form = await self._sent(request)
        if guest is None or form is None or not guest.look.covered:
            return self._ways.see()
        if guest.look.word and not (
            self._tries.lets(guest.address) and fits(self._cookie.key, form.text, guest.look.word)
        ):
            return self._ways.see("none")
        return self._given(request, guest, replace(guest.look, covered=""), self._ways.see())

    async def more(self, request: web.Request) -> web.StreamResponse:
        """GET: what can be set, what is not protected, who this is."""
        guest = self._cookie.read(request, self._ways.now())
        if guest is not None and guest.look.covered:
            return self._ways.see()
        if (guest is None or not guest.talking) and not self._gate.shows():
            return self._gate.full(self._ways.language(request), self._ways.now())
        given = guest or new_guest()
        owner_of, note = partial(self._cookie.page, given), NOTES.get(request.query.get("note", ""))
        html = self._pages.more(
            self._ways.language(request), owner_of, given.look, self._ways.now(), note, talking=given.talking
        )
        response = self._ways.page(html)
        return response if guest else self._given(request, given, given.look, response)

    async def chosen(self, request: web.Request) -> web.StreamResponse:
        """POST: a setting of that page."""
        guest, form = await self._sent(request)
        if guest is None or form is None or guest.look.covered:
            return self._ways.see("old", form, MORE)
        look = self._changed(guest, form)
        if look is None:
            return self._ways.see("short", form, MORE)
        return self._given(request, guest, look, self._ways.see("kept", form, MORE))

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
        if guest is None or form is None or not by_own_hand(request) or not self._proven(guest, form):
            return guest, None
        return guest, form

    def _given(self, request: web.Request, guest: Guest, look: Look, response: web.Response) -> web.Response:
        self._cookie.give(request, response, replace(guest, look=look), self._ways.now())
        return response

    def _language(self, request: web.Request, form: Form) -> str:
        return form.language if form.language in self._pages.languages else self._ways.language(request)
