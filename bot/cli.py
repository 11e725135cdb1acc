"""The command line: every command, its options, and the module that does it."""

import argparse
import asyncio
import logging
import os
import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from bot.commands import api as commands_api
from bot.commands import audit as commands_audit
from bot.commands import backup as commands_backup
from bot.commands import card as commands_card
from bot.commands import content as commands_content
from bot.commands import coordination as commands_coordination
from bot.commands import main as commands
from bot.commands import nlu as commands_nlu
from bot.commands import places as commands_places
from bot.commands import screen as commands_screen
from bot.commands import statistics as commands_statistics
from bot.commands import training as commands_training
from bot.commands.opening import WrongArgument
from bot.config import Settings, setting_name
from locales import languages
from nlu.material import Unusable
from services.rights import ROLES

WRONG = 2  # an argument or a setting
UNREAD = 128 + signal.SIGPIPE
SCOPES = "referral:create, referral:state, places:read, statistics:read"


def run(arguments: Sequence[str]) -> int:
    """Parse and run; 0 when all went well, 1 when something must be mended, 2 for a wrong argument or setting.

    141 where who read the output has gone (`passerelle … | head`): silently, as other programs end there.
    """
    try:
        return _run(arguments)
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):  # what is still to be written goes nowhere
            os.dup2(nowhere, stream)
        return UNREAD


def _run(arguments: Sequence[str]) -> int:
    try:
        options = _parser().parse_args(arguments)
    finally:
        print(end="", flush=True)  # its help
    os.umask(0o077)  # what we write is ours alone
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("passerelle").setLevel(logging.INFO)  # our own; other libraries' may hold what people said
    try:
        code: int = asyncio.run(options.command(options))
        print(end="", flush=True)
    except KeyboardInterrupt:
        return 0
    except ValidationError as wrong:
        if wrong.title != Settings.__name__:  # what it tells of could be a conversation
            print("passerelle: something that is kept cannot be read by this version", file=sys.stderr)
            return 1
        for fault in wrong.errors(include_input=False, include_url=False, include_context=False):
            told = fault["msg"].removeprefix("Value error, ")
            print(f"setting {setting_name(str(fault['loc'][0]))}: {told}", file=sys.stderr)
        return WRONG
    except (OSError, ValueError) as wrong:
        if isinstance(wrong, BrokenPipeError) and _unread():
            raise
        print(f"passerelle: {wrong}", file=sys.stderr)
        return WRONG if isinstance(wrong, Unusable | WrongArgument) else 1
    except Exception as broken:
        if (why := _of_database(broken)) is None:
            raise
        print(f"passerelle: {why}", file=sys.stderr)
        return 1
    return code


def _unread() -> bool:
    """Whether who read what we write has gone: another pipe may break too."""
    output = select.poll()
    output.register(1, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in output.poll(0))


def _of_database(fault: Exception) -> str | None:
    from services.database import failure

    return failure(fault)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "passerelle", description="A multilingual chat assistant on human trafficking in France."
    )
    listed = parser.add_subparsers(required=True, metavar="COMMAND")
    listed.add_parser("serve", help="start the chat, the console and Telegram").set_defaults(command=commands.serve)
    chat = listed.add_parser("chat", help="talk in this terminal; without --db nothing is kept")
    chat.add_argument("--lang", choices=tuple(languages.listed()), help="the device's language")
    chat.add_argument("--db", help="sqlite:///FILE or postgresql://…: keep the conversation there")
    chat.add_argument("--jsonl", action="store_true", help="one JSON line in, one JSON line out")
    chat.add_argument("--as", dest="address", default="terminal", metavar="NAME", help="who speaks, over several runs")
    chat.set_defaults(command=commands.chat)
    db = listed.add_parser("db", help="the database").add_subparsers(required=True, metavar="upgrade")
    db.add_parser("upgrade", help="bring the tables to this version").set_defaults(command=commands.upgrade)
    users = listed.add_parser("users", help="the coordinators").add_subparsers(
        required=True, metavar="add|reset-factor"
    )
    add = users.add_parser("add", help="print a one-time link for somebody new")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", required=True, choices=ROLES)
    add.set_defaults(command=commands.add_user)
    again = users.add_parser("reset-factor", help="end somebody's second factor; print a one-time link for a new one")
    again.add_argument("name", metavar="NAME")
    again.set_defaults(command=commands_coordination.reset_factor)
    _coordination(listed)
    queue = listed.add_parser("queue", help="the queue").add_subparsers(required=True, metavar="list")
    listing = queue.add_parser("list", help="the clear triage of every request; nothing sealed")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(command=commands.queue)
    card = listed.add_parser("card", help="a card with a code to scan, to print and fold, as HTML")
    card.add_argument("--lang", dest="language", default="fr", choices=tuple(languages.listed()), help="its language")
    card.set_defaults(command=commands_card.card)
    _figures(listed)
    _api(listed)
    _backup(listed)
    _audit(listed)
    _agenda(listed)
    places = listed.add_parser("places", help="the network's capacity").add_subparsers(required=True, metavar="list")
    board = places.add_parser("list", help="what partners can offer, by their numbers; no address, no request")
    board.add_argument("--json", action="store_true", help="as JSON")
    board.set_defaults(command=commands_places.listed)
    _screening(listed)
    _content(listed)
    _understanding(listed)
    doctor = listed.add_parser("doctor", help="check that everything is in order")
    doctor.add_argument("--json", action="store_true", help="as JSON")
    doctor.set_defaults(command=commands.doctor)
    return parser


def _api(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on the tokens of the network's tools."""
    api = listed.add_parser("api", help="the API for the network's tools").add_subparsers(
        required=True, metavar="token"
    )
    wanted = api.add_parser("token", help="its tokens").add_subparsers(required=True, metavar="issue|list|revoke")
    issue = wanted.add_parser("issue", help="print a new token, once")
    issue.add_argument("name", metavar="NAME", help="of the tool; sealed to the coordination")
    issue.add_argument("--scope", action="append", required=True, help=f"what it may, one or more of: {SCOPES}")
    issue.add_argument("--days", type=int, default=90, help="how long it lasts, 366 at most (90)")
    issue.set_defaults(command=commands_api.issue)
    listing = wanted.add_parser("list", help="their numbers, scopes and ends")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(command=commands_api.listed)
    revoke = wanted.add_parser("revoke", help="end one at once")
    revoke.add_argument("number", metavar="NUMBER", type=int)
    revoke.set_defaults(command=commands_api.revoke)


def _backup(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on backups."""
    made = listed.add_parser("backup", help="copy every row into two folders: one to keep, one with keys, for a week")
    made.add_argument("--to", metavar="DIR", type=Path, help="where the folder goes")
    made.add_argument("--keys-to", metavar="DIR", type=Path, help="where the folder of keys goes; the same without")
    made.add_argument("--keep", metavar="DAYS", type=int, default=30, help="older ones there are deleted (30)")
    made.add_argument("--keep-keys", metavar="DAYS", type=int, default=7, help="older folders of keys (7)")
    made.set_defaults(command=commands_backup.backup)
    back = listed.add_parser("restore", help="fill an empty database from a backup")
    back.add_argument("--from", dest="source", metavar="DIR", type=Path, required=True, help="its folder of rows")
    back.add_argument("--into", metavar="URL", required=True, help="an empty database, of either kind")
    back.set_defaults(command=commands_backup.restore)
    wanted = made.add_subparsers(metavar="check")
    seen = wanted.add_parser("check", help="back up, restore into a scratch database, compare; 1 if unlike")
    seen.add_argument("--from", dest="source", metavar="DIR", type=Path, help="a backup that there is already")
    seen.add_argument("--into", metavar="URL", help="an empty database; a scratch file without")
    seen.set_defaults(command=commands_backup.check)
    for parser in (back, seen):
        parser.add_argument("--keys", metavar="DIR", type=Path, help="its folder of keys; without, triage alone")
    for parser in (made, back, seen):
        parser.add_argument("--json", action="store_true", help="as JSON")


def _coordination(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on the coordination's keys."""
    keys = listed.add_parser("coordination", help="the coordination's keys")
    wanted = keys.add_subparsers(required=True, metavar="status|reseal|recover")
    how = wanted.add_parser("status", help="who can open what is sealed, and whether a recovery key counts")
    how.add_argument("--json", action="store_true", help="as JSON")
    how.set_defaults(command=commands_coordination.status)
    anew = wanted.add_parser("reseal", help="a new key, and everything moved to it; or go on with it")
    anew.add_argument("name", metavar="NAME", help="a supervisor with access; password and code are asked for")
    anew.set_defaults(command=commands_coordination.reseal)
    back = wanted.add_parser("recover", help="give somebody who has joined access by the recovery key on paper")
    back.add_argument("name", metavar="NAME", help="who gets access")
    back.set_defaults(command=commands_coordination.recover)


def _audit(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on the record of who did what."""
    wanted = listed.add_parser("audit", help="who did what").add_subparsers(required=True, metavar="verify|anchor")
    verify = wanted.add_parser("verify", help="whether no record was changed, taken out or cut off; 1 if one was")
    verify.add_argument("--anchors", metavar="FILE", type=Path, help="lines of `audit anchor`, kept elsewhere")
    verify.add_argument("--json", action="store_true", help="as JSON")
    verify.set_defaults(command=commands_audit.verify)
    anchor = wanted.add_parser("anchor", help="where the record ends now, in a line to keep elsewhere each day")
    anchor.set_defaults(command=commands_audit.anchor)


def _figures(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on what is forgotten, and on the yearly figures that stay."""
    purge = listed.add_parser("purge", help="forget what is due to be forgotten")
    purge.add_argument("--dry-run", action="store_true", help="only say what would go")
    purge.add_argument("--json", action="store_true", help="as JSON")
    purge.set_defaults(command=commands.purge)
    wanted = listed.add_parser("statistics", help="the yearly figures").add_subparsers(
        required=True, metavar="freeze|show"
    )
    freeze = wanted.add_parser("freeze", help="make a year's figures, once; 1 while the year is not over")
    freeze.add_argument("--year", type=commands_statistics.year, required=True, metavar="YYYY")
    freeze.set_defaults(command=commands_statistics.freeze)
    show = wanted.add_parser("show", help="a year's figures as they were made, or the newest")
    show.add_argument("--year", type=commands_statistics.year, metavar="YYYY")
    show.set_defaults(command=commands_statistics.show)
    for command in (freeze, show):
        command.add_argument("--json", action="store_true", help="as JSON")


def _agenda(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on trainings."""
    training = listed.add_parser("training", help="the agenda of trainings")
    wanted = training.add_subparsers(required=True, metavar="list|ics")
    listing = wanted.add_parser("list", help="those to come, with their seats; nothing of who signed up")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(command=commands_training.listed)
    file = wanted.add_parser("ics", help="a calendar file, to the standard output")
    file.add_argument("id", nargs="?", metavar="ID", help="of one training; of all when left out")
    file.set_defaults(command=commands_training.ics)


def _screening(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The instruments, without a conversation."""
    screen = listed.add_parser("screen", help="screening instruments: their questions, and what answers lead to")
    wanted = screen.add_mutually_exclusive_group(required=True)
    wanted.add_argument("--list", action="store_true", help="the instruments")
    wanted.add_argument("--questions", action="store_true", help="the questions of one")
    wanted.add_argument(
        "--answers", metavar="FILE", type=Path, help="the finding of a JSON file of answers by question"
    )
    screen.add_argument("--instrument", metavar="ID", help="which one")
    screen.add_argument("--json", action="store_true", help="as JSON")
    screen.add_argument(
        "--sensitivity", action="store_true", help="with --answers: the rule's counts, and what one answer would change"
    )
    screen.set_defaults(command=commands_screen.screen)


def _content(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on content files."""
    content = listed.add_parser("content", help="the pages, numbers and instruments as dated evidence")
    wanted = content.add_subparsers(required=True, metavar="check|asof|export")
    check = wanted.add_parser("check", help="what is stale, unverified, without source or untranslated; 1 if anything")
    told = check.add_mutually_exclusive_group()
    told.add_argument("--json", action="store_true", help="as JSON")
    told.add_argument("--readability", action="store_true", help="only how easy the plain pages read; no gate")
    check.add_argument("--edited", action="store_true", help="with what was accepted in the console")
    check.add_argument("--on", metavar="DAY", type=commands_content.day, help="as of another day than today")
    check.set_defaults(command=commands_content.check)
    asof = wanted.add_parser("asof", help="the definition and the permits as they stood on a day")
    asof.add_argument("day", metavar="DAY", type=commands_content.day, help="YYYY-MM-DD")
    asof.add_argument("--json", action="store_true", help="as JSON")
    asof.set_defaults(command=commands_content.asof)
    export = wanted.add_parser("export", help="write what was accepted in the console back into the files")
    export.add_argument("--to", metavar="FOLDER", type=Path, help="into the files of this folder, not into our own")
    export.add_argument("--json", action="store_true", help="list what was written as JSON")
    export.set_defaults(command=commands_content.export)


def _understanding(listed: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands on free text."""
    redact = listed.add_parser("redact", help="a text from the standard input without personal data, as JSON")
    redact.set_defaults(command=commands_nlu.redacted)
    told = listed.add_parser("nlu", help="what free text means, and how well that is understood")
    nlu = told.add_subparsers(required=True, metavar="parse|language|eval|confusions|situations")
    parse = nlu.add_parser("parse", help="one text, in the shape of Rasa's answers")
    parse.add_argument("--lang", metavar="CODE", help="the conversation's language")
    parse.add_argument("text", metavar="TEXT")
    parse.set_defaults(command=commands_nlu.parse)
    language = nlu.add_parser("language", help="the language of one text")
    language.add_argument("--conversation", metavar="CODE", help="the conversation's language")
    language.add_argument("text", metavar="TEXT")
    language.set_defaults(command=commands_nlu.language)
    measure = nlu.add_parser("eval", help="figures by language of Rasa YAML files, named after it or in its folder")
    measure.add_argument("paths", metavar="PATH", type=Path, nargs="+")
    measure.add_argument("--backend", choices=("embedded", "rasa"), default="embedded")
    measure.add_argument("--json", action="store_true", help="as JSON")
    measure.set_defaults(command=commands_nlu.evaluate)
    confusions = nlu.add_parser("confusions", help="which intents are taken for which; of our own tests without PATH")
    confusions.add_argument("paths", metavar="PATH", type=Path, nargs="*")
    confusions.set_defaults(command=commands_nlu.confused)
    situations = nlu.add_parser("situations", help="whether danger is heard in whole situations")
    situations.add_argument("path", metavar="FILE", type=Path, nargs="?")
    situations.add_argument("--json", action="store_true", help="as JSON")
    situations.set_defaults(command=commands_nlu.whole)
