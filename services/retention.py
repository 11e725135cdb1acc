"""What is forgotten, and when. What is counted or signed in is forgotten once it no longer counts; the rest is here.

How long a conversation lives is told by who saves it (dialogs/engine.py: IDLE_SECONDS), a sign-up by dialogs/agenda.py.
"""

from typing import Any

from sqlalchemy import CursorResult, Delete, case, delete, or_, select, update
from sqlalchemy import Update as UpdateStatement

from services import api_tokens, console_sessions, desk_settings, erasing, notices, purposes, sign_ups, tries
from services.claims import TRIES_WINDOW_S
from services.database import Database, Transaction
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

HOUR = 3600
DAY = 24 * HOUR

TOMBSTONE = 7 * DAY
"""How long an expired conversation is known to have expired, from the day of it (its content goes at once)."""
UPDATE_KEY = 2 * DAY
"""How long a repeated update is recognised; Telegram repeats for 24 hours."""
SENT_MESSAGE = 2 * DAY
"""How long a bot may take a message back."""
UNREAD_REPLY = 5 * 60
"""How long a web or terminal reply waits for its reader, who is gone if it was not fetched at once."""
LATE_REPLY = DAY
"""How long a Telegram reply is kept for sending."""
ENDED_CODE = 365 * DAY
"""How long a professional code that was revoked or has expired stays on the list; till then it can be renewed."""
SEALED = 90 * DAY
"""How long what a referral sealed is kept after it was declined, closed or withdrawn."""


def handled() -> dict[str, Any]:
    """What stays of an update whose reply has gone: that it was handled, on which day; not where, and not when."""
    return {"body": None, "channel": "", "created_at": Update.created_at - Update.created_at % DAY + 1}


async def forget_due(database: Database, at: int) -> dict[str, int]:
    """`purge` in a transaction of its own, and what was deleted goes from the database's log too."""
    async with database.begin() as tx:
        counts = await purge(tx, at)
    await database.wipe()
    return counts


async def purge(tx: Transaction, at: int) -> dict[str, int]:
    """Forget what is due at `at`; how many rows of each kind."""
    counts = {kind: await _count(tx, statement) for kind, statement in _due(at).items()}
    counts["console_sessions"] = await console_sessions.purge(tx, at)
    counts["agreements"] = sum((await purposes.run_out(tx, at)).values())
    counts["sealed_referrals"] = await _purge_sealed(tx, at)
    counts |= await desk_settings.purge(tx) | await notices.purge(tx, at)
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
        "receipt_tries": delete(ReceiptTries).where(ReceiptTries.since <= at - TRIES_WINDOW_S),
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
    ended = list(await tx.scalars(select(Referral.id).where(Referral.ended_at <= at - SEALED, held)))
    await erasing.erase_all(tx, ended, at, "system")
    return len(ended)
