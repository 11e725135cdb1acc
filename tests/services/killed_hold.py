"""Holding a place, killed at each point: `python -m tests.services.killed_hold URL FOLDER` (see killing.py).

Each point has one free place of its own, and two requests that want it. The turn that is killed holds it for one of
them; once all is over the other one asks for it.
"""

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update

from dialogs.commands import Triage
from dialogs.reading import read_library
from services import audit
from services.database import Database, Transaction
from services.places import partners, places, placing
from services.places.places import Held
from services.referrals import referrals
from services.rights import Member, Refused
from services.tables import Coordinator, Referral
from services.tables.places import PlaceGroup, PlaceHold
from tests.services.coordination import AGREED, open_coordination
from tests.services.killed import receipts
from tests.services.killing import KEYS, Story
from tests.services.places_stage import MIXED

MOST = 150  # points of the turn; as many places wait for it
REGIONS = read_library().anonymity.regions
OTHERS = 100_000  # when the requests that come second were sent


async def prepare(database: Database) -> None:
    await open_coordination(database)
    async with database.begin() as tx:
        who = await member(tx)
        partner = await partners.add(tx, who, "a house", 1)
        for number in range(1, MOST + 1):
            assert await places.add(tx, KEYS, who, partner, MIXED, 1) == number
            await places.count(tx, KEYS, who, number, 1, 1)
            for at in (number, OTHERS + number):
                told = Triage("self", age_group="adult", department="06")
                await referrals.submit(tx, told, AGREED, receipts()[:1], at=at, language="fr")
        await tx.execute(update(Referral).values(state="searching", claimed_by=who.id, claimed_at=1))


async def member(tx: Transaction) -> Member:
    return Member(int(await tx.scalar(select(Coordinator.id)) or 0), "somebody", "coordinator")


async def sent_at(tx: Transaction, at: int) -> str:
    return str(await tx.scalar(select(Referral.id).where(Referral.created_at == at)))


async def write(tx: Transaction, number: int, _: str) -> None:
    await placing.hold(tx, KEYS, await member(tx), await sent_at(tx, number), Held(number, 1), REGIONS, number)


async def count(tx: Transaction, number: int) -> dict[str, int]:
    referral = await sent_at(tx, number)
    mine = select(func.count()).select_from(PlaceHold).where(PlaceHold.referral_id == referral)
    left = (await places.one(tx, KEYS, number)).left
    acts = [one.action for one in await audit.of_referral(tx, referral)].count("place_held")
    return {"holds": int(await tx.scalar(mine) or 0), "left": left, "acts": acts}


async def end(database: Database) -> dict[str, Any]:
    """Everybody who came second asks: how many got a place, and whether one was given twice."""
    got = 0
    for number in range(1, MOST + 1):
        try:
            async with database.begin() as tx:
                other = await sent_at(tx, OTHERS + number)
                await placing.hold(tx, KEYS, await member(tx), other, Held(number, 1), REGIONS, number)
            got += 1
        except Refused:
            pass
    async with database.read() as tx:
        held = await places.held_by_group(tx, KEYS)
        groups = int(await tx.scalar(select(func.count()).select_from(PlaceGroup)) or 0)
    return {"second": got, "groups": groups, "most": max(held.values()), "held": len(held)}


if __name__ == "__main__":
    Story(prepare, write, count, end=end).told(sys.argv[1], Path(sys.argv[2]))
