"""What a person agrees to stands purpose by purpose, and is taken back purpose by purpose, with a proof."""

import pytest
from sqlalchemy import insert, select, update

from services import audit, retention
from services.database import Database, Transaction
from services.referrals import consents, erasing, messages, purposes, referrals
from services.referrals.claims import Derived, OpenReceipt
from services.referrals.consents import Agreed
from services.referrals.messages import NotTaken
from services.sealing import Unreadable
from services.tables import MessageCopy, Referral, SealedKey, SealedPart
from services.tables.consent import GivenConsent
from tests.services.coordination import PROFESSIONAL, SELF, open_coordination, submit

Receipts = tuple[Derived, Derived]
COUNTED = Agreed(b"s" * 32, "ar", "1", ("statistics",))
NOW = 200


async def standing(tx: Transaction, referral: str) -> set[str]:
    return set(await consents.until(tx, referral))


async def proofs(tx: Transaction, referral: str) -> list[str]:
    return [one.detail for one in await audit.of_referral(tx, referral) if one.action == "erased"]


async def exchange(database: Database, referral: str) -> None:
    async with database.begin() as tx:
        await messages.post_from_holder(tx, referral, "person", "I am here", 150)
        await messages.post_from_holder(tx, referral, "professional", "So am I", 151)
        await messages.post_from_coordination(tx, referral, "For both", 152)
        await messages.post_from_coordination(tx, referral, "For the person", 153, ("person",))


async def test_what_was_agreed_to_is_kept_purpose_by_purpose(database: Database, receipts: Receipts):
    referral = (await submit(database, receipts, SELF, note=None)).referral
    async with database.begin() as tx:
        assert await standing(tx, referral) == {"search", "contact"}
        await purposes.give(tx, referral, COUNTED, NOW)
        (told,) = [one for one in await consents.records(tx, referral) if one.purpose == "statistics"]
    assert (told.text_hash, told.language, told.version, told.given_at) == (COUNTED.hash, "ar", "1", NOW)
    assert told.expires_at == NOW + 400 * 24 * 3600


async def test_a_purpose_given_again_has_a_new_record_and_the_old_one_ends(database: Database, receipts: Receipts):
    referral = (await submit(database, receipts, SELF, note=None)).referral
    async with database.begin() as tx:
        for at in (NOW, NOW + 10):
            await purposes.give(tx, referral, COUNTED, at)
        ends = [one.ended_at for one in await consents.records(tx, referral) if one.purpose == "statistics"]
    assert ends == [NOW + 10, None]


async def test_taking_the_request_back_ends_every_purpose_for_good(database: Database, receipts: Receipts):
    referral = (await submit(database, receipts, SELF, note=None)).referral
    async with database.begin() as tx:
        assert await referrals.withdraw(tx, referral, NOW)
        await purposes.give(tx, referral, COUNTED, NOW + 1)
        assert await standing(tx, referral) == set()
        assert (await referrals.standing(tx, referral)).without == ("search", "contact", "statistics")


async def test_not_being_counted_leaves_the_request_as_it_was(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await purposes.give(tx, referral, COUNTED, NOW)
        await purposes.take_back(tx, referral, "statistics", NOW + 1)
        assert await standing(tx, referral) == {"search", "contact"}
        assert await tx.scalar(select(SealedKey.referral_id)) == referral
    async with database.read() as tx:
        acts = [(one.action, one.detail) for one in await audit.of_referral(tx, referral)]
    assert acts == [("agreed", "statistics"), ("disagreed", "statistics")]


async def test_a_person_who_wants_no_messages_gets_none_and_the_professional_theirs(
    database: Database, receipts: Receipts
):
    coordination = await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    await exchange(database, referral)
    async with database.begin() as tx:
        await purposes.take_back(tx, referral, "contact", NOW)
        await messages.post_from_coordination(tx, referral, "Later, to both", NOW + 1)
        with pytest.raises(NotTaken):
            await messages.post_from_coordination(tx, referral, "To the person", NOW + 1, ("person",))
        with pytest.raises(NotTaken):
            await messages.post_from_holder(tx, referral, "person", "Hello?", NOW + 1)
    keys = dict(zip(("professional", "person"), (receipt.keys for receipt in receipts), strict=True))
    async with database.read() as tx:
        read = {
            holder: await messages.read_for_receipt(tx, OpenReceipt(referral, holder, "received", False, keys[holder]))
            for holder in messages.HOLDERS
        }
        whole = [told.text for told in await messages.read_for_coordination(tx, referral, coordination.private)]
        assert await referrals.read_sealed(tx, referral, coordination.private) == {"note": "a note"}
    assert read == {"person": (), "professional": ("For both", "Later, to both")}
    assert whole == ["So am I", "For both", "Later, to both"]


async def test_what_was_sealed_stays_closed_even_to_who_kept_a_copy_of_it(database: Database, receipts: Receipts):
    """The ciphertext is put back after the withdrawal, as from an old backup: nothing opens it any more."""
    coordination = await open_coordination(database)
    referral = (await submit(database, receipts, callback="04 00")).referral
    async with database.begin() as tx:
        kept = [dict(row) for row in (await tx.execute(select(SealedPart.__table__))).mappings()]
        box = (await tx.execute(select(SealedKey.box))).scalar_one()
        await referrals.withdraw(tx, referral, NOW)
        await tx.execute(insert(SealedPart), kept)
        assert await tx.scalar(select(SealedKey.box)) is None
        assert await referrals.read_sealed(tx, referral, coordination.private) == {}
        assert await proofs(tx, referral) == [f"sealed:{erasing.digest([box])}"]
        another = {"referral_id": referral, "coordination_key_id": 1, "box": await box_of_another(tx)}
        await tx.execute(insert(SealedKey), another)
        with pytest.raises(Unreadable):
            await referrals.read_sealed(tx, referral, coordination.private)


async def box_of_another(tx: Transaction) -> bytes | None:
    """The wrapped data key of another request."""
    await referrals.submit(tx, PROFESSIONAL, Agreed(b"h" * 32, "ar", "1"), (), at=NOW, language="fr", note="another")
    return await tx.scalar(select(SealedKey.box))


async def test_the_proof_is_a_digest_of_what_was_destroyed(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    await exchange(database, referral)
    async with database.begin() as tx:
        ours = select(MessageCopy.box).order_by(MessageCopy.message_id, MessageCopy.reader)
        before = list(await tx.scalars(ours))
        await purposes.take_back(tx, referral, "contact", NOW)
        left = list(await tx.scalars(ours))
        destroyed = [box for box in before if box not in left]
    async with database.read() as tx:
        assert await proofs(tx, referral) == [f"exchange:{erasing.digest(destroyed)}"]
        assert await audit.verify(tx) is None


async def test_an_agreement_that_nobody_renews_runs_out_as_if_taken_back(database: Database, receipts: Receipts):
    await open_coordination(database)
    short = (await submit(database, receipts[:1], SELF)).referral
    longer = (await submit(database, receipts[1:], SELF)).referral
    ends = 100 + 400 * retention.DAY
    async with database.begin() as tx:
        again = Agreed(b"n" * 32, "fr", "2", ("search", "contact"))
        await purposes.give(tx, longer, again, ends - retention.DAY)
        assert (await retention.purge(tx, ends - 1))["agreements"] == 0
        assert (await retention.purge(tx, ends))["agreements"] == 1
        states = {row.id: row.state for row in await tx.execute(select(Referral.id, Referral.state))}
        assert states == {short: "withdrawn", longer: "acknowledged"}
        assert await standing(tx, longer) == {"search", "contact"}
        assert list(await tx.scalars(select(SealedKey.referral_id))) == [longer]
        told = {(one.actor, one.action) for one in await audit.of_referral(tx, short)}
    assert told == {("system", "run_out"), ("system", "erased")}


async def test_what_was_agreed_to_stays_as_a_proof_when_the_request_is_emptied(database: Database, receipts: Receipts):
    referral = (await submit(database, receipts, SELF, note=None)).referral
    async with database.begin() as tx:
        await referrals.withdraw(tx, referral, NOW)
        hashes = set(await tx.scalars(select(GivenConsent.text_hash).where(GivenConsent.ended_at == NOW)))
        await tx.execute(update(Referral).where(Referral.id == referral).values(state="withdrawn"))
    assert hashes == {b"h" * 32}
