"""What each command does; each returns its exit code. Heavy parts are imported by the command that needs them."""

import argparse
import asyncio
import json
import sys
import time
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.config import Settings

if TYPE_CHECKING:
    from services.database import Database


PLAINLY = {  # what the purge counts, where its name alone would not say it
    "tombstones": "traces of conversations",
    "run_out": "places given back, their time being over",
    "settled": "places taken, their hold ended",
    "place_late": "places that somebody agreed to and that are late",
}

PRINTED_LATELY = "none yet; the link was printed less than ten minutes ago, and still works."
ANOTHER_LINK = "Make a link: passerelle users add NAME --role supervisor"


async def serve(_: argparse.Namespace) -> int:
    """Start everything, print where it is, and run until stopped."""
    from bot.app import first_link, needs_first, running

    settings = Settings()
    if wrong := settings.unknown():
        print(f"passerelle: {wrong}", file=sys.stderr)
    async with running(settings) as (runner, database):
        port = runner.addresses[0][1]
        base = str(settings.public_url or f"http://{settings.host}:{port}").rstrip("/")
        print(f"Web chat:  {base}/")
        print(f"Console:   {base}/console/")
        if settings.print_link and (link := await first_link(database)):
            print(f"First coordinator, once, within 24 hours: {base}{link}")
        elif await needs_first(database):
            print(f"First coordinator: {PRINTED_LATELY if settings.print_link else 'none yet.'} {ANOTHER_LINK}")
        if settings.telegram_token is None:
            print("Telegram:  off. Put PASSERELLE_TELEGRAM_TOKEN=… (from @BotFather) into .env and start again.")
        print("Stop with Ctrl+C.", flush=True)
        await _until_stopped()
    return 0


async def _until_stopped() -> None:
    import signal

    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    await stopped.wait()


async def chat(options: argparse.Namespace) -> int:
    """Talk in this terminal, or with a script."""
    from bot.app import advised, content, open_all
    from bot.channels import terminal
    from bot.edited import Edited
    from bot.turns import Host
    from services.database import open_database, upgrade
    from services.keys import Keys

    if options.db is None:
        database, keys = open_database("sqlite://"), Keys.new()
        await upgrade(database)
    else:
        database, keys = await open_all(Settings(database_url=SecretStr(options.db)))
        await _forget(database)  # nobody else may be running who does
    async with advised(Settings(), content()) as said:
        host = Host(database, keys, said, Settings().address)
        await Edited(database, said, host.take).look()
        talk = terminal.Talk(host, options.address, options.lang)
        terminal.prepare()
        try:
            await (terminal.script if options.jsonl else terminal.person)(talk, terminal.read_line, terminal.write_line)
        finally:
            await host.close()
            await database.close()
    return 0


async def upgrade(_: argparse.Namespace) -> int:
    """Bring the tables to this version."""
    from bot.app import open_all

    database, _keys = await open_all(Settings())
    await database.close()
    print("The database is up to date.")
    return 0


async def add_user(options: argparse.Namespace) -> int:
    """Print a one-time link for somebody new."""
    from bot.commands.opening import opened, refusing
    from services.people import invitations

    settings = Settings()
    with refusing():
        name = invitations.proper_name(options.name)
    async with opened() as (database, _), database.begin() as tx:
        token = await invitations.invite(tx, name, options.role, int(time.time()))
    base = str(settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")
    print(f"{base}/console/welcome/{token}")
    print(f"For {options.name} alone, once, within 24 hours. An earlier link for this name has ended.", file=sys.stderr)
    return 0


async def queue(options: argparse.Namespace) -> int:
    """Print every request's clear triage."""
    from bot.app import opened
    from services.referrals import queue

    async with opened(Settings()) as (database, _), database.read() as tx:
        rows = await queue.triage_rows(tx)
    if options.json:
        print(json.dumps({"referrals": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['id']}  {row['created']}  {row['state']:<9}  {row['urgency']:<9}  {row['age_group']}")
    if not rows:
        print("The queue is empty.")
    return 0


async def purge(options: argparse.Namespace) -> int:
    """Forget what is due, or only look what would be; say how much of each kind."""
    from bot.app import opened
    from services import retention
    from services.places import holds

    at = int(time.time())
    async with opened(Settings()) as (database, keys):
        if options.dry_run:
            counts = await retention.would_forget(database, at) | await holds.would_look_after(database, at)
        else:
            counts = await retention.forget_due(database, at) | await holds.look_after(database, keys, at)
    if options.json:
        print(json.dumps({"done": not options.dry_run, "rows": counts}))
        return 0
    due = {PLAINLY.get(kind, kind.replace("_", " ")): count for kind, count in counts.items() if count}
    print("Due now, and left as it is:" if options.dry_run and due else "Done:" if due else "Nothing is due.")
    for kind, count in due.items():
        print(f"{kind}: {count}")
    return 0


async def _forget(database: "Database") -> None:
    from services import retention

    await retention.forget_due(database, int(time.time()))


async def doctor(options: argparse.Namespace) -> int:
    """Examine everything; 1 when something must be mended."""
    from bot.doctor import examine

    checks = await examine(Settings())
    ok = all(check.ok for check in checks)
    if options.json:
        listed = [{"id": check.id, "ok": check.ok, "mend": check.mend} for check in checks]
        print(json.dumps({"ok": ok, "checks": listed}, ensure_ascii=False))
    else:
        for check in checks:
            level = "MEND " if not check.ok else "WARN " if check.mend else "ok   "
            print(level, check.id.replace("_", " ") + (check.mend and f": {check.mend}"))
    return 0 if ok else 1
