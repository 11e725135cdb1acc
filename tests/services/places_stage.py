"""A board with partners and places on it, as the tests need them."""

from dataclasses import replace

from services.database import Database
from services.keys import Keys
from services.places import partners, places
from services.places.capacity import Capacity, Details
from services.rights import Opened
from tests.services.queue_stage import NOW

MIXED = Details(("59",), ("mixed",), languages=("fr", "en"), total=9)


async def new_partner(database: Database, by: Opened, label: str = "Maison du Quokka", *members: Opened) -> int:
    async with database.begin() as tx:
        number = await partners.add(tx, by.member, label, NOW)
        for one in members:
            await partners.let_in(tx, by.member, number, one.member.id, NOW)
    return number


async def new_places(
    database: Database, keys: Keys, by: Opened, partner: int, free: int = 1, at: int = NOW, **told
) -> int:
    async with database.begin() as tx:
        number = await places.add(tx, keys, by.member, partner, replace(MIXED, **told), at)
        for _ in range(free):
            await places.count(tx, keys, by.member, number, 1, at)
    return number


async def seen(database: Database, keys: Keys, number: int) -> Capacity:
    async with database.read() as tx:
        return await places.one(tx, keys, number)
