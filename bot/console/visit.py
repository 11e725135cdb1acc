"""One request to the console: who asks, in which language, with which form; and the ways to answer it."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import web

from bot.console import words
from bot.console.pages import Pages, csrf_field
from bot.console.streams import Streams
from bot.edited import Edited
from dialogs.text import Text
from services import rights
from services.database import Database
from services.figures.board import Lately
from services.keys import Keys
from services.people import members
from services.people.console_sessions import IDLE_S, SignedIn, Waiting
from services.places.capacity import TERMS, Terms
from services.referrals.targets import Targets
from services.rights import Member, Opened

SESSION = "passerelle-desk"
FORM = "passerelle-form"
LANGUAGE = "passerelle-language"
BROWSER = "passerelle-browser"
LASTING = {LANGUAGE: 365 * 24 * 3600, BROWSER: 180 * 24 * 3600}  # seconds; the others end with the browser
PAGE_RIGHTS = {
    "queue": "queue",
    "board": "board",
    "facts": "edit",
    "changes": "edit",
    "trainings": "training",
    "places": "places",
    "own_places": "own_places",
    "statistics": "statistics",
    "kept": "retention",
    "people": "people",
    "keys": "keys",
    "codes": "codes",
    "tokens": "api",
    "audit": "audit",
    "account": None,
}


@dataclass(frozen=True, slots=True)
class House:
    """What every request needs. `https`: cookies are marked for https only, whatever a proxy says.

    `public`: the address that people type, without a slash at its end; "" where it is not set. `terms`: of places.
    `idle_s`: after how many seconds without use a session is locked.
    `lately`: what the board tells of the last 90 days, known for a minute.
    """

    database: Database
    keys: Keys
    pages: Pages
    clock: Callable[[], int]
    edited: Edited
    streams: Streams
    targets: Targets
    https: bool = False
    public: str = ""
    terms: Terms = TERMS
    idle_s: int = IDLE_S
    lately: Lately = field(default_factory=Lately)

    def origin(self, request: web.Request) -> str:
        """What a link begins with: the address that was set, else where this connection came in.

        Never the Host header: whoever can set it would get the one-time links of others.
        """
        return self.public or f"{'https' if self.https else 'http'}://{_came_in(request)}"

    def cookie_name(self, request: web.Request, name: str) -> str:
        """The cookie's name: over https a browser then keeps it to this host and to the whole of it."""
        return f"__Host-{name}" if self.https or request.secure else name

    def set_cookie(self, request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
        """A cookie, out of reach of scripts and other sites; empty `value` takes it away."""
        secure = self.https or request.secure
        response.set_cookie(
            self.cookie_name(request, name),
            value,
            max_age=0 if not value else LASTING.get(name),
            path="/" if secure else prefix(request),
            secure=secure,
            httponly=True,
            samesite="Strict",
        )


HOUSE = web.AppKey("house", House)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, read and judged. `form_cookie`: the secret behind the token of forms shown before sign-in.

    `waiting`: a session that is not open, because the second factor is to come or it is locked.
    """

    request: web.Request
    house: House
    language: str
    at: int
    form: Mapping[str, str] = field(default_factory=dict)
    signed_in: SignedIn | None = None
    waiting: Waiting | None = None
    session_cookie: str = ""
    form_cookie: str = ""

    @property
    def opened(self) -> Opened:
        """Who is signed in, with the key they hold; only where the route asks for a session."""
        if self.signed_in is None:
            raise web.HTTPForbidden
        return self.signed_in.opened

    @property
    def member(self) -> Member:
        """Who is signed in."""
        return self.opened.member

    @property
    def csrf(self) -> str:
        """The token that this browser's forms must carry."""
        if session := self.signed_in or self.waiting:
            return session.csrf
        return hashlib.blake2b(self.form_cookie.encode(), person=b"form", digest_size=32).hexdigest()

    def path(self, name: str, **parts: object) -> str:
        """The path of a page, wherever the console is mounted."""
        texts = {part: str(value) for part, value in parts.items()}
        return str(self.request.app.router[name].url_for(**texts))

    async def page(
        self, template: str, status: int = 200, here: str = "", *, told: bool = False, **values: object
    ) -> web.Response:
        """A page in words. `here`: the path that shows it again, when that is not the request's own.

        `told`: it tells who did what, so it needs the coordinators' names.
        """
        member = self.signed_in.opened.member if self.signed_in else None
        names = await self._names() if told else {}
        text = self.house.pages.write(
            template,
            self.language,
            self.at,
            names,
            member=member,
            path=self.path,
            pages=[(name, self.in_words(words.PAGES[name])) for name in self.pages()],
            current=values.pop("current", template.removesuffix(".html")),
            here=here or self.request.path,
            languages=words.NAMES,
            idle_minutes=self.house.idle_s // 60,
            style=f"{self.path('style')}?v={self.house.pages.style_version}",
            script=f"{self.path('script')}?v={self.house.pages.script_version}",
            csrf_field=csrf_field(self.csrf),
            **values,
        )
        response = web.Response(text=text, content_type="text/html", charset="utf-8", status=status)
        if not (self.signed_in or self.waiting):
            self.house.set_cookie(self.request, response, FORM, self.form_cookie)
        return response

    def in_words(self, text: Text) -> str:
        """A sentence in the language of the one who visits."""
        return self.house.pages.translate(self.language, text)

    def see(self, name: str, *, done: str = "", back: str = "", **parts: object) -> web.Response:
        """Go and see another page, by GET; `done`: the word for what was done, which that page tells.

        `back`: where one goes on from that page.
        """
        told = f"?done={done}" if done else f"?{urlencode({'back': back})}" if back else ""
        return web.Response(status=303, headers={"Location": f"{self.path(name, **parts)}{told}"})

    def notice(self, told: Mapping[str, Text]) -> str:
        """What was done, by the word that `see` left in the address; empty when nothing was."""
        done = told.get(self.request.query.get("done", ""))
        return self.in_words(done) if done else ""

    def pages(self) -> list[str]:
        """The pages of the menu that one may see, the first one where one comes in; none before sign-in."""
        if self.signed_in is None:
            return []
        return [name for name, right in PAGE_RIGHTS.items() if right is None or right in rights.MAY[self.member.role]]

    async def _names(self) -> dict[str, str]:
        async with self.house.database.read() as tx:
            return {str(person.id): person.name for person in await members.members(tx)}


def _came_in(request: web.Request) -> str:
    """The server's own end of the connection, as a browser writes it."""
    host, port, *_ = request.get_extra_info("sockname")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def prefix(request: web.Request) -> str:
    """Where the console is mounted: "/console", or "/" when it is the whole application."""
    return str(request.app.router["home"].url_for()).rstrip("/") or "/"


def new_form_cookie() -> str:
    """A secret for the forms shown before sign-in."""
    return secrets.token_urlsafe(32)
