"""Sign-ups: first come, first served; sealed; moved up by themselves; forgotten in time."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update

from services import audit
from services.database import open_database, upgrade
from services.referrals import claims
from services.referrals.claims import OpenSignUp, prepare
from services.retention import DAY, purge
from services.rights import Opened
from services.tables.training import SignUp, SignUpKey
from services.trainings import sign_ups, trainings
from services.trainings.sign_ups import NotTaken
from tests.services.queue_stage import NOW, coordinator, crew, refusal
from tests.services.training_stage import CONTACT, PLAN, announce, now, receipt, sign_up, standings

SEAT, FIRST, SECOND = ("seat", 0), ("waiting", 1), ("waiting", 2)


async def test_the_first_have_the_seats_and_who_cancels_lets_the_next_one_move_up(database, people):
    training = await announce(database, people["claire"], seats=2)
    first, *_ = [await sign_up(database, training) for _ in range(4)]
    assert await standings(database, training) == [SEAT, SEAT, FIRST, SECOND]
    async with database.begin() as tx:
        assert await sign_ups.cancel(tx, first)
        assert not await sign_ups.cancel(tx, first)
    assert await standings(database, training) == [("cancelled", 0), SEAT, SEAT, FIRST]
    assert (await now(database, training)).signed_up == 3


async def test_what_a_receipt_reads_of_a_training_that_was_changed(database, people):
    training = await announce(database, people["claire"], seats=1)
    mine, next_one = await sign_up(database, training), await sign_up(database, training)
    async with database.begin() as tx:
        await sign_ups.mark(tx, people["claire"].member, training, mine, "confirmed", NOW)
        await trainings.change(tx, people["claire"].member, training, replace(PLAN, seats=1, town="Lyon"), 1, NOW)
    async with database.read() as tx:
        standing, waiting = await sign_ups.standing(tx, mine), await sign_ups.standing(tx, next_one)
        unknown = await sign_ups.standing(tx, "s0")
    assert (standing.training, standing.state, standing.position, standing.changed) == (training, "confirmed", 0, True)
    assert (waiting.state, waiting.position) == ("waiting", 1)
    assert unknown.training == ""


async def test_the_receipt_opens_its_sign_up_and_no_other(database, people, keys, speaker):
    training = await announce(database, people["claire"])
    derived = await prepare(keys)
    mine = await sign_up(database, training, derived=derived)
    async with database.begin() as tx:
        assert await claims.known(tx, keys, derived.code)
        assert await claims.open_receipt(tx, speaker, derived, NOW) == OpenSignUp(mine)
        forged = replace(derived, verifier=bytes(32))
        assert await claims.open_receipt(tx, speaker, forged, NOW) == "unknown"


async def test_wrong_receipts_of_both_kinds_share_one_limit(database, people, speaker):
    training = await announce(database, people["claire"])
    await sign_up(database, training)
    async with database.begin() as tx:
        told = [await claims.open_receipt(tx, speaker, receipt(), NOW) for _ in range(6)]
    assert told == ["unknown"] * 5 + ["wait"]


async def test_the_contact_is_sealed_to_the_coordination_and_every_opening_is_recorded(database, people):
    training = await announce(database, people["claire"])
    mine = await sign_up(database, training)
    async with database.read() as tx:
        dump = [
            row for table in ("sign_ups", "sign_up_keys") for row in await tx.execute(text(f"SELECT * FROM {table}"))
        ]
    assert CONTACT not in str(dump)
    assert CONTACT.encode() not in b"".join(part for row in dump for part in row if isinstance(part, bytes))
    async with database.begin() as tx:
        assert await sign_ups.open_contacts(tx, training, people["claire"], NOW) == {mine: CONTACT}
    async with database.begin() as tx:
        assert await refusal(sign_ups.open_contacts(tx, training, people["olga"], NOW)) == "not_allowed"
        without = Opened(people["paul"].member)
        assert await refusal(sign_ups.open_contacts(tx, training, without, NOW)) == "no_access"
        (record, *_) = await audit.records(tx)
    assert (record.action, record.actor, record.detail) == (
        "contacts_opened", str(people["claire"].member.id), f"training:{training}",
    )  # fmt: skip


async def test_a_contact_moved_to_another_sign_up_does_not_open(database, people):
    training = await announce(database, people["claire"])
    first, second = await sign_up(database, training), await sign_up(database, training)
    async with database.begin() as tx:
        moved = select(SignUp.contact).where(SignUp.id == first).scalar_subquery()
        await tx.execute(update(SignUp).where(SignUp.id == second).values(contact=moved))
        assert await refusal(sign_ups.open_contacts(tx, training, people["claire"], NOW)) == "no_access"


@pytest.mark.parametrize("end", ["cancel", "removed"])
async def test_who_is_off_the_list_leaves_no_contact_behind(database, people, end):
    training = await announce(database, people["claire"])
    mine = await sign_up(database, training)
    async with database.begin() as tx:
        if end == "cancel":
            await sign_ups.cancel(tx, mine)
        else:
            await sign_ups.mark(tx, people["claire"].member, training, mine, end, NOW)
    async with database.begin() as tx:
        assert await sign_ups.open_contacts(tx, training, people["claire"], NOW) == {}
        assert await tx.scalar(select(func.count()).select_from(SignUpKey)) == 0
        assert await tx.scalar(select(SignUp.contact)) is None


async def test_nobody_signs_up_for_what_is_closed_full_begun_or_read_by_nobody(database, people):
    training, member = await announce(database, people["claire"], seats=1), people["claire"].member
    begins = (await now(database, training)).begins_at
    with pytest.raises(NotTaken):
        await sign_up(database, training, at=begins)
    with pytest.raises(NotTaken):
        await sign_up(database, "t0")
    for _ in range(51):
        await sign_up(database, training)
    with pytest.raises(NotTaken):
        await sign_up(database, training)
    async with database.begin() as tx:
        await trainings.set_state(tx, member, training, "closed", 1, NOW)
    with pytest.raises(NotTaken):
        await sign_up(database, training)


async def test_before_there_is_a_coordination_nobody_can_sign_up(database):
    async with database.begin() as tx:
        alone = await coordinator(tx, "alone", "coordinator")
    training = await announce(database, alone)
    with pytest.raises(NotTaken):
        await sign_up(database, training)


async def test_who_came_is_noted_once_it_has_begun_and_only_for_a_seat(database, people):
    training, member = await announce(database, people["claire"], seats=1), people["claire"].member
    seat, waiting = await sign_up(database, training), await sign_up(database, training)
    begins = (await now(database, training)).begins_at

    async def marked(name, to, at):
        async with database.begin() as tx:
            await sign_ups.mark(tx, member, training, name, to, at)

    assert await refusal(marked(seat, "attended", NOW)) == "not_possible"
    assert await refusal(marked(waiting, "confirmed", NOW)) == "not_possible"
    assert await refusal(marked(seat, "waiting", NOW)) == "not_possible"
    assert await refusal(marked("s0", "confirmed", NOW)) == "missing"
    await marked(seat, "confirmed", NOW)
    await marked(seat, "attended", begins)
    await marked(waiting, "removed", begins)
    assert await refusal(marked(waiting, "removed", begins)) == "not_possible"
    assert await standings(database, training) == [("attended", 0), ("removed", 0)]


async def test_contacts_are_forgotten_two_weeks_after_and_sign_ups_after_three_months(database, people):
    training = await announce(database, people["claire"])
    await sign_up(database, training)
    ends = (await now(database, training)).ends_at
    gone = []
    for at in (ends + 14 * DAY - 1, ends + 14 * DAY, ends + 14 * DAY, ends + 90 * DAY):
        async with database.begin() as tx:
            counts = await purge(tx, at)
            gone.append((counts["sign_up_contacts"], counts["sign_ups"]))
    assert gone == [(0, 0), (1, 0), (0, 0), (0, 1)]
    assert (await now(database, training)).town == "Nice"


async def test_thirty_at_once_on_three_hosts_take_twenty_five_seats(database_url, database, people):
    """Each host has connections of its own; nobody waits for more than the training's row."""
    training = await announce(database, people["claire"], seats=25)
    hosts = [open_database(database_url) for _ in range(3)]
    await asyncio.gather(*(sign_up_at(hosts[number % 3], training, number) for number in range(30)))
    for host in hosts:
        await host.close()
    assert await standings(database, training) == [SEAT] * 25 + [("waiting", place) for place in range(1, 6)]
    async with database.begin() as tx:
        opened = await sign_ups.open_contacts(tx, training, people["claire"], NOW)
    assert sorted(opened.values()) == sorted(f"poste{number}@service.example" for number in range(30))


async def sign_up_at(host, training, number):
    async with host.begin() as tx:
        contact = f"poste{number}@service.example"
        await sign_ups.add(tx, training, "social", contact, receipt(), at=NOW, language="fr")


ACTS = st.lists(
    st.tuples(st.sampled_from(["sign_up", "sign_up", "cancel", "remove", "more", "fewer"]), st.integers(0, 30)),
    max_size=25,
)


@settings(max_examples=40)
@given(acts=ACTS, seats=st.integers(1, 4))
def test_whatever_happens_order_holds_and_a_seat_is_kept(acts, seats):
    asyncio.run(_whatever_happens(acts, seats))


async def _whatever_happens(acts, seats):
    database = open_database("sqlite://")
    await upgrade(database)
    claire = (await crew(database))["claire"]
    training = await announce(database, claire, seats=seats)
    held: set[str] = set()
    for act, number in acts:
        gone = await _done(database, claire, training, act, number)
        async with database.read() as tx:
            listed = await sign_ups.listed(tx, training)
        seats = (await now(database, training)).seats
        standing = [one for one in listed if one.state in ("seat", "waiting")]
        assert [one.state for one in standing] == ["seat"] * min(seats, len(standing)) + ["waiting"] * max(
            0, len(standing) - seats
        )
        assert [one.position for one in standing if one.position] == list(range(1, len(standing) - seats + 1))
        seated = {one.id for one in standing if one.state == "seat"}
        assert held - {gone} <= seated
        held = seated
    await database.close()


async def _done(database, claire, training, act, number):
    async with database.read() as tx:
        standing = [one for one in await sign_ups.listed(tx, training) if one.state in ("seat", "waiting")]
    mine = standing[number % len(standing)].id if standing else "s0"
    announced = await now(database, training)
    async with database.begin() as tx:
        match act:
            case "cancel":
                await sign_ups.cancel(tx, mine)
            case "remove" if standing:
                await sign_ups.mark(tx, claire.member, training, mine, "removed", NOW)
            case "more" | "fewer":
                seats = max(1, announced.seats + (1 if act == "more" else -1))
                if seats >= min(announced.seats, announced.signed_up):
                    await trainings.change(
                        tx, claire.member, training, replace(PLAN, seats=seats), announced.revision, NOW
                    )
    if act == "sign_up":
        await sign_up(database, training)
    return mine
