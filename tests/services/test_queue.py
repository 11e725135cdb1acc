"""The queue: its order, one claim for each request, and what each state allows."""

import asyncio

import pytest
from sqlalchemy import update

from services import audit, messages, queue, referrals, retention
from services.database import Database, open_database
from services.queue import Decision
from services.retention import DAY
from services.rights import Opened, Refused
from services.tables import Referral
from tests.services.queue_stage import NOW, claim, decide, decide_at, now, refusal

# The order


async def test_urgency_then_the_end_of_the_roof_then_the_wait(database, people, submit):
    wanted = [
        await submit(at=NOW + 9, urgency="immediate", safe_until="2027-01-15"),
        await submit(at=NOW + 8, urgency="immediate", safe_until="2027-01-20"),
        await submit(at=NOW + 1, urgency="immediate"),
        await submit(at=NOW + 2, urgency="immediate"),
        await submit(at=NOW + 7, urgency="soon", safe_until="2027-01-14"),
        await submit(at=NOW + 0, urgency="soon"),
        await submit(at=NOW + 3, urgency="normal"),
    ]
    async with database.read() as tx:
        assert [row.id for row in (await queue.page(tx, "waiting", 0, minors=False)).rows] == wanted
        counts = await queue.counts(tx)
    assert (counts["received"], counts["immediate"], counts["claimed"]) == (7, 4, 0)


async def test_what_the_command_line_prints_is_clear_triage_and_nothing_else(database, people, submit):
    first = await submit(
        note="a note",
        urgency="soon",
        department="06",
        avoid=("13", "2A"),
        languages=("ro", "fr"),
        forms=("labour",),
        needs=("mobility",),
        safe_until="2027-01-20",
    )
    second = await submit(at=NOW + 1, referrer="self", age_group="unknown")
    gone = await submit(at=NOW, urgency="immediate")
    async with database.begin() as tx:
        await referrals.withdraw(tx, gone, NOW)
    async with database.read() as tx:
        rows = await queue.triage_rows(tx)
    assert rows[0] == {
        "id": first,
        "created": "2027-01-15T08:00:00Z",
        "state": "received",
        "urgency": "soon",
        "age_group": "adult",
        "department": "06",
        "avoid": ["13", "2A"],
        "languages": ["ro", "fr"],
        "forms": ["labour"],
        "needs": ["mobility"],
        "safe_until": "2027-01-20",
        "referrer": "professional",
        "sealed": True,
    }
    assert [(row["id"], row["sealed"], row["state"]) for row in rows[1:]] == [
        (second, False, "received"),
        (gone, False, "withdrawn"),
    ]


async def test_what_ended_last_comes_first(database, people, submit):
    sent = [await submit() for _ in range(3)]
    for later, referral in enumerate((sent[1], sent[2], sent[0])):
        async with database.begin() as tx:
            await referrals.withdraw(tx, referral, NOW + later)
    async with database.read() as tx:
        ended = await queue.page(tx, "ended", 0, minors=False)
        assert [row.id for row in ended.rows] == [sent[0], sent[2], sent[1]]
        assert not (await queue.page(tx, "waiting", 0, minors=False)).rows


async def test_a_long_queue_is_read_a_hundred_at_a_time_and_a_child_is_never_behind_the_adults(
    database, people, submit, monkeypatch
):
    monkeypatch.setattr(queue, "PAGE", 2)
    sent = [await submit(at=NOW + place) for place in range(5)]
    child = await submit(at=NOW + 9, age_group="minor")
    pages = []
    async with database.read() as tx:
        for number in range(4):
            pages.append(await queue.page(tx, "waiting", number, minors=False))
        children = await queue.page(tx, "waiting", 0, minors=True)
    assert [[row.id for row in page.rows] for page in pages] == [sent[:2], sent[2:4], sent[4:], []]
    assert [page.more for page in pages] == [True, True, False, False]
    assert ([row.id for row in children.rows], children.more) == ([child], False)


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
        await queue.release(tx, referral, people["claire"].member, old, NOW)
    await claim(database, referral, people["paul"])
    assert (await now(database, referral)).claimant == "paul"
    async with database.begin() as tx:
        assert await refusal(queue.release(tx, referral, people["claire"].member, old, NOW)) == "not_yours"


async def test_who_may_claim(database, people, submit):
    referral = await submit()
    assert await refusal(claim(database, referral, people["olga"])) == "not_allowed"
    assert await refusal(claim(database, referral, people["emil"])) == "not_allowed"
    assert await refusal(claim(database, "R-NONE-NONE", people["claire"])) == "missing"
    assert await refusal(claim(database, "'; DROP TABLE referrals --", people["claire"])) == "missing"


# States


async def in_state(database: Database, referral: str, state: str, holder: Opened) -> None:
    held = {} if state == "received" else {"claimed_by": holder.member.id, "claimed_at": NOW}
    async with database.begin() as tx:
        await tx.execute(update(Referral).where(Referral.id == referral).values(state=state, **held))


@pytest.mark.parametrize("state", queue.STATES)
@pytest.mark.parametrize("to", [*queue.STATES, "", "nonsense"])
async def test_only_the_tables_moves_are_made(database, people, submit, state, to):
    referral = await submit()
    await in_state(database, referral, state, people["nadia"])
    told = {"reason": "no_place", "alternative": "siao"} if to == "declined" else {}
    move = decide(database, referral, people["nadia"], to, **told)
    if to in queue.SETTABLE and to in queue.NEXT[state]:
        await move
        assert (await now(database, referral)).state == to
    else:
        assert await refusal(move) == "not_possible"
        assert (await now(database, referral)).state == state


async def test_claim_and_release_only_where_the_table_says(database, people, submit):
    for state in queue.STATES:
        referral = await submit()
        await in_state(database, referral, state, people["nadia"])
        if state != "received":
            assert await refusal(claim(database, referral, people["claire"])) == "taken"
        revision = (await now(database, referral)).revision
        async with database.begin() as tx:
            release = queue.release(tx, referral, people["nadia"].member, revision, NOW)
            if state in ("claimed", "accepted"):
                await release
            else:
                assert await refusal(release) == "not_possible"


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
    move = decide(database, referral, people[who], "accepted")
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
        assert await refusal(decide(database, referral, people["claire"], "accepted", **told)) == "not_declined"


async def test_what_was_accepted_can_go_back_or_be_declined(database, people, submit):
    for to, told in (("received", {}), ("declined", {"reason": "no_place", "alternative": "siao"})):
        referral = await submit()
        await claim(database, referral, people["claire"])
        await decide(database, referral, people["claire"], "accepted")
        if to == "declined":
            await decide(database, referral, people["nadia"], to, **told)
        else:
            seen = (await now(database, referral)).revision
            async with database.begin() as tx:
                await queue.release(tx, referral, people["nadia"].member, seen, NOW)
        assert (await now(database, referral)).state == to


async def test_a_message_is_new_until_it_is_opened(database, people, submit):
    referral = await submit(referrer="self")
    await claim(database, referral, people["claire"])
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "we are here", NOW + 1)
        await messages.post_from_holder(tx, referral, "person", "any news?", NOW + 2)
    told = await now(database, referral)
    assert (told.unread, told.heard_at) == (1, NOW + 2)
    async with database.begin() as tx:
        await queue.open_sealed(tx, referral, people["claire"], NOW + 3)
    assert (await now(database, referral)).unread == 0


async def test_an_unknown_age_is_checked_before_a_place(database, people, submit):
    referral = await submit(age_group="unknown")
    await claim(database, referral, people["claire"])
    assert await refusal(decide(database, referral, people["claire"], "accepted")) == "age_unchecked"
    await decide(database, referral, people["claire"], "accepted", adult_checked=True)


async def test_a_minors_liaison_is_taken_up_and_never_accepted_for_a_place(database, people, submit):
    referral = await submit(age_group="minor")
    await claim(database, referral, people["claire"])
    await decide(database, referral, people["claire"], "accepted")
    assert (await now(database, referral)).liaison
    async with database.read() as tx:
        assert (await audit.of_referral(tx, referral))[-1].detail == "liaison"


async def test_of_two_who_decide_on_what_they_saw_the_second_is_told(database, people, submit):
    referral = await submit()
    await claim(database, referral, people["claire"])
    seen = (await now(database, referral)).revision

    async def settle(who: Opened, decision: Decision) -> None:
        async with database.begin() as tx:
            await queue.set_state(tx, referral, who.member, decision, seen, NOW)

    declined = Decision("declined", "no_place", "siao")
    outcomes = await asyncio.gather(
        settle(people["claire"], Decision("accepted")), settle(people["nadia"], declined), return_exceptions=True
    )
    assert [getattr(outcome, "why", None) for outcome in outcomes].count("changed") == 1
