"""The capacity board: counted and confirmed by partners, theirs alone; sealed; what sources say is never certain."""

from dataclasses import replace

import pytest
from sqlalchemy import inspect, text

from dialogs.library import day_of
from services import audit
from services.database import Database
from services.keys import Keys
from services.places import known_places, partners, places
from services.places.capacity import TERMS, Details, faults
from services.rights import Opened
from services.sealing import Unreadable
from services.tables.places import PlaceGroup
from tests.services.places_stage import MIXED, new_partner, new_places, seen
from tests.services.queue_stage import NOW, coordinator, refusal

DAY = 24 * 3600
NAME = "Maison du Quokka"
People = dict[str, Opened]


@pytest.fixture
async def paula(database: Database, people: People) -> Opened:
    async with database.begin() as tx:
        return await coordinator(tx, "paula", "partner")


async def board(database: Database, keys: Keys):
    async with database.read() as tx:
        return await places.board(tx, keys)


async def test_a_partner_counts_and_that_confirms(database: Database, keys: Keys, people: People, paula: Opened):
    partner = await new_partner(database, people["claire"], NAME, paula)
    group = await new_places(database, keys, people["claire"], partner, free=0)
    assert (await seen(database, keys, group)).confirmed_on == ""
    async with database.begin() as tx:
        await places.count(tx, keys, paula.member, group, 1, NOW)
        await places.count(tx, keys, paula.member, group, 1, NOW)
        await places.count(tx, keys, paula.member, group, -1, NOW)
    now = await seen(database, keys, group)
    assert (now.free, now.left, now.confirmed_on) == (1, 1, day_of(NOW).isoformat())


async def test_nothing_changed_is_one_act_for_all(database: Database, keys: Keys, people: People, paula: Opened):
    partner = await new_partner(database, people["claire"], NAME, paula)
    groups = [await new_places(database, keys, people["claire"], partner) for _ in range(2)]
    late = NOW + 10 * DAY
    async with database.begin() as tx:
        await places.confirm(tx, keys, paula.member, groups, late)
    assert {one.confirmed_on for one in await board(database, keys)} == {day_of(late).isoformat()}


async def test_another_partners_places_are_not_there_for_it(
    database: Database, keys: Keys, people: People, paula: Opened
):
    await new_partner(database, people["claire"], NAME, paula)
    other = await new_partner(database, people["claire"], "Les Ornithorynques")
    group = await new_places(database, keys, people["claire"], other)
    async with database.begin() as tx:
        assert await refusal(places.count(tx, keys, paula.member, group, 1, NOW)) == "missing"
        assert await refusal(places.confirm(tx, keys, paula.member, [group], NOW)) == "missing"
        assert await refusal(places.change(tx, keys, paula.member, group, MIXED, 1, NOW)) == "not_allowed"
        assert await refusal(places.add(tx, keys, paula.member, other, MIXED, NOW)) == "not_allowed"
        assert await refusal(partners.listed(tx, paula)) == "not_allowed"
        assert await refusal(places.count(tx, keys, people["olga"].member, group, 1, NOW)) == "not_allowed"
    assert (await seen(database, keys, group)).free == 1


async def test_never_under_nothing_and_never_more_than_there_are(database: Database, keys: Keys, people: People):
    partner = await new_partner(database, people["claire"])
    group = await new_places(database, keys, people["claire"], partner, total=1)
    async with database.begin() as tx:
        for step in (1, 2, -2, 0):
            assert await refusal(places.count(tx, keys, people["claire"].member, group, step, NOW)) == "not_possible"
        await places.count(tx, keys, people["claire"].member, group, -1, NOW)
        assert await refusal(places.count(tx, keys, people["claire"].member, group, -1, NOW)) == "not_possible"


async def test_what_was_changed_meanwhile_is_not_overwritten(database: Database, keys: Keys, people: People):
    partner = await new_partner(database, people["claire"])
    group = await new_places(database, keys, people["claire"], partner)
    before = await seen(database, keys, group)
    async with database.begin() as tx:
        await places.count(tx, keys, people["claire"].member, group, 1, NOW)
        stale = places.change(tx, keys, people["claire"].member, group, MIXED, before.revision, NOW)
        assert await refusal(stale) == "changed"
        better = replace(MIXED, suited=("mobility",))
        await places.change(tx, keys, people["claire"].member, group, better, before.revision + 1, NOW)
    now = await seen(database, keys, group)
    assert (now.free, now.details) == (2, better)


async def test_capacity_fades_and_then_is_gone(database: Database, keys: Keys, people: People):
    partner = await new_partner(database, people["claire"])
    group = await new_places(database, keys, people["claire"], partner, free=2)
    now = await seen(database, keys, group)
    told = [(days, now.standing(day_of(NOW + days * DAY), TERMS)) for days in (0, 6, 7, 20, 21)]
    assert told == [(0, "fresh"), (6, "fresh"), (7, "faded"), (20, "faded"), (21, "gone")]
    totals = [places.totals([now], NOW + days * DAY, TERMS) for days in (0, 7, 21)]
    assert [(one.free, one.faded, one.unsure) for one in totals] == [(2, 0, 0), (2, 2, 0), (0, 0, 1)]


async def test_what_a_source_says_comes_to_the_board_once_and_waits_for_somebody_to_confirm_it(
    database: Database, keys: Keys, people: People
):
    claire = people["claire"].member
    async with database.begin() as tx:
        group = await known_places.take_in(tx, keys, claire, "destiny", NOW)
        assert await refusal(known_places.take_in(tx, keys, claire, "destiny", NOW)) == "not_possible"
        assert await refusal(known_places.take_in(tx, keys, claire, "atlantis", NOW)) == "missing"
        assert await refusal(known_places.take_in(tx, keys, people["olga"].member, "destiny", NOW)) == "not_allowed"
    now = await seen(database, keys, group)
    assert (now.details.departments, now.details.total, now.free) == (("06", "83"), 18, 0)
    assert now.standing(day_of(NOW), TERMS) == "unconfirmed"
    async with database.begin() as tx:
        assert await refusal(places.confirm(tx, keys, claire, [group], NOW)) == "places_unsure"  # for whom?
        assert await refusal(places.count(tx, keys, claire, group, 1, NOW)) == "places_unsure"
        known = replace(now.details, kinds=("woman",))
        await places.change(tx, keys, claire, group, known, now.revision, NOW)
        await places.confirm(tx, keys, claire, [group], NOW)
    assert (await seen(database, keys, group)).standing(day_of(NOW), TERMS) == "fresh"


def test_each_source_names_what_it_is_and_when_it_was_read():
    for one in known_places.known():
        assert one.status in ("V1", "V2")
        assert one.source
        assert one.said_on <= one.checked_on
        assert faults(one.details, dict.fromkeys(one.details.departments, "")) == ()


def test_a_form_that_is_not_right_is_told_field_by_field():
    wrong = Details(("99",), ("anybody",), ("child_18",), ("fr",), ("pool",), 0, "2027-02-30")
    assert faults(wrong, {"06": "Alpes-Maritimes"}) == (
        "departments",
        "kinds",
        "children",
        "suited",
        "total",
        "free_from",
    )
    assert faults(Details(("06",), ("mixed",), total=1), {"06": "Alpes-Maritimes"}) == ()


async def test_a_stolen_database_tells_nothing_of_a_place(database: Database, keys: Keys, people: People):
    partner = await new_partner(database, people["claire"], NAME)
    group = await new_places(database, keys, people["claire"], partner, departments=("2A",), languages=("bin",))
    async with database.read() as tx:
        names = await tx.run_sync(lambda connection: inspect(connection).get_table_names())
        ours = [name for name in names if name.startswith(("partner", "place"))]
        dump = str([[*await tx.execute(text(f"SELECT * FROM {name}"))] for name in ours])
        row = (await tx.execute(PlaceGroup.__table__.select())).one()
    assert len(ours) == 4
    for word in (NAME, "departments", "mixed", day_of(NOW).isoformat()):
        assert word not in dump
    assert len(row.box) > 256
    for acts in await acts_of(database):
        assert "2A" not in acts
    with pytest.raises(Unreadable):
        places.box(Keys.new()).open(row.box, b"")
    assert (await seen(database, keys, group)).details.departments == ("2A",)


async def test_a_swapped_box_does_not_open(database: Database, keys: Keys, people: People):
    partner = await new_partner(database, people["claire"])
    one, other = [await new_places(database, keys, people["claire"], partner, free=free) for free in (1, 2)]
    async with database.begin() as tx:
        await tx.execute(
            text("UPDATE place_groups SET box = (SELECT box FROM place_groups WHERE id = :other) WHERE id = :one"),
            {"one": one, "other": other},
        )
    with pytest.raises(Unreadable):
        await seen(database, keys, one)


async def test_only_who_holds_the_key_reads_the_label(database: Database, people: People, paula: Opened):
    partner = await new_partner(database, people["claire"], f"  {NAME} ", paula)
    async with database.begin() as tx:
        assert [*await partners.listed(tx, people["claire"])] == [partners.Known(partner, NAME, ("paula",))]
        (unread,) = await partners.listed(tx, Opened(people["paul"].member))
        assert unread.label is None
        assert partners.code(partner) == f"P{partner}"
        assert await refusal(partners.add(tx, people["claire"].member, " ", NOW)) == "empty"
        assert await refusal(partners.add(tx, people["claire"].member, "x" * 121, NOW)) == "long_name"


async def test_somebody_signs_in_for_one_partner_only(database: Database, people: People, paula: Opened):
    claire = people["claire"]
    first = await new_partner(database, claire)
    async with database.read() as tx:
        assert await partners.sign_ins(tx) == [(paula.member.id, "paula")]
    second = await new_partner(database, claire, "another", paula)
    async with database.begin() as tx:
        assert await partners.sign_ins(tx) == []
        assert await partners.of(tx, paula.member) == second
        await partners.let_in(tx, claire.member, first, paula.member.id, NOW)
        assert await partners.of(tx, paula.member) == first
        for partner, who in ((first, people["paul"].member.id), (99, paula.member.id)):
            assert await refusal(partners.let_in(tx, claire.member, partner, who, NOW)) == "missing"


async def test_what_is_on_the_board_no_more(database: Database, keys: Keys, people: People):
    partner = await new_partner(database, people["claire"])
    group = await new_places(database, keys, people["claire"], partner)
    now = await seen(database, keys, group)
    async with database.begin() as tx:
        await places.retire(tx, keys, people["claire"].member, group, now.revision, NOW)
        assert await refusal(places.one(tx, keys, group)) == "missing"
    assert await board(database, keys) == []


async def acts_of(database: Database) -> list[str]:
    async with database.read() as tx:
        return [f"{record.action} {record.detail}" for record in await audit.records(tx)]


async def test_a_partner_is_taken_off_the_list_once_its_places_are(
    database: Database, keys: Keys, people: People, paula: Opened
):
    claire = people["claire"].member
    partner = await new_partner(database, people["claire"], NAME, paula)
    group = await new_places(database, keys, people["claire"], partner)
    revision = (await seen(database, keys, group)).revision
    async with database.begin() as tx:
        assert await refusal(partners.remove(tx, claire, partner, NOW)) == "not_possible"
        assert await refusal(partners.remove(tx, paula.member, partner, NOW)) == "not_allowed"
        await places.retire(tx, keys, claire, group, revision, NOW)
        await partners.remove(tx, claire, partner, NOW)
        assert await refusal(partners.remove(tx, claire, partner, NOW)) == "missing"
        assert await partners.of(tx, paula.member) is None
    assert await new_partner(database, people["claire"]) > partner
