"""Is everything in order? Each check says what to do when it is not."""

import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bot import places
from bot.config import Settings

if TYPE_CHECKING:
    from bot.turns import Content
    from dialogs.library import Library
    from services.database import Database

NOBODY = "no coordinator has been set up, so no free text is offered: open the link that `passerelle serve` prints"
NO_ACCESS = "nobody can open what is sealed, so no free text is offered: what was sealed before is lost"
ONE_HOLDER = "one person alone can open what is sealed: let them give access to a second one in the console"
NOTICES = "notices to coordinators: {retried} tried again, {failed} given up: look at the mail server and the webhook"
NO_RECOVERY = (
    "there is no recovery key that was tried: in the console, under Keys, make one, print it and type it in once; "
    "without it, all that is sealed is lost when everybody with access forgets their password"
)
LEFT = "somebody who held the key was taken out: in the console, under Keys, seal everything anew"
HALF_WAY = "sealing anew is under way: press the button again, or passerelle coordination reseal"
DATABASE_FIRST = "mend the database first"
CONTENT_FIRST = "mend the content first"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `mend`: what to do; empty when it is in order, an advice when it is `ok` all the same."""

    id: str
    ok: bool
    mend: str = ""


async def examine(settings: Settings) -> list[Check]:
    """Every check, in an order in which they can be mended."""
    return [await check(settings) for check in CHECKS]


def _result(name: str, mend: str | None) -> Check:
    return Check(name, mend is None, mend or "")


async def _settings(_: Settings) -> Check:
    return _result("settings", Settings.unknown())


async def _key_file(settings: Settings) -> Check:
    path = settings.key_file
    if not path.exists():
        return _result(
            "key_file", f"{path} is missing: restore it from its backup; `serve` makes one for a new database"
        )
    if stat.S_IMODE(path.stat().st_mode) & places.OTHERS:
        return _result("key_file", f"others may read {path}: chmod 600 {path}")
    return _result("key_file", None)


async def _database(settings: Settings) -> Check:
    from services.database import pending

    async def look(database: "Database") -> str | None:
        return "its tables are older than this version: passerelle db upgrade" if await pending(database) else None

    return _result("database", await _looked(settings, look))


async def _key_fits(settings: Settings) -> Check:
    from services import fitting
    from services.keys import Keys

    async def look(database: "Database") -> str | None:
        keys = Keys.load(settings.key_file, make=False)
        async with database.read() as tx:
            return None if await fitting.fits(tx, keys) else fitting.OTHER

    return _result("key_fits", await _looked(settings, look, DATABASE_FIRST))


async def _files(settings: Settings) -> Check:
    paths = [str(path) for path in places.readable_by_others(settings)]
    return _result("files", f"others may read them: chmod 600 {' '.join(paths)}" if paths else None)


async def _coordination_key(settings: Settings) -> Check:
    from services.people import members as coordinators
    from services.referrals import referrals

    async def look(database: "Database") -> str | None:
        async with database.read() as tx:
            if await referrals.coordination(tx):
                return None
            return NO_ACCESS if await coordinators.any_member(tx) else NOBODY

    return _result("coordination_key", await _looked(settings, look, DATABASE_FIRST))


async def _second_holder(settings: Settings) -> Check:
    from services.people import access

    async def look(database: "Database") -> str | None:
        async with database.read() as tx:
            return ONE_HOLDER if await access.holders(tx) == 1 else None

    return Check("second_holder", True, await _looked(settings, look, DATABASE_FIRST) or "")


async def _recovery_key(settings: Settings) -> Check:
    from services.people import recovery

    async def look(database: "Database") -> str | None:
        async with database.read() as tx:
            return None if await recovery.counts(tx) else NO_RECOVERY

    return Check("recovery_key", True, await _looked(settings, look, DATABASE_FIRST) or "")


async def _sealed_anew(settings: Settings) -> Check:
    from services import resealing

    async def look(database: "Database") -> str | None:
        async with database.read() as tx:
            standing = await resealing.standing(tx)
        if standing is None:
            return None
        return HALF_WAY if standing.under_way else LEFT if standing.left_at else None

    return Check("sealed_anew", True, await _looked(settings, look, DATABASE_FIRST) or "")


async def _looked(
    settings: Settings, look: Callable[["Database"], Awaitable[str | None]], broken: str | None = None
) -> str | None:
    """What is to be mended, once the database is there; it is never made by looking.

    `broken`: said instead of why the database cannot be reached, where another check tells why.
    """
    from services.database import open_database

    try:
        places.prepare(settings, make=False)
    except ValueError as wrong:
        return broken or str(wrong)
    database = open_database(settings.database_url.get_secret_value())
    try:
        return await look(database)
    except ValueError as wrong:
        return str(wrong)
    except Exception as wrong:
        return broken or f"it cannot be reached ({type(wrong).__name__}): look at PASSERELLE_DATABASE_URL"
    finally:
        await database.close()


@cache
def _said() -> "Content | Exception":
    """All that is said, or what is wrong with it; read once."""
    from bot.app import content

    try:
        return content()
    except Exception as wrong:
        return wrong


async def _content(_: Settings) -> Check:
    said = _said()
    return _result("content", str(said) if isinstance(said, Exception) else None)


async def _helplines(settings: Settings) -> Check:
    """As editors left them, where the database tells that; else as the file has them."""
    from dialogs.edits import edited
    from services import edits

    said = _said()
    if isinstance(said, Exception):
        return _result("helplines", CONTENT_FIRST)

    async def look(database: "Database") -> str | None:
        async with database.read() as tx:
            return _stale(edited(said.library, await edits.in_force(tx)))

    told = await _looked(settings, look, DATABASE_FIRST)
    return _result("helplines", _stale(said.library) if told == DATABASE_FIRST else told)


def _stale(library: "Library") -> str | None:
    import time

    from dialogs.library import day_of

    today = day_of(int(time.time()))
    stale = [h.id for h in library.helplines.values() if h.status in ("V1", "V2") and h.stale_on(today)]
    return f"checked too long ago, so not shown: {', '.join(stale)}" if stale else None


async def _telegram(settings: Settings) -> Check:
    webhook = settings.telegram_webhook
    if webhook is not None and settings.telegram_token is None:
        return _result("telegram", "PASSERELLE_TELEGRAM_WEBHOOK is set without PASSERELLE_TELEGRAM_TOKEN")
    if webhook is not None and webhook.scheme != "https":
        return _result("telegram", "PASSERELLE_TELEGRAM_WEBHOOK must be an https address")
    return _result("telegram", None)


async def _targets(settings: Settings) -> Check:
    from services.referrals.targets import FILE, targets

    try:
        targets(settings.targets or FILE)
    except (OSError, ValueError) as wrong:
        return _result("targets", str(wrong))
    return _result("targets", None)


async def _notices(settings: Settings) -> Check:
    """An advice only: the queue is seen without them."""
    from services import notices

    async def look(database: "Database") -> str | None:
        async with database.read() as tx:
            told = await notices.troubles(tx)
        return NOTICES.format(**told) if any(told.values()) else None

    return Check("notices", True, await _looked(settings, look, DATABASE_FIRST) or "")


async def _rasa(settings: Settings) -> Check:
    """An advice only: without Rasa, our own model answers."""
    if settings.nlu == "embedded" or settings.rasa_token is None:
        return _result("rasa", None)
    said = _said()
    if isinstance(said, Exception):
        return Check("rasa", True, CONTENT_FIRST)
    from nlu.rasa.client import Rasa

    known = said.understander.intents
    async with Rasa(str(settings.rasa_url), settings.rasa_token.get_secret_value(), known) as rasa:
        if await rasa.advise("hello") is not None:
            return _result("rasa", None)
    return Check("rasa", True, f"{', '.join(rasa.counts)}, so our own model answers: make rasa, and look at its token")


CHECKS: tuple[Callable[[Settings], Awaitable[Check]], ...] = (
    _settings,
    _key_file,
    _database,
    _key_fits,
    _files,
    _coordination_key,
    _second_holder,
    _recovery_key,
    _sealed_anew,
    _content,
    _helplines,
    _telegram,
    _targets,
    _notices,
    _rasa,
)
