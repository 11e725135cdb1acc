"""The board's numbers: what is so at this moment, and how long things took, by rank."""

import math

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update

from services.database import Database
from services.figures import board
from services.figures.board import Now, Took
from services.referrals import acts, messages, queue, referrals
from services.referrals.targets import targets
from services.tables import Referral
from services.tables.clock import Step
from tests.services.queue_stage import NOW, claim, decide

HOUR = 3600
TARGETS = targets()


async def numbers(database: Database, at: int) -> board.Board:
    async with database.read() as tx:
        return await board.board(tx, TARGETS, at)


async def test_an_empty_board(database):
    found = await numbers(database, NOW)
    assert (found.unanswered, found.messages, found.ended, found.silent) == (0, 0, 0, 0)
    assert (found.now, found.languages, found.took, found.late_with) == ({}, [], {}, {})


async def test_each_number_counts_what_it_says(database, people, submit):
    held = await submit(urgency="immediate", languages=("ro", "fr"))
    await submit(urgency="immediate", languages=("ro",))
    await submit(urgency="normal", languages=())
    gone = await submit(urgency="soon")
    await claim(database, held, people["claire"])
    async with database.begin() as tx:
        await referrals.withdraw(tx, gone, NOW + 60)
    found = await numbers(database, NOW + 50 * 60)
    assert found.now == {"immediate": Now(waiting=1, held=1, soon_late=1), "normal": Now(waiting=1)}
    assert found.languages == [("ro", 2, 0), ("", 1, 0), ("fr", 1, 0)]
    assert (found.unanswered, found.late_with) == (0, {})
    found = await numbers(database, NOW + 3 * HOUR)
    assert found.now["immediate"] == Now(waiting=1, held=1, late=2)
    assert (found.unanswered, found.ended, found.silent) == (2, 1, 1)
    assert found.late_with == {people["claire"].member.id: 1, None: 1}
    assert found.languages == [("ro", 2, 2), ("", 1, 0), ("fr", 1, 1)]


async def test_two_of_one_person_count_once_and_each_is_late_by_itself(database, people, submit):
    first, second = [await submit(urgency="immediate", languages=("ro",)) for _ in range(2)]
    for referral in (first, second):
        await claim(database, referral, people["claire"])
    async with database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == second).values(same_as=first))
    found = await numbers(database, NOW + 3 * HOUR)
    assert found.now["immediate"] == Now(held=1, late=2)
    assert found.languages == [("ro", 1, 2)]
    await decide(database, first, people["claire"], "declined", reason="no_place", alternative="siao")
    assert (await numbers(database, NOW + 3 * HOUR)).now["immediate"] == Now(held=1, late=1)
    async with database.read() as tx:
        assert (await queue.counts(tx))["held"] == 1


async def test_an_answer_and_a_decision_take_it_off_the_first_number(database, people, submit):
    answered, declined = await submit(urgency="immediate"), await submit(urgency="immediate")
    for referral in (answered, declined):
        await claim(database, referral, people["claire"])
    assert (await numbers(database, NOW + 3 * HOUR)).unanswered == 2
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, answered, "we are here", NOW + 2 * HOUR)
    await decide(database, declined, people["claire"], "declined", reason="no_place", alternative="siao")
    found = await numbers(database, NOW + 3 * HOUR)
    assert (found.unanswered, found.ended, found.silent) == (0, 1, 0)
    async with database.begin() as tx:
        await messages.post_from_holder(tx, declined, "person", "why?", NOW + 3 * HOUR)
    found = await numbers(database, NOW + 3 * HOUR)
    assert (found.messages, found.now["immediate"]) == (1, Now(held=1, late=1))
    async with database.begin() as tx:
        await acts.open_sealed(tx, declined, people["claire"], NOW + 3 * HOUR)
    assert (await numbers(database, NOW + 3 * HOUR)).now["immediate"] == Now(held=1)


async def test_times_are_told_by_the_first_step_of_each_kind_and_by_rank(database, people, submit):
    sent = [await submit(urgency="soon") for _ in range(10)]
    late = await submit(urgency="soon", at=NOW - board.PERIOD_S - 1)
    async with database.begin() as tx:
        for place, referral in enumerate([*sent, late], start=1):
            rows = [
                {"referral_id": referral, "step": "claimed", "at": NOW + place * HOUR},
                {"referral_id": referral, "step": "claimed", "at": NOW + 99 * HOUR},
            ]
            await tx.execute(insert(Step), rows)
    took = (await numbers(database, NOW + 12 * HOUR)).took
    assert took["claim", "soon"] == Took(10, 5 * HOUR, 9 * HOUR)
    assert took["acknowledge", "soon"] == Took(10, 0, 0)
    assert ("answer", "soon") not in took


async def test_one_alone_is_the_middle_and_the_most(database, people, submit):
    referral = await submit(urgency="normal")
    async with database.begin() as tx:
        await tx.execute(insert(Step), {"referral_id": referral, "step": "declined", "at": NOW + 7})
        await tx.execute(update(Referral).where(Referral.id == referral).values(state="declined", ended_at=NOW + 7))
    assert (await numbers(database, NOW + 8)).took["outcome", "normal"] == Took(1, 7, 7)


async def test_the_last_90_days_are_reckoned_once_a_minute_and_now_each_time(database, people, submit):
    lately = board.Lately()

    async def seen(at: int) -> tuple[int, int]:
        async with database.read() as tx:
            found = await board.board(tx, TARGETS, at, lately)
        return found.ended, sum(now.waiting for now in found.now.values())

    gone, _ = await submit(), await submit()
    assert await seen(NOW + 60) == (0, 2)
    async with database.begin() as tx:
        await referrals.withdraw(tx, gone, NOW + 70)
    assert await seen(NOW + 119) == (0, 1)
    assert await seen(NOW + 120) == (1, 1)


@given(st.integers(1, 10_000))
def test_the_ranks_are_those_of_the_half_and_of_nine_in_ten(many):
    assert (many + 1) // 2 == math.ceil(many / 2)
    assert (9 * many + 9) // 10 == math.ceil(9 * many / 10)
