"""The clock: what is late, soon late or in time, said alike by the database's conditions and of one request."""

import random

from sqlalchemy import select, update

from services.database import Database
from services.referrals import acts, clock, history, messages, queue, referrals, steps
from services.referrals.clock import OUTCOMES
from services.referrals.targets import URGENCIES, targets
from services.tables import Referral
from services.tables.clock import Clock
from tests.services.queue_stage import NOW, claim, decide, now

HOUR, DAY = 3600, 24 * 3600
TARGETS = targets()


async def told(database: Database, referral: str, at: int) -> tuple[str, str] | None:
    found = clock.told((await now(database, referral)).waits, TARGETS, at)
    return (found.stage, found.level) if found else None


async def matching(database: Database, condition) -> set[str]:
    query = select(Referral.id).join(Clock, Clock.referral_id == Referral.id).where(condition)
    async with database.read() as tx:
        return set(await tx.scalars(query))


async def test_the_clocks_of_one_request_from_its_arrival_to_its_end(database, people, submit):
    referral = await submit(urgency="immediate", referrer="self")
    assert await told(database, referral, NOW) == ("claim", "in_time")
    assert await told(database, referral, NOW + 50 * 60) == ("claim", "soon_late")
    assert await told(database, referral, NOW + HOUR) == ("claim", "late")
    await claim(database, referral, people["claire"])
    assert await told(database, referral, NOW + HOUR) == ("answer", "in_time")
    assert await told(database, referral, NOW + 3 * HOUR) == ("answer", "late")
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "we are here", NOW + 2 * HOUR)
    assert await told(database, referral, NOW + 3 * HOUR) == ("outcome", "in_time")
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "any news?", NOW + 4 * HOUR)
    assert await told(database, referral, NOW + 4 * HOUR) == ("reply", "late")
    async with database.begin() as tx:
        await acts.open_sealed(tx, referral, people["claire"], NOW + 4 * HOUR)
    assert await told(database, referral, NOW + 4 * HOUR) == ("reply", "in_time")
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "please", NOW + 4 * HOUR + 5)
        await messages.mark_read(tx, referral)
    assert await told(database, referral, NOW + 5 * HOUR) == ("reply", "late")
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "soon", NOW + 5 * HOUR)
    assert await told(database, referral, NOW + 3 * DAY) == ("outcome", "late")
    await decide(database, referral, people["claire"], "declined", reason="no_place", alternative="siao")
    assert await told(database, referral, NOW + 30 * DAY) is None


async def test_what_is_put_back_waits_anew_to_be_claimed_and_no_less_for_its_answer(database, people, submit):
    referral = await submit(urgency="immediate")
    await claim(database, referral, people["claire"])
    async with database.begin() as tx:
        await steps.put_back(tx, referral, NOW + 5 * HOUR // 2, "supervisor")
    held = await now(database, referral)
    assert (held.begun_at, held.free_since) == (NOW, NOW + 5 * HOUR // 2)
    assert await told(database, referral, NOW + 5 * HOUR // 2) == ("answer", "soon_late")
    assert await told(database, referral, NOW + 4 * HOUR) == ("answer", "late")


async def test_a_decision_is_an_answer_and_what_is_opened_again_needs_another(database, people, submit):
    referral = await submit(urgency="immediate")
    await claim(database, referral, people["claire"])
    await decide(database, referral, people["claire"], "declined", reason="no_place", alternative="siao")
    assert (await now(database, referral)).answered_at == NOW + 120
    async with database.begin() as tx:
        await steps.step(tx, referral, "reopened", NOW + DAY, "holder")
    opened = await now(database, referral)
    assert (opened.begun_at, opened.free_since, opened.answered_at) == (NOW + DAY, NOW + DAY, None)
    async with database.read() as tx:
        assert await history.of_referral(tx, referral) == [
            ("received", NOW),
            ("acknowledged", NOW),
            ("claimed", NOW + 60),
            ("declined", NOW + 120),
            ("answered", NOW + 120),
            ("reopened", NOW + DAY),
        ]


async def test_what_was_taken_back_waits_for_nothing(database, people, submit):
    referral = await submit(urgency="immediate")
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "any news?", NOW)
        await referrals.withdraw(tx, referral, NOW + 1)
    assert await told(database, referral, NOW + 30 * DAY) is None
    assert await matching(database, clock.late(TARGETS, NOW + 30 * DAY)) == set()


async def test_the_database_and_the_page_say_the_same_of_every_request(database, people, submit):
    """Requests in every state, with times of all kinds, looked at in many moments."""
    dice = random.Random(5)
    made = [await scattered(database, people, submit, dice) for _ in range(60)]
    levels = set()
    for at in (NOW - HOUR, NOW, NOW + 7 * HOUR, NOW + 3 * DAY, NOW + 21 * DAY):
        said = {}
        for referral in made:
            found = clock.told((await now(database, referral)).waits, TARGETS, at)
            said[referral] = found.level if found else ""
        levels |= set(said.values())
        late = {referral for referral, level in said.items() if level == "late"}
        assert await matching(database, clock.late(TARGETS, at)) == late
        soon = {referral for referral, level in said.items() if level in ("late", "soon_late")}
        assert await matching(database, clock.soon_late(TARGETS, at)) == soon
    assert levels == {"", "late", "soon_late", "in_time"}


async def scattered(database: Database, people, submit, dice: random.Random) -> str:
    referral: str = await submit(urgency=dice.choice(URGENCIES))
    async with database.begin() as tx:
        for _ in range(dice.randrange(3)):
            await messages.post_from_holder(tx, referral, "person", "news?", NOW)
        if dice.random() < 0.5:
            await messages.mark_read(tx, referral)
        times = {
            name: NOW - dice.randrange(dice.choice((HOUR, DAY, 20 * DAY)))
            for name in ("begun_at", "free_since", "answered_at", "wrote_at")
        }
        kept = {"answered_at": times["answered_at"] if dice.random() < 0.5 else None}
        if (await queue.one(tx, referral)).wrote_at is None:
            kept["wrote_at"] = None
        await tx.execute(update(Clock).where(Clock.referral_id == referral).values(times | kept))
        state = dice.choice(("acknowledged", "claimed", "searching", "declined", "closed", "withdrawn", *OUTCOMES))
        holder = people["claire"].member.id if state != "acknowledged" and dice.random() < 0.7 else None
        await tx.execute(update(Referral).where(Referral.id == referral).values(state=state, claimed_by=holder))
    return referral
