"""Forgetting what is due, by the table of what is kept (dialogs/kept.py).

What is counted or signed in is forgotten once it no longer counts, by the module that counts it.
"""

from contextlib import suppress
from typing import Any

from sqlalchemy import CursorResult, Delete, case, delete, or_, select, update
from sqlalchemy import Update as UpdateStatement

from dialogs.kept import (
    DAY as DAY,
)
from dialogs.kept import (
    ENDED_CODE as ENDED_CODE,
)
from dialogs.kept import (
    LATE_REPLY as LATE_REPLY,
)
from dialogs.kept import (
    SEALED as SEALED,
)
from dialogs.kept import (
    SENT_MESSAGE as SENT_MESSAGE,
)
from dialogs.kept import (
    TOMBSTONE as TOMBSTONE,
)
from dialogs.kept import (
    UNREAD_REPLY as UNREAD_REPLY,
)
from dialogs.kept import (
    UPDATE_KEY as UPDATE_KEY,
)
from dialogs.kept import (
    WRONG_RECEIPTS as WRONG_RECEIPTS,
)
from services import notices, pings
from services.database import Database, Transaction
from services.figures import statistics
from services.people import console_sessions, desk_settings, tries
from services.referrals import erasing, legal_holds, purposes
from services.tables import (
    Conversation,
    Invitation,
    IssuedCode,
    Message,
    ReceiptTries,
    Referral,
    SealedKey,
    SealedPart,
    SentMessage,
    SignInAttempt,
    Update,
)
from services.tools import api_tokens
from services.trainings import sign_ups


def handled() -> dict[str, Any]:
    """What stays of an update whose reply has gone: that it was handled, on which day; not where, and not when."""
    return {"body": None, "channel": "", "created_at": Update.created_at - Update.created_at % DAY + 1}


async def forget_due(database: Database, at: int) -> dict[str, int]:
    """Count a year that is over, before anything of it goes; then `purge`; what was deleted leaves the log too."""
    async with database.begin() as tx:
        await statistics.freeze_due(tx, at)
    async with database.begin() as tx:
        counts = await purge(tx, at)
    await database.wipe()
    return counts


class _Tried(Exception):
    """Undoes what was only tried."""


async def would_forget(database: Database, at: int) -> dict[str, int]:
    """What `forget_due` would delete now: it is tried and undone."""
    counts: dict[str, int] = {}
    with suppress(_Tried):
        async with database.begin() as tx:
            counts = await purge(tx, at)
            raise _Tried
    return counts


async def purge(tx: Transaction, at: int) -> dict[str, int]:
    """Forget what is due at `at`; how many rows of each kind."""
    counts = {kind: await _count(tx, statement) for kind, statement in _due(at).items()}
    counts["console_sessions"] = await console_sessions.purge(tx, at)
    counts |= await legal_holds.purge(tx, at)
    counts["agreements"] = sum((await purposes.run_out(tx, at)).values())
    counts["sealed_referrals"] = await _purge_sealed(tx, at)
    counts |= await desk_settings.purge(tx) | await notices.purge(tx, at) | await pings.purge(tx, at)
    return counts | await sign_ups.purge(tx, at) | await api_tokens.purge(tx, at)


def _due(at: int) -> dict[str, Delete | UpdateStatement]:
    gone = Conversation.payload.is_(None)
    ours = Update.channel.in_(("web", "terminal"))
    due = Update.created_at <= case((ours, at - UNREAD_REPLY), else_=at - LATE_REPLY)
    return {
        "expired_sessions": update(Conversation)
        .where(Conversation.expires_at <= at, Conversation.payload.is_not(None))
        .values(payload=None, expires_at=Conversation.expires_at - Conversation.expires_at % DAY + 1),
        "tombstones": delete(Conversation).where(Conversation.expires_at <= at - TOMBSTONE, gone),
        "unread_replies": update(Update).where(Update.body.is_not(None), due).values(**handled()),
        "update_keys": delete(Update).where(Update.created_at <= at - UPDATE_KEY),
        "sent_messages": delete(SentMessage).where(SentMessage.at <= at - SENT_MESSAGE),
        "receipt_tries": delete(ReceiptTries).where(ReceiptTries.since <= at - WRONG_RECEIPTS),
        "sign_in_attempts": delete(SignInAttempt).where(SignInAttempt.at <= at - tries.WINDOW_S),
        "codes": delete(IssuedCode).where(
            or_(IssuedCode.revoked_at <= at - ENDED_CODE, IssuedCode.expires_at <= at - ENDED_CODE)
        ),
        "invitations": delete(Invitation).where(Invitation.expires_at <= at),
    }


async def _count(tx: Transaction, statement: Delete | UpdateStatement) -> int:
    result: CursorResult[Any] = await tx.execute(statement)
    return result.rowcount


async def _purge_sealed(tx: Transaction, at: int) -> int:
    holding = (table.referral_id for table in (SealedKey, SealedPart, Message))
    held = or_(*(Referral.id.in_(select(column)) for column in holding))
    over = (Referral.ended_at <= at - SEALED) & held & ~legal_holds.held(Referral.id)
    ended = list(await tx.scalars(select(Referral.id).where(over)))
    await erasing.erase_all(tx, ended, at, "system")
    return len(ended)
