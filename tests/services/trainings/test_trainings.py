"""The agenda: announced, changed, called off, by those who may; and what cannot be announced."""

from dataclasses import replace

import pytest

from dialogs.agenda import TrainingDay
from services import audit
from services.trainings import trainings
from tests.services.queue_stage import NOW, refusal
from tests.services.training_stage import PLAN, announce, now, sign_up

MARCH_11_AT_9 = 1_804_752_000  # 08:00 UTC


async def test_what_is_announced_is_read_as_it_was_written(database, people):
    name = await announce(database, people["claire"])
    training = await now(database, name)
    assert (training.days, training.town, training.department, training.seats) == (PLAN.days, "Nice", "06", 2)
    assert (training.modules, training.own_modules, training.audience) == (
        PLAN.modules,
        PLAN.own_modules,
        PLAN.audience,
    )
    assert (training.begins_at, training.state, training.signed_up) == (MARCH_11_AT_9, "open", 0)
    async with database.read() as tx:
        assert await trainings.known(tx, NOW) == (training,)
        assert await trainings.past(tx, NOW) == ()
        (record, *_) = await audit.records(tx)
    assert (record.action, record.detail) == ("planned", f"training:{name}")


async def test_only_the_coordination_fills_the_agenda(database, people):
    name = await announce(database, people["claire"])
    for who in ("olga", "emil"):
        member = people[who].member
        async with database.begin() as tx:
            assert await refusal(trainings.plan(tx, member, PLAN, NOW)) == "not_allowed"
            assert await refusal(trainings.change(tx, member, name, PLAN, 1, NOW)) == "not_allowed"
            assert await refusal(trainings.set_state(tx, member, name, "closed", 1, NOW)) == "not_allowed"


async def test_of_two_who_change_at_once_the_second_reads_again(database, people):
    name = await announce(database, people["claire"])
    async with database.begin() as tx:
        await trainings.change(tx, people["claire"].member, name, replace(PLAN, town="Lyon", department="69"), 1, NOW)
    async with database.begin() as tx:
        change = trainings.change(tx, people["paul"].member, name, replace(PLAN, town="Paris"), 1, NOW)
        assert await refusal(change) == "changed"
    assert (await now(database, name)).town == "Lyon"


async def test_nobody_loses_a_seat_by_a_change(database, people):
    name = await announce(database, people["claire"], seats=3)
    for _ in range(2):
        await sign_up(database, name)
    member = people["claire"].member
    async with database.begin() as tx:
        fewer = trainings.change(tx, member, name, replace(PLAN, seats=1), 1, NOW)
        assert await refusal(fewer) == "seats_taken"
        await trainings.change(tx, member, name, replace(PLAN, seats=2), 1, NOW)


async def test_what_is_cancelled_stays_cancelled(database, people):
    name, member = await announce(database, people["claire"]), people["claire"].member
    async with database.begin() as tx:
        await trainings.set_state(tx, member, name, "closed", 1, NOW)
        await trainings.set_state(tx, member, name, "open", 1, NOW)
        await trainings.set_state(tx, member, name, "cancelled", 1, NOW)
    assert (await now(database, name)).revision == 2
    async with database.begin() as tx:
        assert await refusal(trainings.set_state(tx, member, name, "open", 2, NOW)) == "not_possible"
        assert await refusal(trainings.set_state(tx, member, "t0", "open", 2, NOW)) == "missing"


FAULTY = {
    "days": (
        (),
        (TrainingDay("2027-02-30", "09:00", "17:00"),),
        (TrainingDay("2027-03-11", "17:00", "09:00"),),
        (TrainingDay("2027-03-11", "9", "x"),),
        (TrainingDay("9999-12-31", "09:00", "17:00"),),
        (PLAN.days[1], PLAN.days[0]),
        (PLAN.days[0], PLAN.days[0]),
    ),
    "town": ("", "x" * 61),
    "department": ("", "6", "20", "96", "999", "977"),
    "seats": (0, -1, 101),
    "own_modules": (("x" * 121,), ("x",) * 11),
    "audience": (("nobody",),),
    "language": ("xx",),
    "remark": ("x" * 301,),
}


@pytest.mark.parametrize(("field", "value"), [(name, value) for name, values in FAULTY.items() for value in values])
async def test_what_cannot_be_announced(database, people, field, value):
    wrong = replace(PLAN, **{field: value})
    assert trainings.faults(wrong) == (field,)
    async with database.begin() as tx:
        assert await refusal(trainings.plan(tx, people["claire"].member, wrong, NOW)) == "bad_training"


def test_every_department_and_a_plan_without_fault():
    for code in ("01", "06", "2A", "2B", "19", "21", "95", "971", "974", "976", "978"):
        assert trainings.faults(replace(PLAN, department=code)) == ()
    assert trainings.faults(replace(PLAN, modules=(), own_modules=())) == ("modules",)
