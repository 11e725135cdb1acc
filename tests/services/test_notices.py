"""Notices: whom to tell and when; once by many processes; tried again."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import delete, select

from services import audit, leaving, notices
from services.database import Database, open_database
from services.notices import KEPT_FAILED, LEASE_S, RETRY_S, URGENT_EVERY_S, Plan
from services.people import desk_settings
from services.people.desk_settings import Own
from services.referrals import acts, messages, referrals
from services.referrals.hours import ZONE
from services.referrals.targets import targets
from services.rights import Member
from services.tables.clock import Clock
from services.tables.desk import DeskSetting, Notice
from tests.services.queue_stage import refusal

PLAN = Plan(30 * 60, mail=True, webhook=False, targets=targets())


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp())


MONDAY = at("2026-11-23 10:00")
NIGHT = at("2026-11-23 23:00")
MORNING = at("2026-11-24 09:01")


@pytest.fixture
def asked(database: Database, submit):
    """Somebody asks for help, as a turn does it."""

    async def send(when: int, urgency: str = "normal") -> str:
        referral: str = await submit(at=when, urgency=urgency)
        async with database.begin() as tx:
            await audit.record(tx, when, "person", "submitted", referral)
        return referral

    return send


@pytest.fixture
async def reached(database: Database, people, keys) -> dict[str, Member]:
    """Claire wants mail at any hour, paul within working hours, nadia none; an auditor has no queue to work on."""
    await want(database, keys, people["claire"].member, address="claire@example.org", any_hour=True)
    await want(database, keys, people["paul"].member, address="paul@example.org")
    await want(database, keys, people["nadia"].member, languages=("ro",))
    await want(database, keys, people["olga"].member, address="olga@example.org")
    return {name: opened.member for name, opened in people.items()}


async def want(database: Database, keys, member: Member, **more) -> None:
    async with database.begin() as tx:
        await desk_settings.keep(tx, keys, member, Own(**more))


async def told(database: Database, keys, now: int, plan: Plan = PLAN) -> list[str]:
    """Who is told at a moment, all sent at once; "webhook" for that one."""
    async with database.read() as tx:
        due = await notices.due(tx, plan, now)
    async with database.begin() as tx:
        many = await notices.tell(tx, plan, now)
    assert due or not many
    found: list[str] = []
    while True:
        async with database.begin() as tx:
            delivery = await notices.take(tx, keys, now)
            if delivery is None:
                return sorted(found)
            await notices.sent(tx, delivery)
        found.append("webhook" if delivery.webhook else delivery.address.partition("@")[0])


async def test_within_working_hours_one_notice_an_interval(database, keys, reached, asked):
    assert await told(database, keys, MONDAY) == []
    await asked(MONDAY)
    await asked(MONDAY + 1)
    assert await told(database, keys, MONDAY + 2) == ["claire", "paul"]
    await asked(MONDAY + 60)
    assert await told(database, keys, MONDAY + 61) == []
    assert await told(database, keys, MONDAY + 2 + PLAN.every_s) == ["claire", "paul"]
    assert await told(database, keys, MONDAY + 3 * PLAN.every_s) == []


async def test_out_of_hours_only_what_cannot_wait_and_only_to_those_who_want_it(database, keys, reached, asked):
    await asked(NIGHT)
    assert await told(database, keys, NIGHT + 1) == []
    await asked(NIGHT + 2, "immediate")
    assert await told(database, keys, NIGHT + 3) == ["claire"]
    await asked(NIGHT + 4, "immediate")
    assert await told(database, keys, NIGHT + 5) == []
    assert await told(database, keys, NIGHT + 3 + URGENT_EVERY_S) == ["claire"]
    assert await told(database, keys, MORNING) == ["claire", "paul"]
    assert await told(database, keys, MORNING + PLAN.every_s) == []


DAILY = replace(PLAN, digest_hour=9)


async def test_once_a_working_day_it_is_told_again_that_something_still_waits(database, keys, reached, asked, people):
    referral = await asked(MONDAY)
    assert await told(database, keys, MONDAY + 1, DAILY) == ["claire", "paul"]
    assert await told(database, keys, MONDAY + 3 * PLAN.every_s, DAILY) == []
    assert await told(database, keys, MORNING, PLAN) == []
    assert await told(database, keys, MORNING, DAILY) == ["claire", "paul"]
    assert await told(database, keys, MORNING + 50 * 60, DAILY) == []
    assert await told(database, keys, at("2026-11-25 08:30"), DAILY) == []
    assert await told(database, keys, at("2026-11-25 10:05"), DAILY) == []
    assert await told(database, keys, at("2026-11-28 09:05"), DAILY) == []  # a Saturday
    assert await told(database, keys, at("2026-11-30 09:05"), replace(DAILY, webhook=True)) == [
        "claire",
        "paul",
        "webhook",
    ]
    async with database.begin() as tx:
        await acts.claim(tx, referral, people["claire"].member, at("2026-11-30 10:00"))
        await tx.execute(delete(Clock))
    assert await told(database, keys, at("2026-12-01 09:05"), DAILY) == []


async def test_a_request_of_the_night_and_the_days_reminder_are_one_notice(database, keys, reached, asked):
    await asked(NIGHT)
    assert await told(database, keys, MORNING, DAILY) == ["claire", "paul"]
    assert await told(database, keys, MORNING + 20, DAILY) == []


async def test_a_message_that_speaks_of_danger_is_told_at_once(database, keys, reached, asked):
    referral = await asked(MONDAY)
    assert await told(database, keys, MONDAY + 1) == ["claire", "paul"]
    async with database.begin() as tx:
        await audit.record(tx, NIGHT, "person", "wrote", referral)
    assert await told(database, keys, NIGHT + 1) == []
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "help", NIGHT + 2, urgent=True)
        await audit.record(tx, NIGHT + 2, "person", "wrote", referral, "danger")
    assert await told(database, keys, NIGHT + 3) == ["claire"]


async def test_what_was_taken_back_is_not_told(database, keys, reached, asked):
    referral = await asked(MONDAY)
    async with database.begin() as tx:
        await referrals.withdraw(tx, referral, MONDAY + 1)
    assert await told(database, keys, MONDAY + 2) == []


async def test_what_coordinators_do_is_not_told(database, keys, reached, asked, people):
    referral = await asked(MONDAY)
    assert await told(database, keys, MONDAY + 1)
    async with database.begin() as tx:
        await acts.claim(tx, referral, people["claire"].member, MONDAY + 2)
    assert await told(database, keys, MONDAY + PLAN.every_s + 2) == []


async def test_what_became_late_is_told_to_supervisors_once(database, keys, reached, asked):
    await want(database, keys, reached["nadia"], address="nadia@example.org")
    await asked(MONDAY)
    assert await told(database, keys, MONDAY + 1) == ["claire", "nadia", "paul"]
    tomorrow = MONDAY + 24 * 3600
    assert await told(database, keys, tomorrow - 1) == []
    assert await told(database, keys, tomorrow) == ["nadia"]
    assert await told(database, keys, tomorrow + 3600) == []


async def test_what_cannot_wait_and_is_late_at_night_is_told_at_night(database, keys, reached, asked):
    await asked(NIGHT, "immediate")
    assert await told(database, keys, NIGHT + 1) == ["claire"]
    assert await told(database, keys, NIGHT + 3599) == []
    assert await told(database, keys, NIGHT + 3600) == ["claire"]
    assert await told(database, keys, NIGHT + 2 * 3600) == []


async def test_the_webhook_is_told_as_well_and_where_nothing_is_set_nobody(database, keys, reached, asked):
    await asked(MONDAY)
    assert await told(database, keys, MONDAY, replace(PLAN, mail=False)) == []
    assert await told(database, keys, MONDAY, replace(PLAN, webhook=True)) == ["claire", "paul", "webhook"]


async def test_of_many_processes_one_tells_and_each_notice_is_sent_by_one(database, database_url, keys, reached, asked):
    await asked(MONDAY)
    others = [open_database(database_url) for _ in range(3)]

    async def tell(which: Database) -> int:
        async with which.begin() as tx:
            return await notices.tell(tx, PLAN, MONDAY)

    async def take(which: Database) -> str | None:
        async with which.begin() as tx:
            taken = await notices.take(tx, keys, MONDAY)
            return taken.address if taken else None

    everybody = [database, *others]
    assert sorted(await asyncio.gather(*(tell(one) for one in everybody * 3)))[-2:] == [0, 2]
    taken = [one for one in await asyncio.gather(*(take(one) for one in everybody * 3)) if one]
    assert sorted(taken) == ["claire@example.org", "paul@example.org"]
    for other in others:
        await other.close()


async def test_what_fails_is_tried_later_and_later_and_then_given_up(database, keys, reached, asked):
    await want(database, keys, reached["paul"])
    await asked(MONDAY)
    async with database.begin() as tx:
        await notices.tell(tx, PLAN, MONDAY)
    now, tried = MONDAY, 0
    for pause in (*RETRY_S, None):
        async with database.begin() as tx:
            delivery = await notices.take(tx, keys, now)
            assert delivery, "it was not tried again"
            tried += 1
            assert delivery.tries == tried
            await notices.failed(tx, delivery, now)
            assert await notices.take(tx, keys, now + (pause or 0) - 1) is None
            assert await notices.troubles(tx) == (RETRIED if pause else GIVEN_UP)
        now += pause or 0
    async with database.begin() as tx:
        assert (await notices.purge(tx, now + KEPT_FAILED - 1))["notices"] == 0
        assert (await notices.purge(tx, now + KEPT_FAILED))["notices"] == 1


RETRIED = {"retried": 1, "failed": 0}
GIVEN_UP = {"retried": 0, "failed": 1}


async def test_a_sender_that_died_leaves_its_notice_to_another(database, keys, reached, asked):
    await want(database, keys, reached["paul"])
    await asked(MONDAY)
    async with database.begin() as tx:
        await notices.tell(tx, PLAN, MONDAY)
        assert await notices.take(tx, keys, MONDAY)
        assert await notices.take(tx, keys, MONDAY + LEASE_S - 1) is None
        assert await notices.take(tx, keys, MONDAY + LEASE_S)


async def test_an_address_is_ciphertext_and_goes_with_who_leaves(database, keys, reached, people):
    async with database.begin() as tx:
        rows = list(await tx.execute(select(DeskSetting.__table__)))
        assert b"claire@example.org" not in b"".join(row.address_box or b"" for row in rows)
        assert (await desk_settings.own(tx, keys, reached["claire"].id)).address == "claire@example.org"
        swapped = next(row.address_box for row in rows if row.coordinator_id == reached["paul"].id)
        assert desk_settings.opened(keys, reached["claire"].id, swapped) == ""
        await leaving.remove(tx, reached["nadia"], reached["paul"].id, MONDAY)
        assert await desk_settings.purge(tx) == {"desk_settings": 1}
        assert reached["paul"].id not in await desk_settings.spoken(tx)


async def test_who_wants_no_mail_any_more_gets_none_that_was_on_its_way(database, keys, reached, asked):
    await asked(MONDAY)
    async with database.begin() as tx:
        await notices.tell(tx, PLAN, MONDAY)
    for name in ("claire", "paul"):
        await want(database, keys, reached[name], languages=("fr",))
    async with database.begin() as tx:
        assert not list(await tx.execute(select(Notice.id)))


@pytest.mark.parametrize(
    "wrong",
    [
        Own(address="claire"),
        Own(address="claire@example"),
        Own(address="claire@example.org\r\nBcc: x@example.org"),
        Own(address="a@example.org, b@example.org"),
        Own(address=f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.example.org"),
        Own(languages=("xx",)),
    ],
)
async def test_what_is_no_address_and_no_language_is_refused(database, keys, people, wrong):
    async with database.begin() as tx:
        why = await refusal(desk_settings.keep(tx, keys, people["claire"].member, wrong))
    assert why == ("missing" if wrong.languages else "bad_address")
