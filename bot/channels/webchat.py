"""The web chat: one address, pages made on the server, nothing in the browser but one cookie while it is open."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from aiohttp import web

from bot.channels.webchat_form import (
    BODY_LIMIT,
    Form,
    draft_of,
    new_address,
    new_nonce,
    proven,
    read_form,
    repeat_key,
)
from bot.channels.webchat_http import (
    COMMON,
    ERASED,
    NOT_KEPT,
    STRICT_TRANSPORT,
    Cookie,
    asked_language,
    assets,
    from_another_site,
    read_body,
    send_asset,
    send_page,
)
from bot.channels.webchat_page import Letter, Pages, Retry, Words
from bot.messages import Channel, Incoming, Reply, Tap
from dialogs.text import say

log = logging.getLogger(__name__)

FORM = web.RequestKey("form", Form)
LEAVE_WITHIN = 2.0  # seconds: leaving never waits longer for the server's own work
STALE = say("web", "This page was out of date. Nothing was lost. Please send again.")
UNREADABLE = say("web", "This could not be read. Please try again.")
NOTHING_SAID = say("web", "Please tap a button, or write a few words.")
TOO_LONG = say("web", "This text is too long and was not read. Please send it in shorter parts.")
NO_COOKIE = say("web", "The chat cannot tell that this is you. Your message was not read.")
COOKIE_OFF = say(
    "web", "If you left the chat or closed it, start again. If your browser refuses cookies, allow them here."
)
ONE_COOKIE = say("web", "The chat uses one cookie. It goes away when you leave.")
FAILED = say("web", "Something went wrong on our side. Your message may not have arrived.")
TRY_AGAIN = say("web", "Please try again. Nothing will be sent twice.")
FIRST_TURN = 1
NO_PAGE = say("web", "There is no page here.")

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Host(Protocol):
    """Who does the turns (bot/turns.py)."""

    async def handle(self, incoming: Incoming) -> Reply: ...

    async def present(self, channel: Channel, address: str, at: int) -> Reply | None: ...

    async def delivered(self, delivery: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Site:
    """What an operator decides. `key`: 32 secret bytes that prove forms, the same on every replica.

    `secure`: pages are served over https. `neutral`: where leaving leads, `{language}` in it is the page's language.
    """

    key: bytes
    secure: bool = False
    neutral: str = "https://{language}.wikipedia.org/"
    default_language: str = "fr"

    def elsewhere(self, language: str) -> str:
        """The neutral page for a language."""
        return self.neutral.replace("{language}", language)


def webchat(host: Host, site: Site, words: Words, clock: Callable[[], float] = time.time) -> web.Application:
    """The application to mount at `/`: `/`, `/leave` and the files that pages load."""
    chat = WebChat(host, site, words, clock)
    app = web.Application()
    app.add_routes(chat.routes())
    return app


class WebChat:
    """Turns requests into `Incoming` and replies into pages. Decides nothing."""

    def __init__(self, host: Host, site: Site, words: Words, clock: Callable[[], float]) -> None:
        """Read templates, style and script once."""
        self._host, self._site, self._words, self._clock = host, site, words, clock
        self._assets = assets()
        self._pages = Pages(words, site.key, self._assets)
        self._cookie = Cookie(site.secure)
        self._endings: set[asyncio.Task[str | None]] = set()
        self._headers: Mapping[str, str] = COMMON | (STRICT_TRANSPORT if site.secure else {})

    def routes(self) -> list[web.RouteDef]:
        """All routes; whatever else is asked for below `/` gets a page that leads back."""
        return [
            web.get("/", self._guarded(self.open), allow_head=False),
            web.post("/", self._guarded(self.answer)),
            web.get("/leave", self._guarded(self.leave), allow_head=False),
            web.post("/leave", self._guarded(self.leave)),
            web.get("/favicon.ico", self.file),
            *(web.get(asset.path, self.file) for asset in self._assets.values()),
            web.get("/{tail:.*}", self._guarded(self.lost)),
        ]

    async def open(self, request: web.Request) -> web.StreamResponse:
        """GET: the present screen, or the first one. It never repeats what is shown only once."""
        address = self._cookie.read(request)
        if address is None and from_another_site(request):
            return self._onward(
                self._language(request), "/"
            )  # the cookie, if there is one, comes with the next request
        given = address or new_address()
        reply = await self._present(given, request)
        response = self._page(reply, given, Letter(answers=reply.turn > FIRST_TURN))
        if address is None:
            self._cookie.give(response, given)
        return response

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """POST: one message. The page that answers it stands at the same address."""
        body = await read_body(request, BODY_LIMIT)
        address = self._cookie.read(request)
        if address is None:
            html = self._pages.notice(
                self._language(request), NO_COOKIE, COOKIE_OFF, ONE_COOKIE, draft=draft_of(body or b"")
            )
            return send_page(html, self._headers, 403)
        if body is None:
            return await self._again(request, address, Letter(TOO_LONG), 413)
        form = read_form(body)
        if form is None:
            return await self._again(request, address, Letter(UNREADABLE, draft_of(body)), 400)
        request[FORM] = form
        if not proven(self._site.key, address, form):
            return await self._again(request, address, Letter(STALE, form.text), 403)
        if form.empty:
            return await self._again(request, address, Letter(NOTHING_SAID), 200)
        return await self._taken(form, address)

    async def _taken(self, form: Form, address: str) -> web.StreamResponse:
        if form.delivery:
            await self._host.delivered(form.delivery)  # the page that was answered had surely arrived
        reply = await self._host.handle(self._incoming(form, address))
        if not reply.ended and not _plain(reply):
            return self._page(reply, address, Letter(answers=True))
        await self._settle(reply)
        if not reply.ended:
            raise web.HTTPSeeOther("/")
        return self._left(reply.language) if reply.hide else self._over(reply, address)

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """The quick exit: the conversation ends, the browser forgets, another page comes. A lost form is no matter."""
        if from_another_site(request):
            raise web.HTTPSeeOther("/")  # nobody else's page throws a person out
        address = self._cookie.read(request)
        language = self._language(request)
        if address is not None:
            language = await self._end(address) or language
        if request.method == "POST":
            return self._left(language)
        response = web.Response(status=303, headers={**self._headers, **NOT_KEPT, **ERASED})
        response.headers["Location"] = self._site.elsewhere(language)
        self._cookie.take_back(response)
        return response

    async def _end(self, address: str) -> str | None:
        """Hide and forget at the host; the conversation's language, or None when that failed or takes too long."""
        ending = asyncio.create_task(self._forget(address))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)
        await asyncio.wait({ending}, timeout=LEAVE_WITHIN)
        return ending.result() if ending.done() else None

    async def _forget(self, address: str) -> str | None:
        incoming = Incoming("web", address, new_nonce(), int(self._clock()), command="hide")
        try:
            reply = await self._host.handle(incoming)
            await self._settle(reply)
        except Exception as error:  # the person leaves whatever happens here
            log.error("web: leaving failed: %s", type(error).__name__)
            return None
        return reply.language

    async def _settle(self, reply: Reply) -> None:
        """Acknowledge a reply that need not be shown again."""
        if reply.delivery is not None:
            await self._host.delivered(reply.delivery)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Style, script or icon."""
        found = next((asset for asset in self._assets.values() if asset.path == request.path), self._assets["icon"])
        return send_asset(request, found, self._headers)

    async def lost(self, request: web.Request) -> web.StreamResponse:
        """Any other address."""
        return send_page(self._pages.notice(self._language(request), NO_PAGE), self._headers, 404)

    async def _present(self, address: str, request: web.Request) -> Reply:
        """The present screen of a conversation, which begins here if there is none."""
        at = int(self._clock())
        reply = await self._host.present("web", address, at)
        if reply is None:
            hint = asked_language(request, self._words.languages)
            reply = await self._host.handle(Incoming("web", address, new_nonce(), at, language=hint))
            await self._settle(reply)
        return replace(reply, delivery=None)

    async def _again(self, request: web.Request, address: str, letter: Letter, status: int) -> web.StreamResponse:
        return self._page(await self._present(address, request), address, letter, status)

    def _incoming(self, form: Form, address: str) -> Incoming:
        tap = Tap(form.turn, form.choice) if form.choice is not None else None
        return Incoming(
            channel="web",
            address=address,
            key=repeat_key(address, form),
            at=int(self._clock()),
            language=form.language if form.language in self._words.languages else None,
            text=form.text if tap is None else None,
            tap=tap,
        )

    def _page(self, reply: Reply, address: str, letter: Letter, status: int = 200) -> web.Response:
        return send_page(self._pages.talk(reply, address, letter), self._headers, status)

    def _over(self, reply: Reply, address: str) -> web.Response:
        """The conversation was erased: what was said last, and a way to begin anew."""
        response = self._page(reply, address, Letter(answers=True))
        response.headers.update(ERASED)
        self._cookie.take_back(response)
        return response

    def _left(self, language: str) -> web.Response:
        """Leaving by a form: a browser that keeps to `form-action 'self'` follows no redirect from one to elsewhere."""
        response = self._onward(language, self._site.elsewhere(language))
        response.headers.update(ERASED)
        self._cookie.take_back(response)
        return response

    def _onward(self, language: str, url: str) -> web.Response:
        return send_page(self._pages.gone(language, url), {**self._headers, "Refresh": f"0; url={url}"})

    def _language(self, request: web.Request) -> str:
        """For pages without a reply: the form's language, or what the browser asks for."""
        form: Form | None = request.get(FORM)
        if form is not None and form.language in self._words.languages:
            return form.language
        return asked_language(request, self._words.languages) or self._site.default_language

    def _guarded(self, handler: Handler) -> Handler:
        """The handler, with a page in the person's language when it fails. What was said reaches no log."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request)
            except web.HTTPException as answer:
                answer.headers.update({**self._headers, **NOT_KEPT})
                raise
            except Exception as error:
                log.error("web: %s failed: %s", request.method, type(error).__name__)  # no traceback: it may quote
                return self._failed(request)

        return guarded

    def _failed(self, request: web.Request) -> web.Response:
        form: Form | None = request.get(FORM)
        retry = Retry.of(form) if form else None
        html = self._pages.notice(self._language(request), FAILED, TRY_AGAIN, retry=retry)
        return send_page(html, self._headers, 500)


def _plain(reply: Reply) -> bool:
    """Whether asking for the present screen shows the same page, so that the browser's own Back can come to it."""
    return len(reply.screens) == 1 and not reply.screens[0].once
