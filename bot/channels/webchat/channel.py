"""The web chat: one address, pages made on the server, nothing in the browser but one cookie while it is open.

Every form is answered by a way on to an ordinary page, so that no browser keeps what was sent (docs/decisions/0009).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Protocol, TypeAlias

from aiohttp import web

from bot.channels.webchat.begun import Begun
from bot.channels.webchat.beside import Beside
from bot.channels.webchat.cookie import Cookie, Guest, new_guest
from bot.channels.webchat.drafts import Drafts
from bot.channels.webchat.form import BODY_LIMIT, Form, new_nonce, proven, read_form, repeat_key
from bot.channels.webchat.gate import FULL, Gate
from bot.channels.webchat.http import (
    ERASED,
    asked_language,
    assets,
    by_own_hand,
    fetched_ahead,
    framed_elsewhere,
    from_another_site,
    read_body,
    send_asset,
)
from bot.channels.webchat.live import Source, Streams
from bot.channels.webchat.look import TALK, Look
from bot.channels.webchat.page import Emergency, Letter, Pages, Retry, Words
from bot.channels.webchat.site import Site
from bot.channels.webchat.ways import ASKED, Ways
from bot.messages import Channel, Incoming, Printed, Reply, Tap
from dialogs.text import say

log = logging.getLogger(__name__)

LEAVE_WITHIN = 2.0  # seconds: leaving never waits longer for the server's own work
NO_COOKIE = say("web", "The chat cannot tell that this is you. Your message was not read.")
COOKIE_OFF = say(
    "web",
    "If you left the chat, or sent nothing for 30 minutes, start again. "
    "If your browser refuses cookies, allow them here.",
)
ONE_COOKIE = say("web", "The chat uses one cookie. It goes away when you leave.")
FAILED = say("web", "Something went wrong on our side. Your message may not have arrived.")
TRY_AGAIN = say("web", "Please try again. Nothing will be sent twice.")
IN_FRAME = say("web", "The chat opens on a page of its own. There you can hide it and leave at any time.")
NO_PAGE = say("web", "There is no page here.")
# What the page after a form says, by the word in the cookie.
NOTES = {
    "old": say("web", "This page was out of date. Your message was not read. Please send it again."),
    "unread": say("web", "This could not be read. Please try again."),
    "empty": say("web", "Please tap a button, or write a few words."),
    "slow": say("web", "That was very fast. Please wait a moment, then send it again."),
    "long": say("web", "This text is too long and was not read. Please send it in shorter parts."),
}
NOTICES = {"cookie": (NO_COOKIE, COOKIE_OFF, ONE_COOKIE), "fault": (FAILED, TRY_AGAIN)}

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Host(Protocol):
    """Who does the turns (bot/turns.py)."""

    async def handle(self, incoming: Incoming) -> Reply: ...

    async def latest(self, channel: Channel, address: str, at: int) -> Reply | None: ...

    async def printed(self, channel: Channel, address: str, at: int) -> Printed | None: ...

    def first(self, channel: Channel, language: str | None, at: int) -> Reply: ...

    async def delivered(self, delivery: int) -> None: ...

    async def opens(self, text: str) -> bool: ...


def webchat(
    host: Host,
    site: Site,
    words: Words,
    emergency: Emergency,
    clock: Callable[[], float] = time.time,
    live: Source | None = None,
) -> web.Application:
    """The application to mount at `/`: chat, sheet, way out and the files that pages load.

    `emergency`: the numbers on pages beside the talk. `live`: who knows of new answers; None, nobody is told of them.
    """
    chat = WebChat(host, site, words, emergency, clock)
    app = web.Application(middlewares=[chat.nowhere])
    if live is not None:
        streams = Streams(live, Cookie(site.key, site.secure), clock)
        app.router.add_get("/live", streams.open)
        app.on_shutdown.append(streams.close)
    app.add_routes(chat.routes())
    return app


class WebChat:
    """Turns requests into `Incoming` and replies into pages. Decides nothing."""

    def __init__(self, host: Host, site: Site, words: Words, emergency: Emergency, clock: Callable[[], float]) -> None:
        """Read templates, style and script once."""
        self._host, self._site, self._words = host, site, words
        self._assets = assets()
        self._pages = Pages(words, site, self._assets, emergency)
        self._cookie = Cookie(site.key, site.secure)
        self._ways = Ways(site, words, self._pages, self._cookie, clock)
        self._drafts, self._begun = Drafts(), Begun()
        self._gate = Gate(lambda language, at: self._pages.notice(language, at, FULL), site.policy)
        self._beside = Beside(self._ways, self._pages, self._cookie, self._proven)
        self._endings: set[asyncio.Task[str | None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """All routes; whatever else is asked for below `/` gets a page that leads back."""
        return [
            web.get("/", self._guarded(self.open)),
            web.post("/", self._guarded(self.answer)),
            web.get("/leave", self._guarded(self.leave)),
            web.post("/leave", self._guarded(self.left)),
            *(web.route(method, path, self._guarded(step)) for method, path, step in self._beside.doors()),
            web.get("/favicon.ico", self.file),
            *(web.get(asset.path, self.file) for asset in self._assets.values()),
            web.get("/{tail:.*}", self._guarded(self.lost)),
        ]

    async def open(self, request: web.Request) -> web.StreamResponse:
        """GET: the reply to the last message while it is kept, the present screen, or the first one. Writes nothing."""
        at = self._ways.now()
        guest = self._cookie.read(request, at)
        asked = request.query_string == ASKED
        if guest is not None and guest.look.covered:
            return self._beside.covered(guest)
        if (guest is None or not guest.talking) and not self._gate.shows():
            return self._full(request)
        if guest is not None and asked:
            return self._ways.see()
        if framed_elsewhere(request):
            return self._ways.notice(request, 200, IN_FRAME)
        if guest is None and asked:
            return self._ways.notice(request, 200, *NOTICES["cookie"])
        if guest is None and from_another_site(request):
            return self._ways.onward(
                self._ways.language(request), f"{self._site.base}/"
            )  # the cookie, if there is one, comes with the next request
        return (guest and await self._aside(request, guest)) or await self._talk(request, guest)

    async def _aside(self, request: web.Request, guest: Guest) -> web.Response | None:
        """What this browser is shown instead of the talk, if it is sent there."""
        at = self._ways.now()
        page = guest.look.aside.at(at).page
        if page == "more":
            return self._beside.more(request, guest)
        if page in NOTICES:
            return self._told(request, guest, page)
        if page == "sheet" and guest.talking and by_own_hand(request):
            found = await self._host.printed("web", guest.address, at)
            owner_of = partial(self._cookie.page, guest)
            return self._ways.page(self._pages.sheet(found, owner_of, guest.look, at)) if found else None
        return None

    async def _talk(self, request: web.Request, guest: Guest | None) -> web.Response:
        at = self._ways.now()
        note = guest.look.aside.at(at).note if guest else ""
        draft = self._drafts.take(guest.address, at) if guest and note in ("long", "slow") else None
        letter = Letter(NOTES.get(note), draft.text if draft else "")
        latest = await self._host.latest("web", guest.address, at) if guest and guest.talking else None
        if guest is None or latest is None:
            return self._first(request, guest, letter)
        if latest.ended:
            return await self._over(request, guest, latest)
        return self._page(latest, guest, replace(letter, answers=True))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """POST: one message; the page that answers it is asked for next."""
        at = self._ways.now()
        guest = self._cookie.read(request, at)
        body, whole = await read_body(request, BODY_LIMIT)
        form = read_form(body)
        if guest is None:
            return self._ways.told(request, None, form=form, page="cookie")
        if guest.look.covered:
            return self._ways.see()  # who looks at the cover says nothing
        if form is None:
            return self._ways.told(request, guest, "unread" if whole else "long")
        if not by_own_hand(request) or not self._proven(guest, form):
            return self._ways.told(request, guest, "old", form)
        if not whole:
            self._drafts.keep(guest.address, form, at)
            return self._ways.told(request, guest, "long", form)
        if not self._gate.hears(guest) and (guest.talking or not await self._host.opens(form.text)):
            return self._later(request, guest, form, at)
        if form.empty:
            return self._ways.told(request, guest, "empty", form)
        return await self._taken(request, form, guest, at)

    def _later(self, request: web.Request, guest: Guest, form: Form, at: int) -> web.Response:
        """Too much at once: who talks gets the page again, with the words; who wants to begin is turned away."""
        if not guest.talking:
            return self._full(request)
        self._drafts.keep(guest.address, form, at)
        return self._ways.told(request, guest, "slow", form)

    def _full(self, request: web.Request) -> web.Response:
        return self._gate.full(self._ways.language(request), self._ways.now())

    def _proven(self, guest: Guest, form: Form) -> bool:
        pages = (self._cookie.page(guest, form.nonce), self._begun.page(guest.address, form.nonce))
        return any(page is not None and proven(self._site.key, page, form) for page in pages)

    async def _taken(self, request: web.Request, form: Form, guest: Guest, at: int) -> web.StreamResponse:
        page = self._cookie.page(guest, form.nonce)
        address = guest.address if guest.talking else self._begun.address(page, form, at)
        if address is None:  # they become another visitor: what was left in the browser tells nobody anything
            return self._ways.told(request, new_guest(guest.look), "old", form)
        try:
            if form.delivery:
                await self._host.delivered(form.delivery)  # the page that was answered had surely arrived
            await self._host.handle(self._incoming(form, address, at))
        except Exception as error:
            _log_failure("POST", error)
            self._drafts.keep(guest.address, form, at)
            if not guest.talking:
                self._begun.undo(form)
            return self._ways.told(request, guest, form=form, page="fault")
        response = self._ways.see()
        look = replace(guest.look, word=guest.look.word if guest.talking else "", aside=TALK)
        self._cookie.give(request, response, Guest(address, at, look), at)
        return response

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """The quick exit: the conversation ends, the browser forgets, another page comes."""
        if fetched_ahead(request):
            return web.Response(status=503)  # a guess is no wish to leave
        if not by_own_hand(request):
            return self._ways.see()  # nobody else's page throws a person out
        language = await self._ended(request)
        response = web.Response(status=303, headers={**ERASED, "Location": self._site.elsewhere(language)})
        self._cookie.take_back(request, response)
        return response

    async def left(self, request: web.Request) -> web.StreamResponse:
        """The same, told by a page that is gone already."""
        if not by_own_hand(request):
            return self._ways.see()
        await self._ended(request)
        response = web.Response(status=204, headers=ERASED)
        self._cookie.take_back(request, response)
        return response

    async def _ended(self, request: web.Request) -> str:
        """End the conversation of this browser, if there is one; in which language it was."""
        guest, language = self._cookie.read(request, self._ways.now()), self._ways.language(request)
        if guest is None:
            return language
        self._drafts.take(guest.address, self._ways.now())
        ended = await self._end(guest.address) if guest.talking else None
        return ended or guest.look.covered or language

    async def _end(self, address: str) -> str | None:
        """Hide and forget at the host; the conversation's language, or None when that failed or takes too long."""
        ending = asyncio.create_task(self._forget(address))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)
        await asyncio.wait({ending}, timeout=LEAVE_WITHIN)
        return ending.result() if ending.done() else None

    async def _forget(self, address: str) -> str | None:
        incoming = Incoming("web", address, new_nonce(self._ways.now()), self._ways.now(), command="hide")
        try:
            reply = await self._host.handle(incoming)
            await self._settle(reply)
        except Exception as error:  # the person leaves whatever happens here
            _log_failure("leaving", error)
            return None
        return reply.language

    async def _settle(self, reply: Reply) -> None:
        """Acknowledge a reply that need not be shown again."""
        if reply.delivery is not None:
            await self._host.delivered(reply.delivery)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Style, script or icon."""
        found = next((asset for asset in self._assets.values() if asset.path == request.path), self._assets["icon"])
        return send_asset(request, found)

    async def lost(self, request: web.Request) -> web.StreamResponse:
        """Any other address; under the cover, the cover."""
        guest = self._cookie.read(request, self._ways.now())
        if guest is not None and guest.look.covered:
            return self._ways.see()
        if not self._gate.shows():
            return self._full(request)
        return self._ways.notice(request, 404, NO_PAGE)

    @web.middleware
    async def nowhere(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A page of ours where no handler was found, or none for this method."""
        try:
            return await handler(request)
        except web.HTTPException as refusal:
            if request.match_info.http_exception is None:
                raise
            response = self._ways.notice(request, refusal.status, NO_PAGE)
            if "Allow" in refusal.headers:
                response.headers["Allow"] = refusal.headers["Allow"]
            return response

    def _first(self, request: web.Request, guest: Guest | None, letter: Letter) -> web.Response:
        """The first screen, for somebody with whom no conversation has begun."""
        given = guest if guest is not None and not guest.talking else new_guest(guest.look if guest else Look())
        hint = asked_language(request, self._words.languages)
        response = self._page(self._host.first("web", hint, self._ways.now()), given, letter)
        if given != guest:
            self._cookie.give(request, response, given, self._ways.now())
        return response

    def _told(self, request: web.Request, guest: Guest, page: str) -> web.Response:
        """What went wrong with a form, the emergency numbers, and the form once more where it is kept."""
        form = self._drafts.take(guest.address, self._ways.now()) if page == "fault" else None
        retry = Retry.of(form) if form else None
        return self._ways.notice(request, 200, *NOTICES[page], retry=retry, guest=guest)

    def _incoming(self, form: Form, address: str, at: int) -> Incoming:
        tap = Tap(form.turn, form.choice) if form.choice is not None else None
        return Incoming(
            channel="web",
            address=address,
            key=repeat_key(address, form),
            at=at,
            language=form.language if form.language in self._words.languages else None,
            text=form.text if tap is None else None,
            tap=tap,
        )

    def _page(self, reply: Reply, guest: Guest, letter: Letter) -> web.Response:
        owner_of = partial(self._cookie.page, guest)
        return self._ways.page(self._pages.talk(reply, owner_of, letter, guest.look, self._ways.now()))

    async def _over(self, request: web.Request, guest: Guest, reply: Reply) -> web.Response:
        """The conversation was hidden or erased: another site, or what was said last and a way to begin anew."""
        await self._settle(reply)
        if reply.hide:
            response = self._ways.onward(reply.language, self._site.elsewhere(reply.language))
        else:
            response = self._page(reply, new_guest(guest.look), Letter(answers=True))
        response.headers.update(ERASED)
        self._cookie.take_back(request, response)
        return response

    def _guarded(self, handler: Handler) -> Handler:
        """The handler, with a page in the person's language when it fails. What was said reaches no log."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except Exception as error:
                _log_failure(request.method, error)
                return self._ways.notice(request, 500, FAILED, TRY_AGAIN)

        return guarded


def _log_failure(what: str, error: Exception) -> None:
    log.error("web: %s failed: %s", what, type(error).__name__)  # no traceback: it may quote
