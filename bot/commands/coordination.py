"""The coordination's keys and the people's second factors on the command line, by somebody on the server."""

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING

from bot.commands.opening import opened
from bot.config import Settings

if TYPE_CHECKING:
    from services.database import Database
    from services.keys import Keys
    from services.rights import Member, Opened


async def reseal(options: argparse.Namespace) -> int:
    """Seal everything anew, as somebody with access, whose password and code are asked for."""
    from services import resealing

    async with opened() as (database, keys):
        entered = await _sign_in(database, keys, options.name)
        if entered is None:
            return _no("The name, the password or the code is not right.")
        await resealing.reseal(database, entered, int(time.time()))
    print("Everything is sealed to a new key. Everybody types their password again.")
    return 0


async def recover(options: argparse.Namespace) -> int:
    """Give somebody who has joined access by the recovery key, which is asked for."""
    from services.people import recovery

    async with opened() as (database, _):
        member = await _named(database, options.name)
        if member is None:
            return _no("Nobody has joined by this name: passerelle users add NAME --role supervisor")
        paper = _asked("Recovery key: ")
        async with database.begin() as tx:
            await recovery.recover(tx, member, paper, int(time.time()))
    print(f"{member.name} can open what is sealed, from the next sign-in. Make a new recovery key, and seal anew.")
    return 0


async def status(options: argparse.Namespace) -> int:
    """Print how the keys stand."""
    from services import resealing
    from services.people import access, recovery

    async with opened() as (database, _), database.read() as tx:
        standing = await resealing.standing(tx)
        told = {
            "key": standing.key if standing else None,
            "holders": await access.holders(tx),
            "recovery_key_counts": await recovery.counts(tx),
            "somebody_left": bool(standing and standing.left_at),
            "resealing": bool(standing and standing.under_way),
            "boxes_left": standing.left if standing else 0,
        }
    print(json.dumps(told) if options.json else "\n".join(f"{name}: {value}" for name, value in told.items()))
    return 0


async def reset_factor(options: argparse.Namespace) -> int:
    """Print a one-time link for a new second factor; the old one and the sessions end."""
    from services.people import second_factor

    settings = Settings()
    async with opened() as (database, _):
        member = await _named(database, options.name)
        if member is None:
            return _no("Nobody has joined by this name.")
        async with database.begin() as tx:
            token = await second_factor.reset(tx, member.id, int(time.time()))
    base = str(settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")
    print(f"{base}/console/link/{token}")
    print(f"For {member.name} alone, once, within 24 hours, with their password.", file=sys.stderr)
    return 0


async def _sign_in(database: "Database", keys: "Keys", name: str) -> "Opened | None":
    from services import audit
    from services.people import second_factor, signing_in

    at = int(time.time())
    opened = await signing_in.sign_in(database, keys, name, _asked("Password: "), at)
    if opened is None:
        return None
    code = _asked("Code from the app, or from paper: ")
    async with database.begin() as tx:
        if await second_factor.check(tx, keys, opened.member, code, at) != "right":
            return None
        await audit.record(tx, at, str(opened.member.id), "signed_in")
    return opened


async def _named(database: "Database", name: str) -> "Member | None":
    from services.people import members as coordinators
    from services.people import names

    async with database.read() as tx:
        people = await coordinators.members(tx)
    return next((one for one in people if one.active and one.name == names.written(name)), None)


def _asked(question: str) -> str:
    """What is typed, unseen where somebody types it; else the next line of the standard input."""
    import getpass

    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _no(why: str) -> int:
    print(f"passerelle: not done. {why}", file=sys.stderr)
    return 1
