"""The board of places on the command line, for who holds the key file: no label, no address, no request."""

import argparse
import json
import time

from bot.config import Settings
from dialogs.library import day_of
from services.places.capacity import Capacity, Terms


async def listed(options: argparse.Namespace) -> int:
    """Print every group of places, and the figures of all."""
    from services.places import partners, places

    board, terms, now = await _board()
    figures = places.totals(board, now, terms)
    if options.json:
        total = {name: getattr(figures, name) for name in ("total", "free", "held", "faded", "unsure")}
        print(json.dumps({"places": [_told(one, now, terms) for one in board], "totals": total}, ensure_ascii=False))
        return 0
    for one in board:
        zone, kinds = ",".join(one.details.departments), ",".join(one.details.kinds)
        sure = one.standing(day_of(now), terms)
        print(f"{partners.code(one.partner):<5} {zone:<12} {one.left:>3}/{one.details.total:<3} {sure:<11} {kinds}")
    print(
        f"{figures.free} free, of these {figures.faded} fading; {figures.held} held; {figures.unsure} to be confirmed"
    )
    return 0


async def _board() -> tuple[list[Capacity], Terms, int]:
    from bot.app import opened, terms
    from services.places import places

    settings = Settings()
    async with opened(settings) as (database, keys), database.read() as tx:
        return await places.board(tx, keys), terms(settings), int(time.time())


def _told(one: Capacity, now: int, terms: Terms) -> dict[str, object]:
    from services.places import partners

    details = ("kinds", "children", "languages", "suited")
    return {
        "partner": partners.code(one.partner),
        "departments": list(one.details.departments),
        **{name: list(getattr(one.details, name)) for name in details},
        "total": one.details.total,
        "free": one.free,
        "held": one.held,
        "left": one.left,
        "free_from": one.details.free_from or None,
        "short_delay": one.details.short_delay,
        "confirmed_on": one.confirmed_on or None,
        "standing": one.standing(day_of(now), terms),
    }
