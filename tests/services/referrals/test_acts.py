"""What the coordination does with a referral: one claim each, and only the steps of the table."""

import asyncio
import itertools
import random

import pytest
from sqlalchemy import delete, insert, update

from services import audit, retention
from services.database import Database, open_database
from services.referrals import acts, life, referrals
from services.referrals.acts import Decision
from services.retention import DAY
from services.rights import Opened, Refused
from services.tables import Referral
from services.tables.places import PlaceHold
from tests.services.queue_stage import NOW, claim, decide, decide_at, now, refusal

# Claims


async def test_hundreds_of_races_have_one_winner_each(database, database_url, people, submit):
    """Two processes' worth of connections, three people, a hundred requests: 600 tries."""
    wanted = [await submit() for _ in range(100)]
    other = open_database(database_url)

    async def attempt(which: Database, referral: str, who: Opened) -> tuple[str, int] | None:
        try:
            await claim(which, referral, who)
        except Refused:
            return None
        return referral, who.member.id

    hands = [people["claire"], people["paul"], people["nadia"]]
    tries = [attempt(d, referral, who) for referral in wanted for d in (database, other) for who in hands]
    won = [outcome for outcome in await asyncio.gather(*tries) if outcome]
    assert sorted(referral for referral, _ in won) == sorted(wanted)
    for referral, winner in won:
        held = await now(database, referral)
        assert (held.state, held.claimed_by) == ("claimed", winner)
    async with database.read() as tx:
        assert await audit.count(tx) == 100
        assert await audit.verify(tx) is None
    await other.close()


async def test_a_request_put_back_can_be_claimed_by_another(database, people, submit):
    referral = await submit()
    await claim(database, referral, people["claire"])
    old = (await now(database, referral)).revision
    async with database.begin() as tx:
        await acts.release(tx, referral, people["claire"].member, old, NOW)
    await claim(database, referral, people["paul"])
    assert (await now(database, referral)).claimant == "paul"
    async with database.begin() as tx:
        assert await refusal(acts.release(tx, referral, people["claire"].member, old, NOW)) == "not_yours"


async def test_who_may_claim(database, people, submit):
    referral = await submit()
    assert await refusal(claim(database, referral, people["olga"])) == "not_allowed"
    assert await refusal(claim(database, referral, people["emil"])) == "not_allowed"
    assert await refusal(claim(database, "R-NONE-NONE", people["claire"])) == "missing"
    assert await refusal(claim(database, "'; DROP TABLE referrals --", people["claire"])) == "missing"


# States


async def in_state(database: Database, referral: str, state: str, holder: Opened | None) -> None:
    held = {"claimed_by": holder.member.id, "claimed_at": NOW} if holder else {"claimed_by": None}
    async with database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == referral).values(state=state, **held))


async def hold_something(database: Database, referral: str) -> None:
    """What a place that is offered needs: any hold will do here."""
    async with database.begin() as tx:
        await tx.execute(delete(PlaceHold))
        await tx.execute(insert(PlaceHold).values(referral_id=referral, until=NOW + 1, box=b"sealed"))


def told_with(to: str) -> dict[str, str]:
    """What a decision needs besides its state."""
    return {
        "declined": {"reason": "no_place", "alternative": "siao"},
        "transferred": {"alternative": "local_partner"},
    }.get(to, {})


@pytest.mark.parametrize("minor", [False, True])
async def test_only_the_tables_steps_are_made(database, people, submit, minor):
    referral = await submit(age_group="minor" if minor else "adult", referrer="self")
    for state, to in itertools.product(life.STATES, (*life.STATES, "", "nonsense")):
        await in_state(database, referral, state, people["nadia"])
        await hold_something(database, referral)
        move = decide(database, referral, people["nadia"], to, **told_with(to))
        if to not in acts.OWN_ACTS and life.may(state, to, life.DESK, minor=minor):
            await move
            assert (await now(database, referral)).state == to
        else:
            assert await refusal(move) == "not_possible", (state, to)
            assert (await now(database, referral)).state == state


@pytest.mark.parametrize("state", life.STATES)
async def test_what_nobody_holds_is_claimed_and_what_somebody_works_on_is_put_back(database, people, submit, state):
    referral, nadia, claire = await submit(), people["nadia"], people["claire"]
    await in_state(database, referral, state, nadia if state not in life.WAITING else None)
    revision = (await now(database, referral)).revision
    async with database.begin() as tx:
        release = acts.release(tx, referral, nadia.member, revision, NOW)
        if state in life.HELD:
            await release
        else:
            assert await refusal(release) == "not_possible"
    before = (await now(database, referral)).state
    assert before == ("acknowledged" if state == "claimed" else state)
    if state in life.ENDED:
        assert await refusal(claim(database, referral, claire)) == "taken"
    else:
        await claim(database, referral, claire)
        assert await refusal(claim(database, referral, people["paul"])) == "taken"
        after = "claimed" if before in life.WAITING else before
        assert (await now(database, referral)).state == after


async def test_two_who_act_at_once_leave_a_path_of_the_table(database, database_url, people, submit):
    """Two processes' worth of connections; each round two people do something, anything, with what they see."""
    dice, other = random.Random(20261123), open_database(database_url)
    sent = [await submit(age_group=group, referrer="self") for group in ("adult", "minor", "unknown") for _ in range(3)]

    async def something(which: Database, referral: str, who: Opened) -> bool:
        seen, to = await now(which, referral), dice.choice((*life.STATES, "claim", "release", "withdraw"))
        try:
            async with which.begin() as tx:
                if to == "claim":
                    await acts.claim(tx, referral, who.member, NOW)
                elif to == "release":
                    await acts.release(tx, referral, who.member, seen.revision, NOW)
                elif to == "withdraw":
                    return dice.random() < 0.1 and await referrals.withdraw(tx, referral, NOW)
                else:
                    decision = Decision(to, **told_with(to), adult_checked=True)
                    await acts.set_state(tx, referral, who.member, decision, seen.revision, NOW)
        except Refused:
            return False
        return True

    made = 0
    for _ in range(60):
        for referral in sent:
            before = await now(database, referral)
            hands = ((database, people["claire"]), (other, people["nadia"]))
            done = sum(await asyncio.gather(*(something(which, referral, who) for which, who in hands)))
            after = await now(database, referral)
            assert after.state in reached(before.state, done, minor=before.for_a_minor), before.state
            made += done
    assert made > len(sent) * 3
    await other.close()


def reached(start: str, steps: int, *, minor: bool) -> set[str]:
    """Where so many steps of the table, or fewer, lead."""
    found = {start}
    for _ in range(steps):
        found |= {to for (state, to) in life.STEPS[minor] if state in found}
    return found


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("claire", ""),
        ("nadia", ""),
        ("paul", "not_yours"),
        ("olga", "not_allowed"),
        ("emil", "not_allowed"),
    ],
)
async def test_the_holder_or_a_supervisor_decides(database, people, submit, who, outcome):
    referral = await submit()
    await claim(database, referral, people["claire"])
    move = decide(database, referral, people[who], "evaluation")
    if outcome:
        assert await refusal(move) == outcome
    else:
        await move


@pytest.mark.parametrize(
    "told", [{}, {"reason": "no_place"}, {"alternative": "siao"}, {"reason": "x", "alternative": "siao"}]
)
async def test_to_decline_needs_a_reason_and_an_alternative(database, people, submit, told):
    referral = await submit()
    await claim(database, referral, people["claire"])
    assert await refusal(decide(database, referral, people["claire"], "declined", **told)) == "reason_needed"
    await decide(database, referral, people["claire"], "declined", reason="conditions", alternative="local_partner")
    declined = await now(database, referral)
    assert (declined.state, declined.decline_reason, declined.decline_alternative, declined.ended_at) == (
        "declined",
        "conditions",
        "local_partner",
        NOW + 120,
    )
    async with database.read() as tx:
        assert (await audit.of_referral(tx, referral))[-1].detail == "declined:conditions:local_partner"


async def test_a_declined_request_ended_when_it_was_declined_whatever_comes_later(database, people, submit):
    closed, taken_back = await submit(note="a note"), await submit(note="a note")
    for referral in (closed, taken_back):
        await claim(database, referral, people["claire"])
        await decide_at(NOW, database, referral, people["claire"], Decision("declined", "no_place", "siao"))
    await decide_at(NOW + 80 * DAY, database, closed, people["claire"], Decision("closed"))
    async with database.begin() as tx:
        await referrals.withdraw(tx, taken_back, NOW + 80 * DAY)
    assert [(await now(database, r)).state for r in (closed, taken_back)] == ["closed", "withdrawn"]
    assert [(await now(database, r)).ended_at for r in (closed, taken_back)] == [NOW, NOW]
    async with database.begin() as tx:
        assert (await retention.purge(tx, NOW + 90 * DAY))["sealed_referrals"] == 1


async def test_a_reason_to_decline_is_not_dropped_because_another_state_is_ticked(database, people, submit):
    referral = await submit()
    await claim(database, referral, people["claire"])
    for told in ({"reason": "no_place"}, {"alternative": "siao"}):
        assert await refusal(decide(database, referral, people["claire"], "evaluation", **told)) == "not_declined"


async def test_what_is_transferred_needs_to_whom_and_has_no_reason(database, people, submit):
    referral = await submit()
    await claim(database, referral, people["claire"])
    for told, why in (({}, "reason_needed"), ({"reason": "no_place", "alternative": "ccem"}, "not_declined")):
        assert await refusal(decide(database, referral, people["claire"], "transferred", **told)) == why
    await decide(database, referral, people["claire"], "transferred", alternative="ccem")
    gone = await now(database, referral)
    assert (gone.state, gone.decline_reason, gone.decline_alternative) == ("transferred", None, "ccem")


async def test_what_is_reopened_has_no_end_and_no_holder_and_waits_again(database, people, submit):
    referral, claire = await submit(), people["claire"]
    await claim(database, referral, claire)
    await decide(database, referral, claire, "declined", reason="no_place", alternative="siao")
    assert await refusal(decide(database, referral, people["paul"], "reopened")) == "not_yours"
    await decide(database, referral, claire, "reopened")
    again = await now(database, referral)
    assert (again.ended_at, again.claimed_by, again.decline_reason, again.decline_alternative) == (None,) * 4
    await claim(database, referral, people["paul"])
    assert (await now(database, referral)).state == "claimed"


async def test_an_unknown_age_is_checked_before_a_place(database, people, submit):
    referral = await submit(age_group="unknown", referrer="self")
    await claim(database, referral, people["claire"])
    await decide(database, referral, people["claire"], "evaluation")
    assert await refusal(decide(database, referral, people["claire"], "searching")) == "age_unchecked"
    await decide(database, referral, people["claire"], "searching", adult_checked=True)


async def test_of_two_who_decide_on_what_they_saw_the_second_is_told(database, people, submit):
    referral = await submit()
    await claim(database, referral, people["claire"])
    seen = (await now(database, referral)).revision

    async def settle(who: Opened, decision: Decision) -> None:
        async with database.begin() as tx:
            await acts.set_state(tx, referral, who.member, decision, seen, NOW)

    declined = Decision("declined", "no_place", "siao")
    outcomes = await asyncio.gather(
        settle(people["claire"], Decision("evaluation")), settle(people["nadia"], declined), return_exceptions=True
    )
    assert [getattr(outcome, "why", None) for outcome in outcomes].count("changed") == 1
