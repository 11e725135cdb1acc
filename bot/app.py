"""The one place that chooses the real things, connects them and starts them."""

import asyncio
import contextlib
import ctypes
import errno
import gc
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from bot import places
from bot.alive import Alive
from bot.api.asked import Said
from bot.api.routes import PREFIX, api
from bot.channels.webchat import agenda as webchat_agenda
from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.config import Settings
from bot.console.routes import console
from bot.edited import Edited
from bot.front import Front, sorry
from bot.live import Live
from bot.notifier import Notifier
from bot.pinger import Pinger
from bot.render import emergency
from bot.turns import Content, Host
from dialogs.flows import all_flows
from dialogs.reading import read_library
from dialogs.searching import search_words
from locales.catalog import Catalog
from nlu.understanding import EmbeddedUnderstander
from services import fitting, retention
from services.database import Database, open_database, upgrade
from services.keys import Keys
from services.people import invitations, members
from services.places import holds
from services.places.capacity import Terms
from services.referrals.targets import FILE, targets
from services.writing import Writing

if TYPE_CHECKING:
    from bot.channels.telegram.channel import Telegram
    from bot.metrics import Metrics
    from nlu.rasa.client import Rasa

PURGE_EVERY_S = 60

log = logging.getLogger("passerelle")


def now() -> int:
    """Unix seconds."""
    return int(time.time())


def content() -> Content:
    """Everything that is said, read from the files. Raises ContentError, MissingCatalogue."""
    catalog = Catalog()
    library = read_library()
    search = {code: search_words(library.topics.values(), partial(catalog.translate, code)) for code in catalog.names}
    library = replace(library, languages=catalog.names, search=search)
    return Content(all_flows(library), library, catalog, EmbeddedUnderstander(time.gmtime().tm_year))


@contextlib.asynccontextmanager
async def advised(settings: Settings, content: Content) -> AsyncIterator[Content]:
    """The content, and the adviser that the settings choose."""
    if settings.nlu == "embedded":
        yield content
        return
    async with rasa(settings, content.understander.intents) as adviser:
        yield replace(content, adviser=adviser)


def rasa(settings: Settings, known: frozenset[str]) -> "Rasa":
    """The Rasa server of the settings, which may name the `known` intents."""
    from nlu.rasa.client import Rasa

    token = settings.rasa_token.get_secret_value() if settings.rasa_token else ""
    return Rasa(str(settings.rasa_url), token, known)


async def open_all(settings: Settings, *, make: bool = True) -> tuple[Database, Keys]:
    """The database, brought to this version, and the keys of the key file that belongs to it.

    What does not exist is made where `make` allows it; a key file never beside a database that was used with another.
    Raises ValueError with a sentence for people, OSError.
    """
    places.prepare(settings, make=make)
    database = open_database(settings.database_url.get_secret_value())
    try:
        await _upgraded(database)
        async with database.begin() as tx:
            keys = Keys.load(settings.key_file, make=make and not await fitting.used(tx))
            if not await fitting.fit(tx, keys):
                raise ValueError(fitting.OTHER)
    except BaseException:
        await database.close()
        raise
    places.close_to_others(settings)
    return database, keys


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[tuple[Database, Keys]]:
    """What is there already, for one command, closed after it. Raises as `open_all`."""
    database, keys = await open_all(settings, make=False)
    try:
        yield database, keys
    finally:
        await database.close()


async def _upgraded(database: Database) -> None:
    try:
        await upgrade(database)
    except ValueError:
        raise
    except Exception as wrong:
        raise ValueError(
            f"the database cannot be used ({type(wrong).__name__}): look at PASSERELLE_DATABASE_URL, and whether the "
            "database is there, is one, and may be written"
        ) from None


async def needs_first(database: Database) -> bool:
    """Whether nobody has been made coordinator yet."""
    async with database.read() as tx:
        return not await members.any_member(tx)


async def first_link(database: Database) -> str | None:
    """A one-time link's path that creates the first coordinator; None once there is one, or where a link is too new."""
    async with database.begin() as tx:
        if await members.any_member(tx):
            return None
        token = await invitations.invite_first(tx, int(time.time()))
    return f"/console/welcome/{token}" if token else None


@contextlib.asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[tuple[web.AppRunner, Database]]:
    """Everything started on one port: web chat, console, Telegram if there is a token, and the purge."""
    database, keys = await open_all(settings)
    async with advised(settings, content()) as said:
        host = Host(database, keys, said, settings.address)
        edited = Edited(database, said, host.take)
        await edited.look()
        filling = asyncio.create_task(host.open())
        app = application(settings, database, keys, host, edited)
        runner = Front(app, sorry(host.content.catalog), secure=settings.secure)
        await runner.setup()
        _collect_rarely()
        await _listen(runner, settings)
        purging = asyncio.create_task(_purge_always(database, keys))
        following = asyncio.create_task(edited.follow())
        telling = asyncio.create_task(Notifier(settings, database, keys, said.catalog, now).follow())
        try:
            yield runner, database
        finally:
            for task in (purging, following, telling, filling):
                task.cancel()
            await asyncio.wait(
                (purging, following, telling, filling)
            )  # a transaction under way is undone before its connection goes
            await runner.cleanup()
            await host.close()
            await database.close()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            raise ValueError(f"port {settings.port} is in use already: set another one with PORT") from None
        if wrong.errno == errno.EACCES:
            raise ValueError(f"port {settings.port} is not ours to listen on: set one from 1024 with PORT") from None
        raise ValueError(f"{settings.host} is no address of this machine: correct PASSERELLE_HOST") from None


def application(settings: Settings, database: Database, keys: Keys, host: Host, edited: Edited) -> web.Application:
    """The web application: the chat at `/`, the console under `/console`, Telegram's webhook."""
    catalog = host.content.catalog
    site = Site(
        keys.purpose("web"),
        settings.secure,
        settings.exit_url,
        public=settings.address,
        framed_by=tuple(settings.framed_by.split()),
        onion=str(settings.onion_url or ""),
    )
    numbers = lambda *asked: emergency(host.content.catalog, host.content.library, *asked)  # noqa: E731
    writing = Writing(database, keys)
    app = webchat(host, site, catalog, numbers, live=Live(database, keys, writing))
    app.add_routes(webchat_agenda.routes(database, catalog))
    if settings.telegram_token is not None:
        telegram = _telegram(settings, host)
        telegram.mount(app)
        app.cleanup_ctx.append(Pinger(database, keys, catalog, now, telegram.write).lifetime)
    Alive(database).mount(app)
    if settings.metrics_token is not None:
        _metrics(settings, database, host).mount(app)
    desk = console(
        database,
        keys,
        catalog,
        now,
        edited,
        https=settings.secure,
        public=settings.address,
        terms=terms(settings),
        aims=targets(settings.targets or FILE),
        idle_s=settings.idle_minutes * 60,
        writing=writing,
    )
    app.add_subapp("/console", desk)
    app.add_subapp(
        PREFIX,
        api(database, keys, now, lambda: Said(host.content.catalog, host.content.library), host.tally, terms(settings)),
    )
    return app


def terms(settings: Settings) -> Terms:
    """How long capacity is sure, and a place held."""
    return Terms(settings.places_fade_days, settings.places_gone_days, settings.place_hold_hours)


def _telegram(settings: Settings, host: Host) -> "Telegram":
    from bot.channels.telegram.channel import API, Telegram  # a tenth of all memory: only with a token
    from bot.channels.telegram.profile import profiles

    api = str(settings.telegram_api or API).rstrip("/")
    webhook = str(settings.telegram_webhook) if settings.telegram_webhook else None
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return Telegram(host, token, api, webhook, profiles=profiles(host.content.catalog))


def _metrics(settings: Settings, database: Database, host: Host) -> "Metrics":
    from bot.metrics import Metrics

    token = settings.metrics_token.get_secret_value() if settings.metrics_token else ""
    asked = getattr(host.content.adviser, "counts", {})
    return Metrics(database, host.tally, asked, token, targets(settings.targets or FILE))


def _collect_rarely() -> None:
    """What was read at the start never becomes garbage, and a turn leaves little: look for it seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    with contextlib.suppress(OSError, AttributeError):  # where the system's library is another one
        ctypes.CDLL("libc.so.6").malloc_trim(0)  # what reading left behind goes back: 2 MB


async def _purge_always(database: Database, keys: Keys) -> None:
    while True:
        try:
            await retention.forget_due(database, int(time.time()))
            await holds.look_after(database, keys, int(time.time()))
        except Exception as fault:
            log.error("the purge failed, and is tried again: %s", type(fault).__name__)
        await asyncio.sleep(PURGE_EVERY_S)
