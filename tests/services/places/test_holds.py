"""Places held for requests: never twice, for a limited time, given back, taken by who arrives."""

import asyncio

import pytest

from dialogs.library import day_of
from services import audit
from services.database import Database
from services.keys import Keys
from services.places import holds, places
from services.places.capacity import TERMS
from services.places.holds import HOUR_S
from services.places.places import Held
from services.referrals import holding
from services.rights import Opened, Refused
from services.tables.places import PlaceHold
from tests.services.places_stage import new_partner, new_places, seen
from tests.services.queue_stage import NOW, refusal

ENDS = NOW + TERMS.hold_hours * HOUR_S
People = dict[str, Opened]


@pytest.fixture
async def group(database: Database, keys: Keys, people: People) -> int:
    partner = await new_partner(database, people["claire"])
    return await new_places(database, keys, people["claire"], partner, free=2)


async def hold(database: Database, keys: Keys, who: Opened, referral: str, group: int, persons: int = 1):
    async with database.begin() as tx:
        await holds.place(tx, keys, who.member, referral, Held(group, persons), NOW)


async def held(database: Database, keys: Keys, referral: str):
    async with database.read() as tx:
        return await holds.of(tx, keys, referral)


async def test_a_hold_takes_from_what_is_free_and_giving_back_returns_it(
    database: Database, keys: Keys, people: People, group: int, submit
):
    referral = await submit()
    await hold(database, keys, people["claire"], referral, group, 2)
    now = await held(database, keys, referral)
    assert now
    assert (now.persons, now.until) == (2, ENDS)
    assert now.capacity
    assert (now.capacity.free, now.capacity.held, now.capacity.left) == (2, 2, 0)
    async with database.begin() as tx:
        await holds.let_go(tx, people["claire"].member, referral, NOW)
        assert await refusal(holds.let_go(tx, people["claire"].member, referral, NOW)) == "no_hold"
    assert (await seen(database, keys, group)).left == 2


async def test_what_is_refused(database: Database, keys: Keys, people: People, group: int, submit):
    one, other = await submit(), await submit()
    await hold(database, keys, people["claire"], one, group)
    claire, olga = people["claire"], people["olga"]
    assert await refusal(hold(database, keys, claire, one, group)) == "held_already"
    assert await refusal(hold(database, keys, claire, other, group, 2)) == "no_room"
    assert await refusal(hold(database, keys, claire, other, group, 0)) == "no_room"
    assert await refusal(hold(database, keys, claire, other, group, -1)) == "no_room"
    assert await refusal(hold(database, keys, claire, other, 99)) == "missing"
    assert await refusal(hold(database, keys, olga, other, group)) == "not_allowed"
    assert (await seen(database, keys, group)).held == 1


async def test_of_many_who_try_at_once_no_more_succeed_than_places_are_free(
    database: Database, keys: Keys, people: People, group: int, submit
):
    referrals = [await submit() for _ in range(12)]
    who = (people["claire"], people["nadia"])
    tries = [hold(database, keys, who[n % 2], referral, group) for n, referral in enumerate(referrals)]
    told = await asyncio.gather(*tries, return_exceptions=True)
    refused = [fault.why for fault in told if isinstance(fault, Refused)]
    assert refused == ["no_room"] * 10
    assert told.count(None) == 2
    assert (await seen(database, keys, group)).left == 0


async def test_a_request_that_tries_twice_at_once_holds_once(
    database: Database, keys: Keys, people: People, group: int, submit
):
    referral = await submit()
    tries = [hold(database, keys, people["claire"], referral, group) for _ in range(2)]
    told = await asyncio.gather(*tries, return_exceptions=True)
    assert told.count(None) == 1
    assert (await seen(database, keys, group)).held == 1


async def test_it_runs_out_by_itself_and_can_be_prolonged_before(
    database: Database, keys: Keys, people: People, group: int, submit
):
    referral, other = await submit(), await submit()
    await hold(database, keys, people["claire"], referral, group)
    await hold(database, keys, people["claire"], other, group)
    async with database.begin() as tx:
        await holds.prolong(tx, people["claire"].member, other, ENDS - 1)
    assert await holds.look_after(database, keys, ENDS - 1) == {"run_out": 0, "settled": 0, "place_late": 0}
    assert await holds.look_after(database, keys, ENDS) == {"run_out": 1, "settled": 0, "place_late": 0}
    assert await held(database, keys, referral) is None
    assert await held(database, keys, other)
    assert (await seen(database, keys, group)).left == 1
    async with database.begin() as tx:
        assert await refusal(holds.prolong(tx, people["claire"].member, referral, ENDS)) == "no_hold"
        assert [one.action for one in await audit.of_referral(tx, referral)][-1] == "place_run_out"


async def test_who_arrives_takes_the_places_and_then_nothing_tells_who_went_where(
    database: Database, keys: Keys, people: People, group: int, submit
):
    referral = await submit()
    await hold(database, keys, people["claire"], referral, group)
    async with database.begin() as tx:
        await holding.follow(tx, referral, "arrived")
    assert (await seen(database, keys, group)).left == 1
    async with database.begin() as tx:
        await holding.follow(tx, referral, "closed")  # a later end of the request gives nothing back
    assert await holds.look_after(database, keys, NOW + 9) == {"run_out": 0, "settled": 1, "place_late": 0}
    assert await holds.look_after(database, keys, NOW + 9) == {"run_out": 0, "settled": 0, "place_late": 0}
    now = await seen(database, keys, group)
    assert (now.free, now.held, now.left) == (1, 0, 1)
    async with database.read() as tx:
        assert (await tx.execute(PlaceHold.__table__.select())).all() == []


async def test_the_record_says_that_a_place_was_held_and_never_which(
    database: Database, keys: Keys, people: People, group: int, submit
):
    referral = await submit()
    await hold(database, keys, people["claire"], referral, group)
    async with database.begin() as tx:
        await holds.let_go(tx, people["claire"].member, referral, NOW + 9)
    async with database.read() as tx:
        acts = await audit.of_referral(tx, referral)
    assert [(one.action, one.detail) for one in acts if "place" in one.action] == [
        ("place_held", ""),
        ("place_let_go", ""),
    ]


async def test_fewer_free_than_held_is_told_and_gives_nothing_twice(
    database: Database, keys: Keys, people: People, group: int, submit
):
    one, other = await submit(), await submit()
    await hold(database, keys, people["claire"], one, group, 2)
    async with database.begin() as tx:
        await places.count(tx, keys, people["claire"].member, group, -1, NOW)
    now = await seen(database, keys, group)
    assert (now.free, now.held, now.left) == (1, 2, 0)
    assert await refusal(hold(database, keys, people["claire"], other, group)) == "no_room"
    async with database.begin() as tx:
        assert await refusal(places.retire(tx, keys, people["claire"].member, group, now.revision, NOW)) == (
            "not_possible"
        )
    assert now.confirmed_on == day_of(NOW).isoformat()
