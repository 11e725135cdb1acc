"""The agenda on the command line: the trainings with their seats, and their calendar file."""

import argparse
import dataclasses
import json
import sys
import time

from bot.config import Settings
from dialogs.agenda import Training


async def listed(options: argparse.Namespace) -> int:
    """Print the trainings that are not over; nothing of who signed up but how many."""
    trainings = await _coming()
    if options.json:
        print(json.dumps({"trainings": [_told(one) for one in trainings]}, ensure_ascii=False))
        return 0
    for one in trainings:
        print(f"{one.id}  {one.days[0].day}  {one.state:<9}  {one.signed_up:>3}/{one.seats:<3}  {one.town}")
    if not trainings:
        print("No training is announced.")
    return 0


async def ics(options: argparse.Namespace) -> int:
    """Print the calendar file of one training, or of all; 1 when there is none of that id."""
    from bot.calendar import SUMMARY, calendar

    trainings = [one for one in await _coming() if options.id in (None, one.id)]
    if options.id and not trainings:
        print(f"passerelle: no coming training has the id {options.id}", file=sys.stderr)
        return 1
    sys.stdout.write(calendar(trainings, SUMMARY.msgid))
    return 0


async def _coming() -> list[Training]:
    from bot.app import opened
    from services.trainings import trainings

    now = int(time.time())
    async with opened(Settings()) as (database, _), database.read() as tx:
        return [one for one in await trainings.known(tx, now) if one.ends_at > now]


def _told(training: Training) -> dict[str, object]:
    names = ("id", "state", "town", "department", "seats", "signed_up", "waiting", "free", "language", "revision")
    days = [dataclasses.asdict(day) for day in training.days]
    return {"days": days} | {name: getattr(training, name) for name in names}
