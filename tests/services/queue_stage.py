"""A queue with people of every role and a way to submit: what the tests of the queue stand on."""

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import insert

from dialogs.commands import Triage
from services.database import Database, added_id
from services.referrals import acts, claims, queue, referrals
from services.referrals.acts import Decision
from services.referrals.claims import Derived
from services.referrals.referrals import Agreed
from services.rights import Opened, Refused
from services.sealing import new_key_pair
from services.tables import CoordinationKey
from tests.services.coordination import hold_key, member

NOW = 1_800_000_000
PAIR = new_key_pair()
ROLES = {
    "claire": "coordinator",
    "paul": "coordinator",
    "nadia": "supervisor",
    "olga": "auditor",
    "emil": "content_editor",
}
AGREED = Agreed(bytes(32), "ro", "1")
NUMBERS = itertools.count(1)


@pytest.fixture
async def people(database) -> dict[str, Opened]:
    return await crew(database)


async def crew(database: Database) -> dict[str, Opened]:
    """Everybody by name; claire holds the coordination's key."""
    async with database.begin() as tx:
        key = added_id(await tx.execute(insert(CoordinationKey).values(public_key=PAIR.public, created_at=NOW)))
        people = {name: await coordinator(tx, name, role) for name, role in ROLES.items()}
        await hold_key(tx, people["claire"].member.id, key)
        return people


async def coordinator(tx, name, role) -> Opened:
    return Opened(replace(await member(tx, name, role), access=True), PAIR.private)


@pytest.fixture
def submit(database: Database, receipts: tuple[Derived, ...]):
    async def sent(at: int = NOW, note: str | None = None, callback: str | None = None, **triage) -> str:
        whole = Triage(**{"referrer": "professional", "age_group": "adult"} | triage)
        unlike = [replace(receipt, selector=next(NUMBERS).to_bytes(8)) for receipt in receipts]
        prepared = unlike[: len(claims.holders(whole.referrer))]
        async with database.begin() as tx:
            submitted = await referrals.submit(
                tx, whole, AGREED, prepared, at=at, language="fr", note=note, callback=callback
            )
        return submitted.referral

    return sent


async def now(database: Database, referral: str) -> queue.Queued:
    async with database.read() as tx:
        return await queue.one(tx, referral)


async def claim(database: Database, referral: str, who: Opened) -> None:
    async with database.begin() as tx:
        await acts.claim(tx, referral, who.member, NOW + 60)


async def decide(database: Database, referral: str, who: Opened, to: str, **more) -> None:
    await decide_at(NOW + 120, database, referral, who, Decision(to, **more))


async def decide_at(at: int, database: Database, referral: str, who: Opened, decision: Decision) -> None:
    revision = (await now(database, referral)).revision
    async with database.begin() as tx:
        await acts.set_state(tx, referral, who.member, decision, revision, at)


async def refusal(act) -> str:
    with pytest.raises(Refused) as fault:
        await act
    return fault.value.why
