"""A real console: a database, and the console at /console behind the front on loopback; and visitors to it."""

import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pyotp
import pytest
from aiohttp import ClientSession, CookieJar, web

from bot.console.pages import Catalog
from bot.console.routes import console
from bot.console.visit import SESSION
from bot.edited import Edited
from bot.front import Front
from bot.turns import Content
from dialogs.commands import Triage
from dialogs.text import Text, Value
from services.database import Database, open_database, upgrade
from services.keys import Keys
from services.people import console_sessions, invitations, joining, signing_in
from services.people.second_factor import STEP_S
from services.referrals import claims, queue, referrals
from services.referrals.claims import Derived
from services.referrals.referrals import Agreed
from services.rights import Opened
from services.writing import Writing

NOW = 1_800_000_000
PASSWORD = "seven calm boats at noon"
NUMBERS = itertools.count(1)


class Source:
    """The sentences as they are written in the code, whatever the language."""

    def translate(self, language: str, text: Text) -> str:
        values = {name: self._value(language, value) for name, value in text.values}
        return text.msgid.format(**values)

    def _value(self, language: str, value: Value) -> str:
        if isinstance(value, tuple):
            return ", ".join(self._value(language, part) for part in value)
        return self.translate(language, value) if isinstance(value, Text) else str(value)


@dataclass
class Clock:
    now: int = NOW

    def __call__(self) -> int:
        return self.now


@dataclass
class Seen:
    """An answer, read."""

    status: int
    text: str
    headers: dict[str, str]
    path: str

    @property
    def csrf(self) -> str:
        return self.field("csrf")

    def field(self, name: str) -> str:
        found: list[str] = re.findall(rf'name="{name}" value="([^"]*)"', self.text)
        return found[-1]


@dataclass
class App:
    """Everybody's app for codes: it learns a key from the page that shows it, and shows no code twice."""

    clock: Clock
    keys: dict[str, str] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)

    def code(self, name: str) -> str:
        """The next code of `name`'s key; where those around now were shown already, the clock goes on."""
        step = max(self.clock.now // STEP_S - 1, self.shown.get(name, 0) + 1)
        self.clock.now = max(self.clock.now, (step - 1) * STEP_S)
        self.shown[name] = step
        return str(pyotp.TOTP(self.keys[name]).generate_otp(step))

    def learn(self, name: str, page: str) -> None:
        """Read the key off the page that sets a factor up."""
        if found := re.search(r'id="key">(.*?)</p>', page, re.S):
            self.keys[name] = re.sub(r"<.*?>|\s", "", found[1])
            self.shown.pop(name, None)


APPS: dict[str, App] = {}  # by origin: what a browser that signs in there uses


@dataclass
class Visitor:
    """Somebody with a browser that keeps cookies and runs no script."""

    origin: str
    session: ClientSession
    page: Seen = field(default_factory=lambda: Seen(0, "", {}, ""))

    async def get(self, path: str, follow: bool = True, accept_language: str = "en") -> Seen:
        return await self._ask("GET", path, follow, headers={"Accept-Language": accept_language})

    async def post(self, path: str, follow: bool = True, csrf: str | None = None, **fields: str) -> Seen:
        """Send a form with the token of the page last seen."""
        token = self.page.csrf if csrf is None else csrf
        return await self._ask("POST", path, follow, data={"csrf": token, **fields})

    async def raw(self, path: str, body: bytes, content_type: str, **headers: str) -> Seen:
        return await self._ask("POST", path, True, data=body, headers={"Content-Type": content_type, **headers})

    async def sign_in(self, name: str, password: str = PASSWORD) -> Seen:
        await self.get("/sign-in")
        return await self.prove(name, await self.post("/sign-in", name=name, password=password))

    async def prove(self, name: str, page: Seen) -> Seen:
        """The second factor, set up where it is not yet, up to the first page."""
        if not page.path.endswith("/second-factor"):
            return page
        APPS[self.origin].learn(name, page.text)
        await self.post("/second-factor", code=APPS[self.origin].code(name))
        return await self.get("/")

    async def _ask(self, method: str, path: str, follow: bool, **more) -> Seen:
        url = f"{self.origin}{path}"
        async with self.session.request(method, url, allow_redirects=follow, **more) as response:
            found = response.headers
            headers = {name: ", ".join(found.getall(name)) for name in found}
            page = Seen(response.status, await response.text(), headers, response.url.path)
        if 'name="csrf"' in page.text:
            self.page = page
        return page


@dataclass
class Site:
    """The whole of it."""

    database: Database
    keys: Keys
    clock: Clock
    origin: str
    receipts: tuple[Derived, ...]
    visitors: list[ClientSession]
    edited: Edited
    writing: Writing

    def visitor(self) -> Visitor:
        session = ClientSession(cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": "en"})
        self.visitors.append(session)
        return Visitor(self.origin, session)

    async def member(self, name: str, role: str = "coordinator") -> Opened:
        """Somebody who has joined and signed in, as the services see them."""
        async with self.database.begin() as tx:
            token = await invitations.invite(tx, name, role, self.clock())
        await joining.accept(self.database, self.keys, token, PASSWORD, self.clock())
        opened = await signing_in.sign_in(self.database, self.keys, name, PASSWORD, self.clock())
        assert opened
        return opened

    async def enter(self, opened: Opened) -> Visitor:
        """A visitor with an open session of theirs."""
        async with self.database.begin() as tx:
            cookie = await console_sessions.start(tx, opened, self.clock())
        visitor = self.visitor()
        visitor.session.cookie_jar.update_cookies({SESSION: cookie})
        await visitor.get("/account")
        return visitor

    async def wait(self, opened: Opened, stage: console_sessions.Stage) -> Visitor:
        """A visitor whose session is not open: the factor is to come (factor, enrol), or it is locked."""
        async with self.database.begin() as tx:
            if stage in ("factor", "enrol"):
                cookie = await console_sessions.begin(
                    tx, opened, "factor" if stage == "factor" else "enrol", self.clock()
                )
            else:
                cookie = await console_sessions.start(tx, opened, self.clock())
                await console_sessions.lock_all(tx)
        visitor = self.visitor()
        visitor.session.cookie_jar.update_cookies({SESSION: cookie})
        await visitor.get("/second-factor")
        return visitor

    async def submit(
        self, note: str | None = None, callback: str | None = None, call: str | None = None, **triage
    ) -> str:
        whole = Triage(**{"referrer": "professional", "age_group": "adult"} | triage)
        unlike = [replace(receipt, selector=next(NUMBERS).to_bytes(8)) for receipt in self.receipts]
        prepared = unlike[: len(claims.holders(whole.referrer))]
        async with self.database.begin() as tx:
            submitted = await referrals.submit(
                tx,
                whole,
                Agreed(bytes(range(32)), "ro", "1"),
                prepared,
                at=self.clock(),
                language="fr",
                note=note,
                callback=callback,
                call=call,
            )
        return submitted.referral

    async def referral(self, referral: str) -> queue.Queued:
        async with self.database.read() as tx:
            return await queue.one(tx, referral)


@pytest.fixture(scope="session")
def keys() -> Keys:
    return Keys(bytes(range(32)))


@pytest.fixture
def catalog() -> Catalog:
    return Source()


@pytest.fixture
async def receipts(keys: Keys) -> tuple[Derived, ...]:
    return await claims.prepare(keys), await claims.prepare(keys)


@pytest.fixture
async def site(
    sqlite_url: str, keys: Keys, catalog: Catalog, receipts, everything_said: Content
) -> AsyncIterator[Site]:
    async with opened(sqlite_url, keys, catalog, receipts, everything_said) as one:
        yield one


async def _icon(_: web.Request) -> web.Response:
    """Of the web chat, which serves the whole address."""
    return web.Response(status=204)


@asynccontextmanager
async def opened(url: str, keys: Keys, catalog: Catalog, receipts, files: Content) -> AsyncIterator[Site]:
    """A console on the database at `url`; there may be several."""
    database = open_database(url)
    await upgrade(database)
    clock = Clock()
    application = web.Application()
    edited, writing = Edited(database, files, lambda _: None), Writing(database, keys)
    application.router.add_get("/favicon.ico", _icon)
    application.add_subapp("/console", console(database, keys, catalog, clock, edited, writing=writing))
    front = Front(application, "sorry", secure=False)
    await front.setup()
    await web.TCPSite(front, "127.0.0.1", 0).start()
    site = Site(
        database, keys, clock, f"http://127.0.0.1:{front.addresses[0][1]}/console", receipts, [], edited, writing
    )
    APPS[site.origin] = App(clock)
    yield site
    for session in site.visitors:
        await session.close()
    await front.cleanup()
    await database.close()
