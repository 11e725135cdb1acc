"""The yearly figures on the command line: made, and shown as they were made."""

import argparse
import json
import sys
import time
from typing import TYPE_CHECKING

from bot.config import Settings

if TYPE_CHECKING:
    from services.figures.statistics import Figures


def year(text: str) -> int:
    """A year given on the command line. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and text >= "1970"):
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write it like 2026")
    return int(text)


async def freeze(options: argparse.Namespace) -> int:
    """Make a year's figures, once; 1 while the year is not over."""
    from bot.app import opened
    from services.figures import statistics

    try:
        async with opened(Settings()) as (database, _), database.begin() as tx:
            figures = await statistics.freeze(tx, options.year, int(time.time()))
    except statistics.NotOver as wrong:
        print(f"passerelle: {wrong}: nothing was made", file=sys.stderr)
        return 1
    return _print(figures, as_json=options.json)


async def show(options: argparse.Namespace) -> int:
    """Print a year's figures, or the newest; 1 where there are none."""
    from bot.app import opened
    from services.figures import statistics

    async with opened(Settings()) as (database, _), database.read() as tx:
        years = [options.year] if options.year else await statistics.years(tx)
        figures = await statistics.frozen(tx, years[0]) if years else None
    if figures is None:
        print("passerelle: no such year has been frozen", file=sys.stderr)
        return 1
    return _print(figures, as_json=options.json)


def _print(figures: "Figures", *, as_json: bool) -> int:
    from services.figures.statistics import told
    from services.figures.suppression import SMALLEST

    if as_json:
        print(json.dumps(told(figures)))
        return 0
    if figures.total is None:
        print(f"{figures.year}: fewer than {SMALLEST} requests are counted, so that nothing of this year is shown")
        return 0
    print(f"{figures.year}: {figures.total} requests counted")
    for name, counts in figures.one_way.items():
        print(name)
        for category, count in counts.items():
            print(f"  {category:<16} {_count(count):>6}")
    return 0


def _count(count: int | None) -> str:
    return "hidden" if count is None else str(count)
