"""Is everything in order? Each check says what to do when it is not."""

import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.config import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `mend`: what to do; empty when it is in order."""

    id: str
    ok: bool
    mend: str = ""


async def examine(settings: Settings) -> list[Check]:
    """Every check, in an order in which they can be mended."""
    return [await check(settings) for check in CHECKS]


def _result(name: str, mend: str | None) -> Check:
    return Check(name, mend is None, mend or "")


async def _key_file(settings: Settings) -> Check:
    path = settings.key_file
    if not path.exists():
        return _result(
            "key_file", f"{path} is missing: `passerelle db upgrade` makes one, or restore it from its backup"
        )
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return _result("key_file", f"others may read {path}: chmod 600 {path}")
    return _result("key_file", None)


async def _database(settings: Settings) -> Check:
    from services.database import open_database, pending

    database = open_database(settings.database_url.get_secret_value())
    try:
        behind = await pending(database)
    except Exception as wrong:
        return _result("database", f"it cannot be reached ({type(wrong).__name__}): look at PASSERELLE_DATABASE_URL")
    finally:
        await database.close()
    return _result("database", "its tables are older than this version: passerelle db upgrade" if behind else None)


async def _coordination_key(settings: Settings) -> Check:
    from services import referrals
    from services.database import open_database

    missing = "no coordinator has been set up, so no free text is offered: open the link that `passerelle serve` prints"
    database = open_database(settings.database_url.get_secret_value())
    try:
        async with database.read() as tx:
            return _result("coordination_key", None if await referrals.coordination(tx) else missing)
    except Exception:
        return _result("coordination_key", "the database does not answer: mend it first")
    finally:
        await database.close()


async def _content(_: Settings) -> Check:
    from bot.app import content

    try:
        content()
    except Exception as wrong:
        return _result("content", str(wrong))
    return _result("content", None)


async def _helplines(_: Settings) -> Check:
    import time

    from bot.app import content
    from dialogs.library import day_of

    today = day_of(int(time.time()))
    lines = content().library.helplines.values()
    stale = [h.id for h in lines if h.status in ("V1", "V2") and not h.permanent and not h.shown_on(today)]
    return _result("helplines", f"checked too long ago, so not shown: {', '.join(stale)}" if stale else None)


async def _telegram(settings: Settings) -> Check:
    webhook = settings.telegram_webhook
    if webhook is not None and settings.telegram_token is None:
        return _result("telegram", "PASSERELLE_TELEGRAM_WEBHOOK is set without PASSERELLE_TELEGRAM_TOKEN")
    if webhook is not None and webhook.scheme != "https":
        return _result("telegram", "PASSERELLE_TELEGRAM_WEBHOOK must be an https address")
    return _result("telegram", None)


CHECKS: tuple[Callable[[Settings], Awaitable[Check]], ...] = (
    _key_file,
    _database,
    _coordination_key,
    _content,
    _helplines,
    _telegram,
)
