"""A database as after years: many referrals, most of them over, with receipts, sealed parts, messages and a history."""

import os
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import insert, text

from dialogs.commands import Triage
from services.database import Database
from services.referrals import life
from services.referrals.referrals import TRIAGE, new_id
from services.tables import Message, Receipt, Referral, SealedKey, SealedPart
from services.tables.clock import Clock, Step

BATCH = 2000
WAITING, HELD = 0.05, 0.03  # of all; the rest is over
SEALED_SIZE = 256 + 16
DAY_S = 24 * 3600
DEPARTMENTS = ("06", "13", "31", "33", "34", "59", "67", "69", "75", "93", "974")
LANGUAGES = ("fr", "en", "es", "ar", "ro", "pcm", "bin", "zh", "sq")


async def fill(database: Database, count: int, people: list[int], now: int) -> None:
    """Add `count` referrals with what belongs to them; the newest is a minute old."""
    rows = _rows(count, people, now, random.Random(count))
    while batch := list(islice(rows, BATCH)):
        async with database.begin() as tx:
            for table, of in _by_table(batch).items():
                await tx.execute(insert(table), of)
    async with database.begin() as tx:
        await tx.execute(text("ANALYZE"))


def _by_table(batch: list[dict[str, Any]]) -> dict[Any, list[dict[str, Any]]]:
    ids = [row["id"] for row in batch]
    receipts = [_receipt(one, holder) for one in ids for holder in ("professional", "person")]
    keys = [{"referral_id": one, "coordination_key_id": 1, "box": os.urandom(304)} for one in ids]
    parts = [_part(one, purpose) for one in ids for purpose in ("note", "callback")]
    messages = [
        {"referral_id": row["id"], "author": author, "created_at": row["created_at"] + 60}
        for row in batch[::2]
        for author in ("professional", "coordination")
    ]
    clocks = [_clock(row) for row in batch]
    steps = [
        {"referral_id": row["id"], "step": step, "at": row["created_at"]}
        for row in batch
        for step in ("received", "acknowledged")
    ]
    return {
        Referral: batch,
        Clock: clocks,
        Step: steps,
        Receipt: receipts,
        SealedKey: keys,
        SealedPart: parts,
        Message: messages,
    }


def _clock(row: dict[str, Any]) -> dict[str, Any]:
    at, answered = row["created_at"], row["created_at"] + 3600
    waits = row["state"] == "acknowledged"
    return {"referral_id": row["id"], "begun_at": at, "free_since": at, "answered_at": None if waits else answered}


def _receipt(referral: str, holder: str) -> dict[str, Any]:
    secret = {"selector": os.urandom(8), "verifier": os.urandom(32), "public_key": os.urandom(32)}
    return secret | {"referral_id": referral, "holder": holder, "language": "fr"}


def _part(referral: str, purpose: str) -> dict[str, Any]:
    box = {"nonce": os.urandom(24), "ciphertext": os.urandom(SEALED_SIZE)}
    return box | {"referral_id": referral, "purpose": purpose, "version": 1}


def _rows(count: int, people: list[int], now: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(count):
        kind, at = dice.random(), now - 60 - number * 60
        triage = _triage(dice)
        row: dict[str, Any] = {name: getattr(triage, name) for name in TRIAGE}
        row |= {"id": new_id(), "created_at": at, "liaison": triage.age_group == "minor"}
        row |= {"consent_hash": bytes(32), "consent_language": "fr", "consent_version": "1"}
        row |= {"state": "acknowledged", "claimed_by": None, "claimed_at": None, "ended_at": None}
        if kind < HELD:
            row |= {"state": "claimed", "claimed_by": dice.choice(people), "claimed_at": at + 600}
        elif kind > HELD + WAITING:
            ended = dice.choice([state for state in life.ENDED if state != "withdrawn"])
            row |= {"state": ended, "ended_at": at + DAY_S}
        yield row


def _triage(dice: random.Random) -> Triage:
    return Triage(
        "professional",
        urgency=dice.choice(("immediate", "soon", "normal")),
        age_group=dice.choice(("adult", "adult", "adult", "unknown", "minor")),
        department=dice.choice(DEPARTMENTS),
        avoid=tuple(dice.sample(DEPARTMENTS, 2)),
        languages=(dice.choice(LANGUAGES),),
        safe_until=dice.choice((None, "2026-12-01", "2026-12-24", "0001-01-01")),
    )
