"""Trainings and sign-ups as the tests need them: receipts without the slow hash, a plan that fits."""

import os
from dataclasses import replace

from dialogs.agenda import Training, TrainingDay
from services.database import Database
from services.receipts import new_code
from services.referrals.claims import Derived
from services.rights import Opened
from services.sealing import new_key_pair
from services.trainings import sign_ups, trainings
from services.trainings.trainings import Plan
from tests.services.queue_stage import NOW

DAYS = (TrainingDay("2027-03-11", "09:00", "17:00"), TrainingDay("2027-03-12", "09:00", "12:30"))
PLAN = Plan(DAYS, "Nice", "06", 2, ("law", "interview"), ("A visit",), ("social", "police"), "fr", "Free of charge.")
CONTACT = "poste.sociale@service.example"


def receipt() -> Derived:
    """A receipt without the slow hash, which needs no database."""
    return Derived(new_code(), os.urandom(8), os.urandom(32), new_key_pair())


async def announce(database: Database, who: Opened, seats: int = 2, at: int = NOW) -> str:
    async with database.begin() as tx:
        return await trainings.plan(tx, who.member, replace(PLAN, seats=seats), at)


async def sign_up(
    database: Database, training: str, contact: str = CONTACT, at: int = NOW, derived: Derived | None = None
) -> str:
    """A sign-up's id."""
    async with database.begin() as tx:
        await sign_ups.add(tx, training, "social", contact, derived or receipt(), at=at, language="fr")
        return (await sign_ups.listed(tx, training))[-1].id


async def standings(database: Database, training: str) -> list[tuple[str, int]]:
    async with database.read() as tx:
        return [(one.state, one.position) for one in await sign_ups.listed(tx, training)]


async def now(database: Database, training: str) -> Training:
    async with database.read() as tx:
        return await trainings.one(tx, training)
