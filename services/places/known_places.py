"""Capacity that public sources speak of: brought to the board by a coordinator, certain only once confirmed."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from services import audit
from services.database import Transaction
from services.keys import Keys
from services.places import partners, places
from services.places.capacity import Details
from services.rights import Member, Refused

FILE = Path(__file__).with_name("known_places.toml")


@dataclass(frozen=True, slots=True)
class Known:
    """What a source says, when it said it, and when somebody last read it there (days)."""

    id: str
    label: str
    details: Details
    status: str
    source: str
    said_on: str
    checked_on: str


@cache
def known() -> tuple[Known, ...]:
    """All entries of the file. Raises KeyError, TypeError on one that is not whole."""
    return tuple(_known(entry) for entry in tomllib.loads(FILE.read_text("utf-8"))["known"])


async def take_in(tx: Transaction, keys: Keys, by: Member, name: str, at: int) -> int:
    """Bring an entry to the board: a partner of its own, none free, unconfirmed; the number of the places.

    Raises Refused: not_allowed, missing, not_possible (it is on the board already), no_access.
    """
    by.need("places")
    entry = next((one for one in known() if one.id == name), None)
    if entry is None:
        raise Refused("missing")
    await audit.hold(tx)  # one at a time, so that it comes once
    if any(one.known == name for one in await places.board(tx, keys)):
        raise Refused("not_possible")
    partner = await partners.add(tx, by, entry.label, at)
    return await places.add(tx, keys, by, partner, entry.details, at, entry.id)


def _known(entry: dict[str, Any]) -> Known:
    details = Details(tuple(entry.pop("departments")), total=entry.pop("total"), short_delay=entry.pop("short_delay"))
    return Known(details=details, **entry)
