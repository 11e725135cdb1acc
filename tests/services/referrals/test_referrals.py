"""Referrals: what is clear, what is sealed, and how it is taken back."""

import dataclasses
import re
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from dialogs.commands import Triage
from services.database import Database
from services.receipts import parse
from services.referrals import referrals
from services.referrals.claims import Derived
from services.sealing import Unreadable, new_key_pair
from services.tables import Coordinator, Message, Receipt, Referral, SealedKey, SealedPart
from tests.services.coordination import AGREED, PROFESSIONAL, SELF, open_coordination, submit

Receipts = tuple[Derived, Derived]


async def test_a_professional_gets_one_receipt_and_the_person_another(database: Database, receipts: Receipts):
    submitted = await submit(database, receipts, note=None)
    assert [receipt.holder for receipt in submitted.receipts] == ["professional", "person"]
    for made, derived in zip(submitted.receipts, receipts, strict=True):
        assert parse(made.words) == parse(made.digits) == derived.code


async def test_a_person_s_own_request_has_one_receipt(database: Database, receipts: Receipts):
    submitted = await submit(database, receipts, SELF, note=None)
    assert [receipt.holder for receipt in submitted.receipts] == ["person"]


async def test_the_clear_fields_are_kept_as_given(database: Database, receipts: Receipts):
    triage = Triage("self", "immediate", "unknown", "f", "06", ("75",), ("ar", "fr"), "yes", ("sexual",), ("lift",),
                    "yes", ("child:4",), "asylum", "filed", ("far",), "2026-12-01")  # fmt: skip
    submitted = await submit(database, receipts, triage, note=None)
    async with database.read() as tx:
        row = (await tx.execute(select(Referral.__table__).where(Referral.id == submitted.referral))).one()
    assert Triage(*(getattr(row, name) for name in referrals.TRIAGE)) == triage
    assert (row.state, row.created_at, row.liaison) == ("acknowledged", 100, False)
    assert (row.consent_hash, row.consent_language, row.consent_version) == (AGREED.hash, "ar", "1")


@pytest.mark.parametrize(("age_group", "liaison"), [("minor", True), ("adult", False), ("unknown", False)])
async def test_a_minor_is_for_child_protection(database: Database, receipts: Receipts, age_group: Any, liaison: bool):
    await submit(database, receipts, Triage("self", age_group=age_group), note=None)
    async with database.read() as tx:
        assert await tx.scalar(select(Referral.liaison)) is liaison


async def test_what_is_sealed_opens_for_the_coordination_only(database: Database, receipts: Receipts):
    coordination = await open_coordination(database)
    submitted = await submit(database, receipts, note="a note", callback="a number")
    async with database.read() as tx:
        opened = await referrals.read_sealed(tx, submitted.referral, coordination.private)
        assert opened == {"note": "a note", "callback": "a number"}
        with pytest.raises(Unreadable):
            await referrals.read_sealed(tx, submitted.referral, new_key_pair().private)


async def test_without_a_coordination_the_triage_waits_and_a_note_is_refused(database: Database, receipts: Receipts):
    with pytest.raises(ValueError, match="coordination"):
        await submit(database, receipts)
    async with database.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Referral)) == 0
    submitted = await submit(database, receipts, note=None)
    async with database.read() as tx:
        assert await referrals.read_sealed(tx, submitted.referral, b"k" * 32) == {}


async def test_sealed_parts_cannot_change_places(database: Database, receipts: Receipts):
    coordination = await open_coordination(database)
    submitted = await submit(database, receipts, note="a note", callback="a number")
    async with database.begin() as tx:
        note = (await tx.execute(select(SealedPart.nonce, SealedPart.ciphertext).limit(1))).one()
        await tx.execute(update(SealedPart).values(nonce=note.nonce, ciphertext=note.ciphertext))
        with pytest.raises(Unreadable):
            await referrals.read_sealed(tx, submitted.referral, coordination.private)


async def test_a_sealed_part_says_its_version(database: Database, receipts: Receipts):
    coordination = await open_coordination(database)
    submitted = await submit(database, receipts)
    async with database.begin() as tx:
        await tx.execute(update(SealedPart).values(version=2))
        with pytest.raises(Unreadable):
            await referrals.read_sealed(tx, submitted.referral, coordination.private)


async def test_data_keys_cannot_change_referrals(database: Database, keys, receipts: Receipts):
    coordination = await open_coordination(database)
    first = await submit(database, receipts[:1], SELF)
    second = await submit(database, receipts[1:], SELF)
    async with database.begin() as tx:
        box = await tx.scalar(select(SealedKey.box).where(SealedKey.referral_id == first.referral))
        await tx.execute(update(SealedKey).values(box=box))
        assert await referrals.read_sealed(tx, first.referral, coordination.private)
        with pytest.raises(Unreadable):
            await referrals.read_sealed(tx, second.referral, coordination.private)


async def test_withdrawing_leaves_nothing_to_open(database: Database, receipts: Receipts):
    coordination = await open_coordination(database)
    submitted = await submit(database, receipts)
    async with database.begin() as tx:
        assert await referrals.withdraw(tx, submitted.referral, 200)
        assert not await referrals.withdraw(tx, submitted.referral, 300)
        assert not await referrals.withdraw(tx, "R-NONE-NONE", 300)
        assert (await tx.execute(select(Referral.state, Referral.ended_at))).one() == ("withdrawn", 200)
        assert await referrals.read_sealed(tx, submitted.referral, coordination.private) == {}
        for table in (SealedKey, SealedPart, Message):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0
        assert await tx.scalar(select(func.count()).select_from(Receipt)) == 2


async def test_withdrawing_empties_the_triage(database: Database, receipts: Receipts):
    await open_coordination(database)
    referral = (await submit(database, receipts)).referral
    async with database.begin() as tx:
        await referrals.withdraw(tx, referral, 200)
        row = (await tx.execute(select(Referral.__table__))).one()
    nothing = dataclasses.replace(referrals.NOTHING, referrer="professional")
    assert {name: getattr(row, name) for name in referrals.TRIAGE} == {
        name: getattr(nothing, name) for name in referrals.TRIAGE
    }


async def test_without_anybody_who_could_open_it_there_is_no_coordination(database: Database):
    await open_coordination(database)
    async with database.begin() as tx:
        assert await referrals.coordination(tx)
        await tx.execute(update(Coordinator).values(active=False))
        assert await referrals.coordination(tx) is None


async def test_nothing_typed_and_no_receipt_lies_readable_in_the_database(database: Database, receipts: Receipts):
    await open_coordination(database)
    submitted = await submit(database, receipts, note="needle", callback="0639981234")
    typed = [b"needle", b"0639981234"] + [
        word.encode() for made in submitted.receipts for word in (made.words, made.digits, made.digits.replace(" ", ""))
    ] + [derived.code.secret for derived in receipts]  # fmt: skip
    async with database.read() as tx:
        for table in Referral.metadata.sorted_tables:
            for row in await tx.execute(table.select()):
                for value in row:
                    stored = value if isinstance(value, bytes) else str(value).encode()
                    assert not any(secret in stored for secret in typed)


def test_an_id_is_short_and_has_no_letters_that_look_alike():
    ids = {referrals.new_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(re.fullmatch(r"R-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", name) for name in ids)


async def test_foreign_keys_hold(database: Database, receipts: Receipts):
    await open_coordination(database)
    await submit(database, receipts, PROFESSIONAL)
    async with database.begin() as tx:
        await tx.execute(text("DELETE FROM referrals"))
        for table in (SealedKey, SealedPart, Receipt):
            assert await tx.scalar(select(func.count()).select_from(table)) == 0
