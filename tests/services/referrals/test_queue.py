"""The queue as it is read: its order, its parts, its numbers."""

from dialogs.commands import NO_SHELTER
from services.referrals import acts, messages, queue, referrals
from tests.services.queue_stage import NOW, claim, decide, now


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
    assert (counts["acknowledged"], counts["immediate"], counts["claimed"]) == (7, 4, 0)
    assert (counts["waiting"], counts["held"], counts["ended"]) == (7, 0, 0)


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
    second = await submit(at=NOW + 1, referrer="self", age_group="unknown", safe_until=NO_SHELTER)
    gone = await submit(at=NOW, urgency="immediate")
    async with database.begin() as tx:
        await referrals.withdraw(tx, gone, NOW)
    async with database.read() as tx:
        rows = await queue.triage_rows(tx)
    assert rows[0] == {
        "id": first,
        "created": "2027-01-15T08:00:00Z",
        "state": "acknowledged",
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
    assert [row["safe_until"] for row in rows[1:]] == ["none", None]
    assert [(row["id"], row["sealed"], row["state"]) for row in rows[1:]] == [
        (second, False, "acknowledged"),
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


async def test_a_message_is_new_until_it_is_opened(database, people, submit):
    referral = await submit(referrer="self")
    await claim(database, referral, people["claire"])
    async with database.begin() as tx:
        await messages.post_from_coordination(tx, referral, "we are here", NOW + 1)
        await messages.post_from_holder(tx, referral, "person", "any news?", NOW + 2)
    told = await now(database, referral)
    assert (told.unread, told.heard_at) == (1, NOW + 2)
    async with database.begin() as tx:
        await acts.open_sealed(tx, referral, people["claire"], NOW + 3)
    assert (await now(database, referral)).unread == 0


async def test_what_is_put_back_in_the_middle_of_its_work_waits_with_the_others(database, people, submit):
    first, second = await submit(at=NOW, referrer="self"), await submit(at=NOW + 1)
    claire = people["claire"]
    for to in ("evaluation", "searching"):
        if to == "evaluation":
            await claim(database, first, claire)
        await decide(database, first, claire, to)
    seen = (await now(database, first)).revision
    async with database.begin() as tx:
        assert [row.id for row in (await queue.page(tx, "held", 0, minors=False)).rows] == [first]
        await acts.release(tx, first, claire.member, seen, NOW + 200)
        assert [row.id for row in (await queue.page(tx, "waiting", 0, minors=False)).rows] == [first, second]
        counts = await queue.counts(tx)
    assert (counts["waiting"], counts["held"], counts["searching"]) == (2, 0, 1)
    await claim(database, first, people["paul"])
    again = await now(database, first)
    assert (again.state, again.claimant) == ("searching", "paul")
