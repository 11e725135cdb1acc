"""The work on a referral: notes that no receipt shows, handing over, the call back, a child found, one person twice."""

import asyncio

import pytest
from sqlalchemy import func, select, update

from dialogs.events import Holder
from services import audit
from services.database import Database
from services.referrals import acts, claims, duplicates, messages, notes, queue, referrals, safe_words, steps, work
from services.rights import Opened
from services.sealing import Unreadable, new_key_pair
from services.tables import Referral
from services.tables.life import Note, SafeWord
from tests.services.queue_stage import NOW, PAIR, claim, decide, now, refusal


async def done(database: Database, referral: str, act, who, *more) -> None:
    """An act with what is seen now."""
    revision = (await now(database, referral)).revision
    async with database.begin() as tx:
        await act(tx, referral, who, *more, revision, NOW + 300)


async def last(database: Database, referral: str) -> tuple[str, str]:
    async with database.read() as tx:
        record = (await audit.of_referral(tx, referral))[-1]
    return record.action, record.detail


async def test_a_note_is_read_by_who_holds_it_next_and_never_by_a_receipt(database, people, submit, receipts):
    referral, claire, paul = await submit(), people["claire"], people["paul"]
    await claim(database, referral, claire)
    await done(database, referral, work.note, claire, "  she prefers mornings  ")
    await done(database, referral, work.hand_over, claire.member, paul.member.id, "language")
    async with database.begin() as tx:
        opened = await acts.open_sealed(tx, referral, paul, NOW, "call")
        assert [(one.by, one.text) for one in opened.notes] == [("claire", "she prefers mornings")]
        assert await notes.count(tx, referral) == 1
        for holder, receipt in zip(claims.holders("professional"), receipts, strict=True):
            seen = claims.OpenReceipt(referral, holder, "claimed", False, receipt.keys)
            assert await messages.read_for_receipt(tx, seen) == ()
        with pytest.raises(Unreadable):
            await notes.read(tx, referral, new_key_pair().private)
        assert await refusal(acts.open_sealed(tx, referral, paul, NOW, "curiosity")) == "purpose_needed"
    assert await last(database, referral) == ("opened", "call")


async def test_a_note_cannot_be_moved_to_another_referral(database, people, submit):
    one, other = await submit(), await submit()
    await claim(database, one, people["claire"])
    await done(database, one, work.note, people["claire"], "of the one")
    async with database.begin() as tx:
        await tx.execute(update(Note).values(referral_id=other))
        with pytest.raises(Unreadable):
            await notes.read(tx, other, PAIR.private)


async def test_who_may_note_and_what(database, people, submit):
    referral, claire = await submit(), people["claire"]
    assert await refusal(done(database, referral, work.note, claire, "x")) == "not_yours"
    await claim(database, referral, claire)
    assert await refusal(done(database, referral, work.note, people["nadia"], "x")) == "not_yours"
    assert await refusal(done(database, referral, work.note, Opened(claire.member), "x")) == "no_access"
    for text, why in (("  ", "empty"), ("x" * 4001, "too_long")):
        assert await refusal(done(database, referral, work.note, claire, text)) == why


async def test_a_referral_is_handed_to_one_who_can_work_on_it_with_a_reason(database, people, submit):
    referral, claire, paul = await submit(referrer="self"), people["claire"].member, people["paul"].member
    await claim(database, referral, people["claire"])
    await decide(database, referral, people["claire"], "evaluation")
    for to, reason, why in (
        (paul.id, "", "why_needed"),
        (paul.id, "boredom", "why_needed"),
        (people["olga"].member.id, "load", "missing"),
        (4242, "load", "missing"),
        (claire.id, "load", "not_possible"),
        (None, "", "why_needed"),
    ):
        assert await refusal(done(database, referral, work.hand_over, claire, to, reason)) == why
    assert await refusal(done(database, referral, work.hand_over, paul, paul.id, "load")) == "not_yours"
    await done(database, referral, work.hand_over, claire, paul.id, "end_of_shift")
    handed = await now(database, referral)
    assert (handed.state, handed.claimant) == ("evaluation", "paul")
    assert await last(database, referral) == ("handed_on", f"coordinator:{paul.id}:end_of_shift")
    await done(database, referral, work.hand_over, people["nadia"].member, None, "absence")
    assert ((await now(database, referral)).state, (await now(database, referral)).claimed_by) == ("evaluation", None)
    assert await last(database, referral) == ("released", "absence")


async def test_of_two_who_hand_it_over_at_once_one_is_told_to_look_again(database, people, submit):
    referral, claire = await submit(), people["claire"].member
    await claim(database, referral, people["claire"])
    to = (people["paul"].member.id, people["nadia"].member.id)
    seen = (await now(database, referral)).revision

    async def give(receiver: int) -> None:
        async with database.begin() as tx:
            await work.hand_over(tx, referral, claire, receiver, "load", seen, NOW)

    outcomes = await asyncio.gather(*(give(receiver) for receiver in to), return_exceptions=True)
    told = sorted(getattr(outcome, "why", "done") for outcome in outcomes)
    assert told in (["changed", "done"], ["done", "not_yours"])


async def test_no_place_is_looked_for_before_the_professional_was_called_back(database, people, submit):
    referral, claire = await submit(), people["claire"]
    await claim(database, referral, claire)
    await decide(database, referral, claire, "evaluation")
    assert await refusal(decide(database, referral, claire, "searching")) == "call_unchecked"
    await done(database, referral, work.check_call, claire.member)
    assert await last(database, referral) == ("call_checked", "")
    await decide(database, referral, claire, "searching")
    own = await submit(referrer="self")
    await claim(database, own, claire)
    assert await refusal(done(database, own, work.check_call, claire.member)) == "not_possible"


@pytest.mark.parametrize("state", ["claimed", "evaluation", "searching", "place_offered", "agreed", "arrived"])
async def test_who_is_found_to_be_under_18_gets_a_minors_life(database, people, submit, state):
    referral, claire = await submit(referrer="self", age_group="unknown"), people["claire"]
    await claim(database, referral, claire)
    async with database.begin() as tx:
        await tx.execute(update(Referral).values(state=state))
    act = done(database, referral, work.found_minor, claire.member)
    if state == "arrived":
        assert await refusal(act) == "not_possible"
        return
    await act
    child = await now(database, referral)
    assert (child.state, child.liaison, child.age_group) == ("claimed", True, "minor")
    assert await refusal(decide(database, referral, claire, "evaluation")) == "not_possible"
    assert await refusal(done(database, referral, work.found_minor, claire.member)) == "not_possible"


async def test_two_of_one_person_are_linked_count_once_and_can_be_parted(database, people, submit):
    alike = {"department": "69", "languages": ("ro",), "forms": ("labour",)}
    first = await submit(at=NOW - 3600, **alike)
    second, third = await submit(at=NOW, **alike), await submit(at=NOW + 60, **alike)
    other = await submit(at=NOW, department="75", languages=("ro",), forms=("labour",))
    claire = people["claire"]
    async with database.read() as tx:
        found = await duplicates.alike(tx, await queue.one(tx, third))
    assert {one.id for one in found} >= {first, second}
    await claim(database, third, claire)
    assert await refusal(done(database, third, work.link, claire.member, other)) == "not_possible"
    await done(database, third, work.link, claire.member, second)
    await claim(database, second, claire)
    await done(database, second, work.link, claire.member, first)
    assert [(await now(database, one)).same_as for one in (second, third)] == [first, first]
    async with database.read() as tx:
        counts = await queue.counts(tx)
    assert (counts["waiting"], counts["held"]) == (2, 0)
    await done(database, third, work.unlink, claire.member)
    async with database.read() as tx:
        assert (await queue.counts(tx))["held"] == 1
    assert await refusal(done(database, third, work.unlink, claire.member)) == "not_possible"


async def test_two_that_came_in_one_second_are_never_linked_to_each_other(database, people, submit):
    alike = {"department": "69", "languages": ("ro",), "forms": ("labour",)}
    one, other = sorted([await submit(at=NOW, **alike), await submit(at=NOW, **alike)])
    claire = people["claire"]
    for referral in (one, other):
        await claim(database, referral, claire)
    assert await refusal(done(database, one, work.link, claire.member, other)) == "not_possible"
    await done(database, other, work.link, claire.member, one)


async def test_links_made_at_once_lead_to_one(database, people, submit):
    alike = {"department": "69", "languages": ("ro",), "forms": ("labour",)}
    first, second, third = [await submit(at=NOW + late, **alike) for late in (0, 60, 120)]
    claire = people["claire"].member
    for referral in (second, third):
        await claim(database, referral, people["claire"])
    ways = (done(database, third, work.link, claire, second), done(database, second, work.link, claire, first))
    await asyncio.gather(*ways)
    assert [(await now(database, one)).same_as for one in (second, third)] == [first, first]


async def test_safe_words_are_known_to_both_sides_and_to_nobody_else(database, people, submit, receipts):
    referral = await submit(referrer="self")
    async with database.begin() as tx:
        words = await safe_words.agree(tx, referral, "person", receipts[0].keys.public, "fr")
        assert len(words.split()) == 2
        mine = claims.OpenReceipt(referral, "person", "claimed", False, receipts[0].keys)
        another = claims.OpenReceipt(referral, "professional", "claimed", False, receipts[0].keys)
        assert await safe_words.of_receipt(tx, mine) == words
        assert await safe_words.of_receipt(tx, another) == ""
        assert await safe_words.of_coordination(tx, referral, PAIR.private) == words
        await referrals.withdraw(tx, referral, NOW)
        assert await tx.scalar(select(func.count()).select_from(SafeWord)) == 0


async def test_a_message_of_the_person_opens_again_what_was_lost_and_a_professionals_does_not(database, people, submit):
    outcomes: dict[Holder, str] = {"professional": "contact_lost", "person": "reopened"}
    for holder, state in outcomes.items():
        referral = await submit()
        await claim(database, referral, people["claire"])
        await decide(database, referral, people["claire"], "contact_lost")
        async with database.begin() as tx:
            await messages.post_from_holder(tx, referral, holder, "I am here again", NOW + 500)
        after = await now(database, referral)
        assert (after.state, after.ended_at is None) == (state, state == "reopened")


async def test_only_the_person_answers_a_proposal_and_only_while_there_is_one(database, people, submit):
    referral = await submit(referrer="self")
    async with database.begin() as tx:
        with pytest.raises(steps.NotInTable):
            await steps.step(tx, referral, "agreed", NOW, "person")
        await tx.execute(update(Referral).values(state="place_offered"))
        with pytest.raises(steps.NotInTable):
            await steps.step(tx, referral, "agreed", NOW, "holder", "supervisor")
        await steps.step(tx, referral, "agreed", NOW, "person")
        assert await steps.step(tx, referral, "searching", NOW, "person") == "agreed"
