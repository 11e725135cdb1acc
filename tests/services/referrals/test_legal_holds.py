"""A hold stops what we delete by ourselves, and nothing that the person asks for."""

import pytest
from sqlalchemy import select, update

from dialogs import kept
from services import audit, retention
from services.database import Database
from services.referrals import consents, legal_holds, referrals
from services.referrals.claims import Derived
from services.retention import DAY
from services.rights import Member, Refused
from services.tables import Referral, SealedKey
from tests.services.coordination import SELF, open_coordination, submit

SUPERVISOR, COORDINATOR = Member(1, "nadia", "supervisor"), Member(1, "claire", "coordinator")
Receipts = tuple[Derived, Derived]


async def ended(database: Database, receipts: Receipts) -> str:
    await open_coordination(database)
    referral = (await submit(database, receipts[:1], SELF)).referral
    async with database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == referral).values(state="closed", ended_at=200))
        await legal_holds.place(tx, referral, SUPERVISOR, "claim", 300)
    return referral


async def test_what_is_held_outlives_its_time_until_it_is_let_go(database: Database, receipts: Receipts):
    referral = await ended(database, receipts)
    due = 200 + retention.SEALED
    async with database.begin() as tx:
        assert (await retention.purge(tx, due))["sealed_referrals"] == 0
        await legal_holds.lift(tx, referral, SUPERVISOR, due)
        assert (await retention.purge(tx, due))["sealed_referrals"] == 1
    async with database.read() as tx:
        assert [one.action for one in await audit.of_referral(tx, referral)] == ["held", "let_go", "erased"]


async def test_an_agreement_that_runs_out_does_not_empty_what_is_held(database: Database, receipts: Receipts):
    referral = await ended(database, receipts)
    over = 100 + 400 * DAY
    async with database.begin() as tx:
        await legal_holds.place(tx, referral, SUPERVISOR, "justice", over - DAY)
        assert (await retention.purge(tx, over))["agreements"] == 0
        assert await consents.stands(tx, referral, "search")


async def test_a_hold_ends_by_itself_after_a_year(database: Database, receipts: Receipts):
    referral = await ended(database, receipts)
    async with database.begin() as tx:
        counts = await retention.purge(tx, 300 + kept.HOLD)
        assert (counts["legal_holds"], counts["sealed_referrals"]) == (1, 1)
        assert await legal_holds.of(tx, referral) is None


async def test_the_person_takes_back_what_is_held(database: Database, receipts: Receipts):
    referral = await ended(database, receipts)
    async with database.begin() as tx:
        assert await referrals.withdraw(tx, referral, 400)
        assert await tx.scalar(select(SealedKey.referral_id)) is None
        assert await legal_holds.of(tx, referral) is None
        with pytest.raises(Refused):
            await legal_holds.place(tx, referral, SUPERVISOR, "claim", 500)


async def test_a_hold_needs_a_supervisor_and_a_reason_of_the_list(database: Database, receipts: Receipts):
    referral = (await submit(database, receipts[:1], SELF, note=None)).referral
    async with database.begin() as tx:
        for member, reason in ((COORDINATOR, "claim"), (SUPERVISOR, "because"), (SUPERVISOR, "")):
            with pytest.raises(Refused):
                await legal_holds.place(tx, referral, member, reason, 300)
        assert await legal_holds.every(tx) == []
