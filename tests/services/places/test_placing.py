"""A place for a request: what fits is held, follows the request's state, and is free again when nobody needs it."""

import asyncio

import pytest
from sqlalchemy import update

from dialogs.library import day_of
from dialogs.reading import read_library
from services import audit
from services.database import Database, open_database
from services.keys import Keys
from services.places import holds, placing
from services.places.capacity import AGES, TERMS
from services.places.holds import HOUR_S
from services.places.places import Held
from services.referrals import acts, holding, queue, referrals, steps, work
from services.referrals.acts import Decision
from services.referrals.life import HELD
from services.rights import Opened, Refused
from services.tables import Referral
from tests.services.places_stage import new_partner, new_places, seen
from tests.services.queue_stage import NOW, claim, now, refusal

NOW_DAY = day_of(NOW)
REGIONS = read_library().anonymity.regions
ENDS = NOW + TERMS.hold_hours * HOUR_S
People = dict[str, Opened]


@pytest.fixture
async def group(database: Database, keys: Keys, people: People) -> int:
    """Two free places in the north."""
    return await new_places(database, keys, people["claire"], await new_partner(database, people["claire"]), free=2)


@pytest.fixture
async def searching(database: Database, people: People, submit) -> str:
    """A request of claire's for which a place is looked for."""
    return await in_search(database, people, await submit(department="06", avoid=("13",)))


async def in_search(database: Database, people: People, referral: str) -> str:
    await claim(database, referral, people["claire"])
    await to_state(database, referral, people["claire"], "evaluation")
    async with database.begin() as tx:
        await work.check_call(tx, referral, people["claire"].member, (await now_in(tx, referral)).revision, NOW)
    await to_state(database, referral, people["claire"], "searching")
    return referral


async def to_state(database: Database, referral: str, who: Opened, to: str, **more) -> None:
    async with database.begin() as tx:
        revision = (await now_in(tx, referral)).revision
        await acts.set_state(tx, referral, who.member, Decision(to, **more), revision, NOW)


async def now_in(tx, referral: str):
    return await queue.one(tx, referral)


async def hold(database: Database, keys: Keys, who: Opened, referral: str, group: int, persons: int = 1) -> None:
    async with database.begin() as tx:
        await placing.hold(tx, keys, who.member, referral, Held(group, persons), REGIONS, NOW)


async def person(database: Database, referral: str, to) -> None:
    async with database.begin() as tx:
        await steps.step(tx, referral, to, NOW + 5, "person")


async def left(database: Database, keys: Keys, group: int) -> int:
    return (await seen(database, keys, group)).left


async def test_offered_needs_a_place_that_is_held(database, keys, people, group, searching):
    assert await refusal(to_state(database, searching, people["claire"], "place_offered")) == "no_hold"
    assert (await now(database, searching)).state == "searching"
    await hold(database, keys, people["claire"], searching, group)
    await to_state(database, searching, people["claire"], "place_offered")
    assert await left(database, keys, group) == 1


async def test_from_the_offer_to_the_arrival(database, keys, people, group, searching):
    await hold(database, keys, people["claire"], searching, group)
    await to_state(database, searching, people["claire"], "place_offered")
    await person(database, searching, "agreed")
    assert await holds.look_after(database, keys, ENDS + 1) == {
        "run_out": 0,
        "settled": 0,
        "place_late": 1,
    }  # on their way
    await to_state(database, searching, people["claire"], "arrived")
    assert await holds.look_after(database, keys, ENDS + 2) == {"run_out": 0, "settled": 1, "place_late": 0}
    now = await seen(database, keys, group)
    assert (now.free, now.held) == (1, 0)


async def test_the_person_does_not_agree_and_the_place_is_free(database, keys, people, group, searching):
    await hold(database, keys, people["claire"], searching, group)
    await to_state(database, searching, people["claire"], "place_offered")
    await person(database, searching, "searching")
    assert await left(database, keys, group) == 2


@pytest.mark.parametrize(
    ("to", "more"),
    [
        ("searching", {}),
        ("claimed", {}),
        ("declined", {"reason": "no_place", "alternative": "siao"}),
        ("transferred", {"alternative": "siao"}),
        ("contact_lost", {}),
    ],
)
async def test_what_ends_an_offer_gives_the_place_back(database, keys, people, group, searching, to, more):
    await hold(database, keys, people["claire"], searching, group)
    await to_state(database, searching, people["claire"], "place_offered")
    if to == "claimed":
        async with database.begin() as tx:
            await steps.step(tx, searching, "claimed", NOW, "holder")
    else:
        await to_state(database, searching, people["claire"], to, **more)
    assert await left(database, keys, group) == 2


async def test_a_withdrawal_gives_the_place_back_in_the_same_transaction(database, keys, people, group, searching):
    await hold(database, keys, people["claire"], searching, group)

    async def withdraw_and_fail() -> None:
        async with database.begin() as tx:
            await referrals.withdraw(tx, searching, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await withdraw_and_fail()
    assert await left(database, keys, group) == 1
    async with database.begin() as tx:
        assert await referrals.withdraw(tx, searching, NOW)
    assert await left(database, keys, group) == 2


async def test_when_the_time_of_an_offer_is_over_the_search_goes_on(database, keys, people, group, searching):
    await hold(database, keys, people["claire"], searching, group)
    await to_state(database, searching, people["claire"], "place_offered")
    assert await holds.look_after(database, keys, ENDS) == {"run_out": 1, "settled": 0, "place_late": 0}
    assert (await now(database, searching)).state == "searching"
    assert (await now(database, searching)).claimant == "claire"
    assert await left(database, keys, group) == 2
    async with database.read() as tx:
        assert [one.action for one in await audit.of_referral(tx, searching)][-1] == "place_run_out"


async def test_a_place_that_was_agreed_to_is_given_back_a_week_after_the_coordination_was_told(
    database, keys, people, group, searching
):
    await hold(database, keys, people["claire"], searching, group)
    await to_state(database, searching, people["claire"], "place_offered")
    await person(database, searching, "agreed")
    nothing, told = ({"run_out": 0, "settled": 0, "place_late": late} for late in (0, 1))
    for at, found in ((ENDS - 1, nothing), (ENDS, told), (ENDS + 1, nothing), (ENDS + holding.AGREED_S - 1, nothing)):
        assert await holds.would_look_after(database, at) == found
        assert await holds.look_after(database, keys, at) == found
    assert (await now(database, searching)).state == "agreed"
    async with database.begin() as tx:
        await placing.prolong(tx, people["claire"].member, searching, ENDS + 2)
    later = ENDS + 2 + TERMS.hold_hours * HOUR_S
    assert await holds.look_after(database, keys, later) == told
    assert await holds.look_after(database, keys, later + holding.AGREED_S) == {**nothing, "run_out": 1}
    kept = await now(database, searching)
    assert (kept.state, kept.claimant) == ("searching", "claire")
    assert await left(database, keys, group) == 2
    async with database.read() as tx:
        acts_done = [one.action for one in await audit.of_referral(tx, searching)]
    assert (acts_done.count("place_late"), acts_done[-1]) == (2, "place_run_out")


async def test_prolonging_and_giving_back(database, keys, people, group, searching):
    await hold(database, keys, people["claire"], searching, group)
    async with database.begin() as tx:
        await placing.prolong(tx, people["nadia"].member, searching, ENDS - 5)
    assert await holds.look_after(database, keys, ENDS) == {"run_out": 0, "settled": 0, "place_late": 0}
    async with database.begin() as tx:
        await placing.let_go(tx, people["claire"].member, searching, ENDS)
        assert await refusal(placing.let_go(tx, people["claire"].member, searching, ENDS)) == "no_hold"
    assert await left(database, keys, group) == 2


async def test_an_offered_place_is_not_given_back_behind_the_persons_back(database, keys, people, group, searching):
    await hold(database, keys, people["claire"], searching, group)
    await to_state(database, searching, people["claire"], "place_offered")
    async with database.begin() as tx:
        assert await refusal(placing.let_go(tx, people["claire"].member, searching, NOW)) == "not_possible"


async def test_who_may_hold(database, keys, people, group, searching):
    for who, why in (("paul", "not_yours"), ("olga", "not_allowed"), ("emil", "not_allowed")):
        assert await refusal(hold(database, keys, people[who], searching, group)) == why
    await hold(database, keys, people["nadia"], searching, group)


async def test_what_is_ruled_out_cannot_be_held_even_by_a_forged_form(database, keys, people, group, searching):
    partner = await new_partner(database, people["claire"], "another")
    for zone in ("06", "13"):
        near = await new_places(database, keys, people["claire"], partner, departments=(zone,))
        assert await refusal(hold(database, keys, people["claire"], searching, near)) == "not_fitting"
    unconfirmed = await new_places(database, keys, people["claire"], partner, free=0)
    assert await refusal(hold(database, keys, people["claire"], searching, unconfirmed)) == "not_fitting"
    assert await refusal(hold(database, keys, people["claire"], searching, group, 3)) == "no_room"


async def test_as_many_places_are_held_as_people_come_whatever_the_form_says(database, keys, people, submit):
    claire = people["claire"]
    whole = await new_places(database, keys, claire, await new_partner(database, claire), free=9, children=AGES)
    family = await in_search(database, people, await submit(department="06", dependants=("child_0_2", "adult")))
    for many in (-1, 0, 1, 2, 8, 9, 200):
        assert await refusal(hold(database, keys, claire, family, whole, many)) == "bad_count"
    assert await left(database, keys, whole) == 9
    await hold(database, keys, claire, family, whole, 7)
    assert await left(database, keys, whole) == 2


async def test_never_for_a_minor_and_not_before_the_search(database, keys, people, group, submit):
    minor, adult = await submit(age_group="minor"), await submit()
    for referral in (minor, adult):
        await claim(database, referral, people["claire"])
        assert await refusal(hold(database, keys, people["claire"], referral, group)) == "not_possible"
    async with database.begin() as tx:
        forged = {"state": "searching", "liaison": True}
        await tx.execute(update(Referral).where(Referral.id == adult).values(**forged))
    assert await refusal(hold(database, keys, people["claire"], adult, group)) == "not_possible"
    async with database.read() as tx:
        found = await placing.proposal(tx, keys, await now_in(tx, minor), REGIONS, NOW_DAY)
    assert (found.refusal, found.fitting) == ("minor", ())


async def test_two_processes_hold_the_last_place_for_two_requests_and_one_gets_it(
    database, database_url, keys, people, submit
):
    partner = await new_partner(database, people["claire"])
    other = open_database(database_url)
    for _ in range(5):
        group = await new_places(database, keys, people["claire"], partner)
        wanted = [await in_search(database, people, await submit()) for _ in range(4)]
        tries = [
            hold((database, other)[n % 2], keys, people["claire"], referral, group) for n, referral in enumerate(wanted)
        ]
        told = await asyncio.gather(*tries, return_exceptions=True)
        assert [fault.why for fault in told if isinstance(fault, Refused)] == ["no_room"] * 3
        async with database.read() as tx:
            assert sum([await holding.standing(tx, referral) for referral in wanted]) == 1
        assert await left(database, keys, group) == 0
    await other.close()


async def test_the_time_runs_out_while_the_person_agrees_and_only_one_of_the_two_happens(
    database, database_url, keys, people, group, submit
):
    other = open_database(database_url)
    for _ in range(6):
        referral = await in_search(database, people, await submit())
        await hold(database, keys, people["claire"], referral, group)
        await to_state(database, referral, people["claire"], "place_offered")
        acts_at_once = (person(other, referral, "agreed"), holds.look_after(database, keys, ENDS))
        agreed, _ = await asyncio.gather(*acts_at_once, return_exceptions=True)
        state = (await now(database, referral)).state
        async with database.read() as tx:
            assert await holding.standing(tx, referral) is (state == "agreed")
        assert state == ("searching" if isinstance(agreed, steps.NotInTable) else "agreed")
        async with database.begin() as tx:
            await referrals.withdraw(tx, referral, ENDS)
    assert await left(database, keys, group) == 2
    await other.close()


async def test_whoever_puts_a_request_back_keeps_its_place(database, keys, people, group, searching):
    await hold(database, keys, people["claire"], searching, group)
    async with database.begin() as tx:
        revision = (await now_in(tx, searching)).revision
        await acts.release(tx, searching, people["claire"].member, revision, NOW)
    assert (await now(database, searching)).state in HELD
    assert await left(database, keys, group) == 1
