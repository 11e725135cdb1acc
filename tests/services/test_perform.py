"""Each command does its work in the turn's transaction."""

import hashlib
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import func, select

from dialogs.commands import Consent, Forget, Hide, IssueReceipt, PostMessage, SubmitReferral, WithdrawReferral
from dialogs.letters import Letter
from dialogs.text import Text
from services import store
from services.database import Database
from services.keys import Keys, Speaker
from services.perform import Circumstances, Outcome, perform
from services.referrals import messages, referrals
from services.referrals.claims import Stock
from services.referrals.referrals import Given
from services.tables import Conversation, Receipt, Referral
from tests.services.coordination import PROFESSIONAL, SELF, open_coordination

CONSENT = Consent((Text("consent", "I agree."), Text("consent", "Truly.")), "fr", "2026-11")


def words(text: tuple[Text, ...], language: str) -> str:
    return f"{language}: " + " ".join(part.msgid for part in text)


@pytest.fixture
async def turn(keys: Keys, speaker: Speaker) -> AsyncIterator[Circumstances]:
    stock = Stock(keys)
    await stock.fill()
    yield Circumstances(speaker, 100, "en", words, stock)
    await stock.close()


async def test_a_referral_is_put_in_the_queue(database: Database, turn: Circumstances):
    await open_coordination(database)
    async with database.begin() as tx:
        outcome = await perform(tx, SubmitReferral(PROFESSIONAL, CONSENT, "a note"), turn)
    assert [receipt.holder for receipt in outcome.receipts] == ["professional"]
    assert outcome.referral
    async with database.read() as tx:
        row = (await tx.execute(select(Referral.consent_hash, Referral.consent_language))).one()
        assert row == (hashlib.sha256(b"fr: I agree. Truly.").digest(), "fr")
        assert await tx.scalar(select(func.count()).select_from(Receipt)) == 1


async def test_the_persons_receipt_is_made_when_they_look_and_only_once(database: Database, turn: Circumstances):
    await open_coordination(database)
    async with database.begin() as tx:
        referral = (await perform(tx, SubmitReferral(PROFESSIONAL, CONSENT), turn)).referral
        assert referral
        assert (await referrals.standing(tx, referral)).unshown == "fr", "in the language of the consent"
        (receipt,) = (await perform(tx, IssueReceipt(referral), turn)).receipts
        assert (receipt.holder, len(receipt.words.split())) == ("person", 8)
        assert (await referrals.standing(tx, referral)).unshown == ""
        with pytest.raises(Given):
            await perform(tx, IssueReceipt(referral), turn)


async def test_a_request_that_was_taken_back_gives_no_receipt(database: Database, turn: Circumstances):
    async with database.begin() as tx:
        referral = (await perform(tx, SubmitReferral(PROFESSIONAL, CONSENT), turn)).referral
        assert referral
        await perform(tx, WithdrawReferral(referral), turn)
        with pytest.raises(Given):
            await perform(tx, IssueReceipt(referral), turn)


async def test_a_message_is_posted_and_a_referral_withdrawn(database: Database, turn: Circumstances):
    coordination = await open_coordination(database)
    async with database.begin() as tx:
        await perform(tx, SubmitReferral(SELF, CONSENT), turn)
        referral = await tx.scalar(select(Referral.id))
        assert referral
        assert await perform(tx, PostMessage(referral, "person", Letter("hello", "text", "fr")), turn) == Outcome()
        assert len(await messages.read_for_coordination(tx, referral, coordination.private)) == 1
        assert await perform(tx, WithdrawReferral(referral), turn) == Outcome()
        assert await tx.scalar(select(Referral.state)) == "withdrawn"


async def test_a_conversation_is_forgotten_or_hidden(database: Database, turn: Circumstances):
    async with database.begin() as tx:
        await store.save(tx, turn.speaker, b"words", 1, 1900)
        assert await perform(tx, Hide(), turn) == Outcome(hide=True)
        assert await tx.scalar(select(func.count()).select_from(Conversation)) == 1
        assert await perform(tx, Forget(), turn) == Outcome()
        assert await tx.scalar(select(func.count()).select_from(Conversation)) == 0
