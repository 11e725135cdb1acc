"""Tokens of the network's tools on the command line; their names are sealed, so it tells their numbers."""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.commands.opening import opened

if TYPE_CHECKING:
    from services.tools.api_tokens import Tool

WHY = {
    "empty": "Give the tool a name.",
    "long_name": "A name has 120 characters at most.",
    "bad_scope": "A token has one scope or more, and lasts 1 to 366 days.",
    "no_access": "Nobody can open what is sealed yet, so no name can be kept: set up the coordination first.",
    "missing": "There is no token of this number.",
    "not_possible": "It was revoked already.",
}


async def issue(options: argparse.Namespace) -> int:
    """Print a new token, alone on its line."""
    from services.tools import api_tokens

    async with opened(WHY) as (database, keys), database.begin() as tx:
        token, tool = await api_tokens.issue(
            tx, keys, None, options.name, options.scope, options.days, int(time.time())
        )
    print(token)
    ends = _day(tool.expires_at)
    print(f"Token {tool.id}, until {ends}: {', '.join(tool.scopes)}. It is shown only now.", file=sys.stderr)
    return 0


async def listed(options: argparse.Namespace) -> int:
    """Print every token's number, scopes and state."""
    from services.tools import api_tokens

    now = int(time.time())
    async with opened(WHY) as (database, _), database.read() as tx:
        found = [_told(tool, now) for tool in await api_tokens.tools(tx)]
    if options.json:
        print(json.dumps({"tokens": found}))
        return 0
    for one in found:
        print(f"{one['id']:>4}  {one['state']:<8}  until {one['ends']}  {one['scopes']}")
    if not found:
        print("No token was issued.")
    return 0


async def revoke(options: argparse.Namespace) -> int:
    """End one at once."""
    from services.tools import api_tokens

    async with opened(WHY) as (database, _), database.begin() as tx:
        await api_tokens.revoke(tx, None, options.number, int(time.time()))
    print(f"Token {options.number} lets nobody in any more.")
    return 0


def _told(tool: "Tool", at: int) -> dict[str, int | str]:
    ends = _day(tool.expires_at if tool.revoked_at is None else tool.revoked_at)
    return {"id": tool.id, "state": tool.state(at), "scopes": " ".join(tool.scopes), "ends": ends}


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
