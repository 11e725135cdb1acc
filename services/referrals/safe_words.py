"""A referral's safe words: two plain ones, agreed when it is sent, by which both sides know each other by voice."""

import secrets

from sqlalchemy import insert, select

from dialogs.events import Holder
from services.database import Transaction
from services.receipts import OTHERWISE
from services.referrals.claims import OpenReceipt
from services.referrals.referrals import coordination
from services.sealing import bound, open_sealed, seal_to
from services.tables.life import SafeWord
from services.words import LANGUAGES, word_list

COUNT = 2


async def agree(tx: Transaction, referral: str, holder: Holder, public_key: bytes, language: str) -> str:
    """Draw two words of the receipts' list, sealed to a receipt and to the coordination; "" where there is none."""
    key = await coordination(tx)
    if key is None:
        return ""
    listed = word_list(language if language in LANGUAGES else OTHERWISE).words
    words = " ".join(secrets.choice(listed) for _ in range(COUNT))
    readers = {holder: public_key, "coordination": key.public_key}
    rows = [
        {
            "referral_id": referral,
            "reader": reader,
            "coordination_key_id": key.id if reader == "coordination" else None,
            "box": seal_to(public, words.encode(), _label(referral, reader)),
        }
        for reader, public in readers.items()
    ]
    await tx.execute(insert(SafeWord), rows)
    return words


async def of_receipt(tx: Transaction, opened: OpenReceipt) -> str:
    """The words, for who holds a receipt that they were sealed to; "" for others. Raises Unreadable."""
    return await _read(tx, opened.referral, opened.holder, opened.keys.private)


async def of_coordination(tx: Transaction, referral: str, private_key: bytes) -> str:
    """The words, with the coordination's private key; "" where there are none. Raises Unreadable."""
    return await _read(tx, referral, "coordination", private_key)


async def _read(tx: Transaction, referral: str, reader: str, private_key: bytes) -> str:
    mine = (SafeWord.referral_id == referral) & (SafeWord.reader == reader)
    box = await tx.scalar(select(SafeWord.box).where(mine))
    return "" if box is None else open_sealed(private_key, box, _label(referral, reader)).decode()


def _label(referral: str, reader: str) -> bytes:
    return bound("safe_words", referral, reader)
