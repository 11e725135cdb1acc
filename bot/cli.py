"""The command line: serve, chat, db upgrade, users add, queue list, purge, doctor."""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import Sequence

from pydantic import SecretStr, ValidationError

from bot.config import Settings

WRONG_SETTING = 2


def run(arguments: Sequence[str]) -> int:
    """Parse and run; 0 when all went well, 1 when something must be mended, 2 for a wrong argument or setting."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        code: int = asyncio.run(options.command(options))
    except KeyboardInterrupt:
        return 0
    except ValidationError as wrong:
        for fault in wrong.errors(include_input=False, include_url=False, include_context=False):
            print(f"setting {'.'.join(map(str, fault['loc']))}: {fault['msg']}", file=sys.stderr)
        return WRONG_SETTING
    except (OSError, ValueError) as wrong:
        print(f"passerelle: {wrong}", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "passerelle", description="A multilingual chat assistant on human trafficking in France."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("serve", help="start the chat, the console and Telegram").set_defaults(command=_serve)
    chat = commands.add_parser("chat", help="talk in this terminal; without --db nothing is kept")
    chat.add_argument("--lang", choices=("fr", "en", "es", "ar"), help="the device's language")
    chat.add_argument("--db", help="sqlite:///FILE or postgresql://…: keep the conversation there")
    chat.add_argument("--jsonl", action="store_true", help="one JSON line in, one JSON line out")
    chat.add_argument("--as", dest="address", default="terminal", metavar="NAME", help="who speaks, over several runs")
    chat.set_defaults(command=_chat)
    db = commands.add_parser("db", help="the database").add_subparsers(required=True, metavar="upgrade")
    db.add_parser("upgrade", help="bring the tables to this version").set_defaults(command=_upgrade)
    users = commands.add_parser("users", help="the coordinators").add_subparsers(required=True, metavar="add")
    add = users.add_parser("add", help="print a one-time link for somebody new")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", required=True, choices=("coordinator", "supervisor", "auditor", "content_editor"))
    add.set_defaults(command=_add_user)
    queue = commands.add_parser("queue", help="the queue").add_subparsers(required=True, metavar="list")
    listing = queue.add_parser("list", help="the clear triage of every request; nothing sealed")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(command=_queue)
    commands.add_parser("purge", help="forget what is due to be forgotten").set_defaults(command=_purge)
    doctor = commands.add_parser("doctor", help="check that everything is in order")
    doctor.add_argument("--json", action="store_true", help="as JSON")
    doctor.set_defaults(command=_doctor)
    return parser


async def _serve(_: argparse.Namespace) -> int:
    from bot.app import first_link, running

    settings = Settings()
    async with running(settings) as (runner, database):
        port = runner.addresses[0][1]
        base = str(settings.public_url or f"http://{settings.host}:{port}").rstrip("/")
        print(f"Web chat:  {base}/")
        print(f"Console:   {base}/console/")
        link = await first_link(database)
        if link:
            print(f"First coordinator, once, within 24 hours: {base}{link}")
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


async def _chat(options: argparse.Namespace) -> int:
    from bot.app import content, open_all
    from bot.channels import terminal
    from bot.turns import Host
    from services.database import open_database, upgrade
    from services.keys import Keys

    if options.db is None:
        database, keys = open_database("sqlite://"), Keys.new()
        await upgrade(database)
    else:
        database, keys = await open_all(Settings(database_url=SecretStr(options.db)))
    host = Host(database, keys, content())
    talk = terminal.Talk(host, options.address, options.lang)
    terminal.prepare()
    try:
        await (terminal.script if options.jsonl else terminal.person)(talk, terminal.read_line, terminal.write_line)
    finally:
        await host.close()
        await database.close()
    return 0


async def _upgrade(_: argparse.Namespace) -> int:
    from bot.app import open_all

    database, _keys = await open_all(Settings())
    await database.close()
    print("The database is up to date.")
    return 0


async def _add_user(options: argparse.Namespace) -> int:
    from bot.app import open_all
    from services import coordinators

    settings = Settings()
    database, _keys = await open_all(settings)
    try:
        async with database.begin() as tx:
            token = await coordinators.invite(tx, options.name, options.role, int(time.time()))
    except coordinators.Refused as refused:
        print(f"passerelle: not done: {refused.why.replace('_', ' ')}", file=sys.stderr)
        return 1
    finally:
        await database.close()
    base = str(settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")
    print(f"{base}/console/welcome/{token}")
    return 0


async def _queue(options: argparse.Namespace) -> int:
    from bot.app import open_all
    from services import queue

    database, _keys = await open_all(Settings())
    async with database.read() as tx:
        rows = await queue.triage_rows(tx)
    await database.close()
    if options.json:
        print(json.dumps({"referrals": rows}, ensure_ascii=False))
        return 0
    for row in rows:
        print(f"{row['id']}  {row['created']}  {row['state']:<9}  {row['urgency']:<9}  {row['age_group']}")
    if not rows:
        print("The queue is empty.")
    return 0


async def _purge(_: argparse.Namespace) -> int:
    from bot.app import open_all
    from services import retention

    database, _keys = await open_all(Settings())
    async with database.begin() as tx:
        counts = await retention.purge(tx, int(time.time()))
    await database.close()
    for kind, count in counts.items():
        print(f"{kind.replace('_', ' ')}: {count}")
    return 0


async def _doctor(options: argparse.Namespace) -> int:
    from bot.doctor import examine

    checks = await examine(Settings())
    ok = all(check.ok for check in checks)
    if options.json:
        listed = [{"id": check.id, "ok": check.ok, "mend": check.mend} for check in checks]
        print(json.dumps({"ok": ok, "checks": listed}, ensure_ascii=False))
    else:
        for check in checks:
            print("ok   " if check.ok else "MEND ", check.id.replace("_", " ") + (check.mend and f": {check.mend}"))
    return 0 if ok else 1
