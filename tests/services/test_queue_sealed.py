"""What only a claim opens, and what its holder answers."""

import pytest

from services import audit
from services.database import Database
from services.referrals import acts, claims, messages, referrals
from services.rights import Opened, Refused
from services.sealing import new_key_pair
from tests.services.queue_stage import NOW, claim, decide, now, refusal


async def test_the_holder_of_the_claim_reads_and_answers_and_the_receipts_read_it(database, people, submit, receipts):
    referral = await submit(note="she likes to sing", callback="call the desk")
    claire = people["claire"]
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "is somebody there?", NOW + 5)
    await claim(database, referral, claire)
    async with database.begin() as tx:
        unsealed = await acts.open_sealed(tx, referral, claire, NOW + 70)
    assert unsealed.parts == {"note": "she likes to sing", "callback": "call the desk"}
    assert [(letter.author, letter.text) for letter in unsealed.letters] == [("person", "is somebody there?")]
    revision = (await now(database, referral)).revision
    async with database.begin() as tx:
        await acts.answer(tx, referral, claire, "  yes, we are  ", revision, NOW + 80)
    async with database.begin() as tx:
        assert await refusal(acts.answer(tx, referral, claire, "yes, we are", revision, NOW + 81)) == "changed"
    person = claims.OpenReceipt(referral, "person", "claimed", False, receipts[1].keys)
    async with database.read() as tx:
        assert await messages.read_for_receipt(tx, person) == ("yes, we are",)
        assert [record.action for record in await audit.of_referral(tx, referral)] == ["claimed", "opened", "answered"]


async def test_nobody_else_opens_it(database, people, submit):
    referral = await submit(note="she likes to sing")
    claire, paul = people["claire"], people["paul"]
    for who, why in (("claire", "not_yours"), ("olga", "not_allowed"), ("emil", "not_allowed")):
        async with database.begin() as tx:
            assert await refusal(acts.open_sealed(tx, referral, people[who], NOW)) == why
    await claim(database, referral, claire)
    for opened, why in (
        (paul, "not_yours"),
        (people["nadia"], "not_yours"),
        (Opened(claire.member), "no_access"),
        (Opened(claire.member, new_key_pair().private), "no_access"),
    ):
        with pytest.raises(Refused, match=why):
            await opened_by(database, referral, opened)
    await decide(database, referral, claire, "evaluation")
    await opened_by(database, referral, claire)
    await decide(database, referral, claire, "declined", reason="no_news", alternative="siao")
    await opened_by(database, referral, claire)
    await decide(database, referral, claire, "closed")
    with pytest.raises(Refused, match="not_possible"):
        await opened_by(database, referral, claire)
    async with database.read() as tx:
        opened_times = [record.action for record in await audit.of_referral(tx, referral)].count("opened")
    assert opened_times == 2


async def opened_by(database: Database, referral: str, opened: Opened) -> acts.Unsealed:
    async with database.begin() as tx:
        return await acts.open_sealed(tx, referral, opened, NOW)


async def test_what_was_taken_back_is_over_even_for_the_holder(database, people, submit):
    referral = await submit(note="she likes to sing")
    await claim(database, referral, people["claire"])
    revision = (await now(database, referral)).revision
    async with database.begin() as tx:
        await referrals.withdraw(tx, referral, NOW)
    async with database.begin() as tx:
        answer = acts.answer(tx, referral, people["claire"], "hello", revision, NOW)
        assert await refusal(answer) == "not_possible"
    assert await refusal(decide(database, referral, people["claire"], "evaluation")) == "not_possible"


@pytest.mark.parametrize(("text", "why"), [("", "empty"), (" \n ", "empty"), ("x" * 4001, "too_long")])
async def test_an_answer_has_a_size(database, people, submit, text, why):
    referral = await submit()
    await claim(database, referral, people["claire"])
    revision = (await now(database, referral)).revision
    async with database.begin() as tx:
        assert await refusal(acts.answer(tx, referral, people["claire"], text, revision, NOW)) == why
