"""The yearly figures: who is counted, in which category, once, and for good."""

import random
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import update

from services import audit
from services.database import Database
from services.figures import counting, statistics
from services.figures.suppression import SMALLEST
from services.figures.zones import ZONE_OF
from services.referrals import purposes, referrals
from services.referrals.consents import Agreed
from services.referrals.life import STATES
from services.tables import Referral
from tests.dialogs.world import LIBRARY

COUNTED = Agreed(b"s" * 32, "fr", "1", ("statistics",))
JUNE_2026, DECEMBER_2026, JANUARY_2027, FEBRUARY_2027 = 1_781_000_000, 1_797_000_000, 1_800_000_000, 1_801_500_000


@dataclass(frozen=True)
class One:
    """Somebody who is counted, without a database."""

    forms: tuple[str, ...] = ("sexual",)
    age_group: str = "adult"
    gender: str = "woman"
    department: str | None = "06"
    languages: tuple[str, ...] = ("fr",)
    state: str = "closed"
    created_at: int = 0
    claimed_at: int | None = 3600
    ended_at: int | None = None


@pytest.mark.parametrize(
    ("classification", "one", "category"),
    [
        ("form", One(forms=("labour", "domestic")), "labour"),
        ("form", One(forms=("labour", "crime")), "several"),
        ("form", One(forms=("organ",)), "other"),
        ("form", One(forms=("unknown",)), "unknown"),
        ("form", One(forms=()), "unknown"),
        ("age", One(age_group="minor"), "minor"),
        ("sex", One(gender="any"), "unknown"),
        ("zone", One(department="2A"), "south_east"),
        ("zone", One(department=None), "unknown"),
        ("language", One(languages=("bin", "en")), "bin"),
        ("language", One(languages=("kab",)), "other"),
        ("language", One(languages=()), "unknown"),
        ("outcome", One(state="follow_up"), "placed"),
        ("outcome", One(state="reopened"), "open"),
        ("claimed", One(claimed_at=86400), "one_day"),
        ("claimed", One(claimed_at=None), "not_yet"),
        ("ended", One(ended_at=31 * 86400), "longer"),
    ],
)
def test_into_which_category_somebody_falls(classification: str, one: One, category: str):
    assert counting.CATEGORY_OF[classification](one) == category


def test_every_state_and_every_departement_has_its_place():
    assert set(counting.OUTCOME_OF) == set(STATES) - {"withdrawn"}
    assert set(ZONE_OF) == set(LIBRARY.departments)


def test_everybody_falls_into_one_category_of_each_classification():
    people = [One(), One(forms=(), languages=(), department=None), One(state="declined", age_group="minor")]
    for name in counting.CATEGORIES:
        assert sum(counting.one_way(people, name).values()) == len(people)
        assert sum(counting.two_way(people, name).values()) == len(people)


def test_few_people_are_not_shown_at_all():
    figures = statistics.made_of([One()] * (SMALLEST - 1), 2026, 0)
    assert (figures.total, figures.one_way, figures.two_way) == (None, {}, {})


def test_the_figures_do_not_depend_on_the_order_of_reading():
    people = [One()] * 40 + [One(forms=("labour",), gender="man")] * 15 + [One(department="59", age_group="minor")] * 4
    mixed = [*people]
    random.Random(7).shuffle(mixed)
    assert statistics.made_of(mixed, 2026, 0) == statistics.made_of(people, 2026, 0)


def test_a_small_count_takes_another_with_it_in_the_tables_that_people_see():
    forms = ("sexual", "labour", "begging", "crime", "other", "unknown")
    people = [One(forms=(form,), age_group=age) for form in forms for age in ["adult"] * 30 + ["unknown"] * 20]
    people += [One(forms=("labour", "crime"))] * 30 + [One(age_group="minor")] * 4
    figures = statistics.made_of(people, 2026, 0)
    assert figures.one_way["age"] == {"adult": 210, "minor": None, "unknown": None}
    assert figures.two_way["age"]["sexual"] == {"adult": 30, "minor": None, "unknown": None}
    assert figures.two_way["sex"]["begging"]["woman"] is None, "where nobody is a man, nothing is said of women either"


async def many(database: Database, submit, count: int, at: int = JUNE_2026) -> list[str]:
    found = [await submit(at, forms=("labour",), gender="man", department="59") for _ in range(count)]
    async with database.begin() as tx:
        for referral in found:
            await purposes.give(tx, referral, COUNTED, at)
    return found


async def test_only_who_agreed_to_be_counted_is_counted(database: Database, submit):
    counted = await many(database, submit, SMALLEST + 3)
    await submit(JUNE_2026)  # did not agree to it
    await many(database, submit, 1, JANUARY_2027)  # of another year
    async with database.begin() as tx:
        await purposes.take_back(tx, counted[0], "statistics", DECEMBER_2026)
        await referrals.withdraw(tx, counted[1], DECEMBER_2026)
        figures = await statistics.freeze(tx, 2026, FEBRUARY_2027)
    assert figures.total == SMALLEST + 1
    assert figures.one_way["form"]["labour"] is None or figures.one_way["form"]["labour"] == SMALLEST + 1


async def say_same(database: Database, referral: str, first: str | None) -> None:
    async with database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == referral).values(same_as=first))


async def counted_of(database: Database, year: int = 2026) -> set[str]:
    async with database.read() as tx:
        return {row.id for row in await statistics._counted(tx, year)}


async def test_somebody_whose_requests_were_linked_counts_once(database: Database, submit):
    first, second, third, alone = await many(database, submit, 4)
    for linked in (second, third):
        await say_same(database, linked, first)
    assert await counted_of(database) == {first, alone}
    await say_same(database, third, None)
    assert await counted_of(database) == {first, third, alone}


async def test_where_the_first_may_not_be_counted_the_next_one_is(database: Database, submit):
    first, second, third = await many(database, submit, 3)
    for linked in (second, third):
        await say_same(database, linked, first)
    async with database.begin() as tx:
        await referrals.withdraw(tx, first, DECEMBER_2026)
    (counts,) = await counted_of(database)
    assert counts in (second, third)
    async with database.begin() as tx:
        await purposes.take_back(tx, counts, "statistics", DECEMBER_2026)
    assert await counted_of(database) == {second, third} - {counts}


async def test_who_was_counted_in_one_year_is_not_counted_in_the_next(database: Database, submit):
    (old,), (new,) = await many(database, submit, 1), await many(database, submit, 1, JANUARY_2027)
    await say_same(database, new, old)
    assert (await counted_of(database), await counted_of(database, 2027)) == ({old}, set())
    async with database.begin() as tx:
        await purposes.take_back(tx, old, "statistics", DECEMBER_2026)
    assert (await counted_of(database), await counted_of(database, 2027)) == (set(), {new})


async def test_what_is_frozen_stays_whoever_says_no_later(database: Database, submit):
    counted = await many(database, submit, SMALLEST)
    async with database.begin() as tx:
        made = await statistics.freeze(tx, 2026, FEBRUARY_2027)
        await referrals.withdraw(tx, counted[0], FEBRUARY_2027 + 1)
        assert await statistics.freeze(tx, 2026, FEBRUARY_2027 + 2) == made
        assert await statistics.frozen(tx, 2026) == made
        told = [one.detail for one in await audit.records(tx) if one.action == "figures_frozen"]
    assert told == [f"2026:{made.digest}"]


async def test_a_year_is_frozen_by_itself_in_february_and_only_where_there_is_something(database: Database, submit):
    async with database.begin() as tx:
        assert await statistics.freeze_due(tx, FEBRUARY_2027) is None
    await many(database, submit, 2)
    async with database.begin() as tx:
        assert await statistics.freeze_due(tx, DECEMBER_2026) is None
        assert await statistics.freeze_due(tx, JANUARY_2027) is None
        assert await statistics.freeze_due(tx, FEBRUARY_2027) == 2026
        assert await statistics.freeze_due(tx, FEBRUARY_2027 + 60) is None
        assert await statistics.years(tx) == [2026]


async def test_a_year_that_is_not_over_is_not_frozen(database: Database):
    async with database.begin() as tx:
        with pytest.raises(statistics.NotOver):
            await statistics.freeze(tx, 2026, DECEMBER_2026)


async def test_midnight_in_paris_parts_two_years(database: Database, submit):
    new_year = 1_798_758_000  # 2027-01-01 00:00 in Paris
    await many(database, submit, SMALLEST, new_year - 1)
    await many(database, submit, SMALLEST + 1, new_year)
    async with database.begin() as tx:
        assert (await statistics.freeze(tx, 2026, FEBRUARY_2027)).total == SMALLEST
        assert (await statistics.freeze(tx, 2027, FEBRUARY_2027 + 366 * 86400)).total == SMALLEST + 1


async def test_nothing_hidden_lies_in_the_database(database: Database, submit):
    """A thief of the database finds of a frozen year what everybody was shown; the referrals themselves go some day."""
    await many(database, submit, SMALLEST)
    await many(database, submit, 0)
    async with database.begin() as tx:
        await tx.execute(update(Referral).values(gender="woman"))
        figures = await statistics.freeze(tx, 2026, FEBRUARY_2027)
        stored = await statistics.frozen(tx, 2026)
    assert stored == figures
    assert replace(figures, frozen_at=0) != figures
    counts = [count for table in figures.one_way.values() for count in table.values()]
    assert all(count is None or count >= SMALLEST for count in counts)
