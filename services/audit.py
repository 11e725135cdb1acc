"""Who did what: records of fixed words, each chained to the one before, never changed and never deleted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from services import audit_chain
from services.audit_chain import START
from services.changes import ENDS_SESSIONS
from services.database import Transaction
from services.tables.audit import AuditRecord

ACTIONS = frozenset(
    (
        "invited",
        "joined",
        "made_keys",
        "signed_in",
        "signed_out",
        "granted",
        "removed",
        "submitted",
        "handed_over",
        "withdrawn",
        "agreed",
        "disagreed",
        "run_out",
        "erased",
        "receipt_replaced",
        "figures_frozen",
        "held",
        "let_go",
        "wrote",
        "offer_agreed",
        "offer_refused",
        "noted",
        "handed_on",
        "call_checked",
        "found_minor",
        "linked",
        "unlinked",
        "slowed",
        "claimed",
        "released",
        "opened",
        "answered",
        "set_state",
        "purged",
        "planned",
        "replanned",
        "training_open",
        "training_closed",
        "training_cancelled",
        "contacts_opened",
        "sign_up_confirmed",
        "sign_up_signed_up",
        "sign_up_removed",
        "sign_up_attended",
        "sign_up_absent",
        "content_confirmed",
        "content_proposed",
        "content_hidden",
        "content_undone",
        "content_accepted",
        "content_refused",
        "content_withdrawn",
        "code_issued",
        "code_renewed",
        "code_revoked",
        "token_issued",
        "token_revoked",
        "partner_added",
        "partner_let_in",
        "partner_removed",
        "places_added",
        "places_changed",
        "places_counted",
        "places_confirmed",
        "places_retired",
        "place_held",
        "place_let_go",
        "place_run_out",
        "place_late",
        "factor_set",
        "factor_reset",
        "paper_codes_made",
        "paper_code_used",
        "password_changed",
        "sessions_ended",
        "recovery_made",
        "recovery_tried",
        "recovered",
        "reseal_begun",
        "resealed",
    )
)
PAGE = 100
BATCH = 1000
_WORD = re.compile(r"[a-z0-9_:]{0,60}")


@dataclass(frozen=True, slots=True)
class Record:
    """One act. `actor` is a coordinator's number, or `person`, `professional`, `system`; `detail` a fixed word."""

    id: int
    at: int
    actor: str
    action: str
    referral_id: str | None
    detail: str
    previous_hash: bytes
    hash: bytes


async def record(
    tx: Transaction, at: int, actor: str, action: str, referral_id: str | None = None, detail: str = ""
) -> None:
    """Add an act to the chain, in the transaction of the act itself; it has its number from the commit on.

    Raises ValueError for anything but fixed words.
    """
    if action not in ACTIONS or not _WORD.fullmatch(actor) or not _WORD.fullmatch(detail):
        raise ValueError("an audit record is made of fixed words only")
    told = referral_id is not None or action in ENDS_SESSIONS
    await audit_chain.add(tx, (at, actor, action, referral_id, detail), told=told)


async def hold(tx: Transaction) -> None:
    """One at a time: whoever else holds waits until this commit."""
    await audit_chain.hold(tx)


async def verify(tx: Transaction) -> Record | None:
    """The first record that does not fit the chain, or None when all is whole.

    When only the end is missing (rows cut off), the last record left is named, or a record numbered 0.
    """
    last = Record(0, 0, "system", "", None, "", START, START)
    if unchained := await _unchained(tx):
        return unchained
    while True:
        end = await anchor(tx)  # before the batch, so that what is done meanwhile is in this one or the next
        batch = await _after(tx, last.id)
        if not batch:
            return None if end == (last.id, last.hash) else last
        for record in batch:
            chained = record.id == last.id + 1 and record.previous_hash == last.hash
            if not chained or not audit_chain.fits(record.hash, last.hash, _values(record)):
                return record
            last = record


async def anchor(tx: Transaction) -> tuple[int, bytes]:
    """Where the chain ends: the last record's number, 0 when there is none, and its hash. To be kept elsewhere."""
    return await audit_chain.end(tx) or (0, START)


async def hash_of(tx: Transaction, number: int) -> bytes | None:
    """The hash of a record; None when there is no such record. Number 0 is the beginning."""
    if number == 0:
        return START
    return (await tx.execute(select(AuditRecord.hash).where(AuditRecord.id == number))).scalar_one_or_none()


async def records(tx: Transaction, before: int | None = None) -> Sequence[Record]:
    """The newest hundred acts, or those older than the record numbered `before`; newest first."""
    query = select(AuditRecord.__table__).order_by(AuditRecord.id.desc()).limit(PAGE)
    if before is not None:
        query = query.where(AuditRecord.id < before)
    return [Record(*row) for row in await tx.execute(query)]


async def of_referral(tx: Transaction, referral_id: str) -> Sequence[Record]:
    """All acts on one referral, oldest first."""
    query = select(AuditRecord.__table__).where(AuditRecord.referral_id == referral_id).order_by(AuditRecord.id)
    return [Record(*row) for row in await tx.execute(query)]


async def count(tx: Transaction) -> int:
    """How many acts are recorded."""
    return int((await tx.execute(select(func.count()).select_from(AuditRecord))).scalar_one())


async def _unchained(tx: Transaction) -> Record | None:
    """A record that was committed without its place in the chain: the database did not do its part."""
    row = (await tx.execute(select(AuditRecord.__table__).where(AuditRecord.id < 0).limit(1))).one_or_none()
    return Record(*row) if row else None


async def _after(tx: Transaction, number: int) -> Sequence[Record]:
    query = select(AuditRecord.__table__).where(AuditRecord.id > number).order_by(AuditRecord.id).limit(BATCH)
    return [Record(*row) for row in await tx.execute(query)]


def _values(record: Record) -> tuple[object, ...]:
    return (record.id, record.at, record.actor, record.action, record.referral_id, record.detail)
