"""What the coordination does with a referral: claims it, sets its state, opens what is sealed, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import update

from dialogs.events import Holder
from services import audit
from services.database import Transaction
from services.referrals import life, messages, notes, queue, referrals, safe_words, steps
from services.referrals.life import State, Who
from services.referrals.notes import Noted
from services.referrals.queue import Queued
from services.rights import Member, Opened, Refused
from services.sealing import Unreadable
from services.tables import Referral

LONGEST_ANSWER = 4000
PURPOSES = ("evaluate", "search", "answer", "call", "follow", "check")
"""What for somebody opens what is sealed; kept in the audit."""
OWN_ACTS: tuple[State, ...] = ("acknowledged", "claimed")  # these are not set: they are released and claimed


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a claim opens: the sealed fields by purpose (`note`, `callback`, `call`), the exchange and the notes.

    Both are oldest first. `safe_word`: by which the coordination is known on the telephone, or "".
    """

    parts: Mapping[str, str]
    letters: Sequence[messages.Exchanged]
    notes: Sequence[Noted] = ()
    safe_word: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A state to set. `reason` and `alternative` are needed to decline, `alternative` to transfer.

    `adult_checked`: needed to look for a place where the age is not known.
    """

    to: str
    reason: str | None = None
    alternative: str | None = None
    adult_checked: bool = False


def settable(referral: Queued, member: Member) -> tuple[State, ...]:
    """The states that somebody may set a referral to, in the table's order."""
    if not member.may("work"):
        return ()
    found = life.following(referral.state, roles(referral, member), minor=referral.for_a_minor)
    return tuple(state for state in found if state not in OWN_ACTS)


def releasable(referral: Queued, member: Member) -> bool:
    """Whether somebody may put a referral back in the queue."""
    may = member.may("work") and bool(roles(referral, member))
    return may and referral.state in life.HELD and referral.claimed_by is not None


async def claim(tx: Transaction, referral_id: str, member: Member, at: int) -> None:
    """Take a referral that nobody holds; of many who try at once, one succeeds.

    Raises Refused: not_allowed, missing, taken (somebody was first, or it is not waiting any more).
    """
    member.need("work")
    now = await steps.stands(tx, referral_id)
    if now is None:
        raise Refused("missing")
    if now.claimed_by is not None or now.state in life.ENDED:
        raise Refused("taken")
    mine = {"claimed_by": member.id, "claimed_at": at}
    if now.state in life.WAITING:
        await steps.step(tx, referral_id, "claimed", at, "anybody", now=now, **mine)
    else:
        await tx.execute(update(Referral).where(Referral.id == referral_id).values(mine))
    await audit.record(tx, at, str(member.id), "claimed", referral_id)


async def release(tx: Transaction, referral_id: str, member: Member, revision: str, at: int, reason: str = "") -> None:
    """Put a referral that somebody works on back in the queue, for anybody to claim; what was done stays done.

    `reason`: an id for the audit. Raises Refused: not_allowed, missing, not_yours, changed, not_possible.
    """
    referral = await held(tx, referral_id, member, revision)
    if not releasable(referral, member):
        raise Refused("not_possible")
    await steps.put_back(tx, referral_id, at, *roles(referral, member), now=referral.stands)
    await audit.record(tx, at, str(member.id), "released", referral_id, reason)


async def set_state(
    tx: Transaction, referral_id: str, member: Member, decision: Decision, revision: str, at: int
) -> None:
    """Bring a referral to another state, by the one who holds the claim or a supervisor.

    Raises Refused: not_allowed, missing, not_yours, changed, not_possible, reason_needed, not_declined (a reason with
    another state), age_unchecked, call_unchecked (nobody called the professional back).
    """
    referral = await held(tx, referral_id, member, revision)
    to = next((state for state in settable(referral, member) if state == decision.to), None)
    if to is None:
        raise Refused("not_possible")
    values, detail = _decided(referral, decision, to)
    await steps.step(tx, referral_id, to, at, *roles(referral, member), now=referral.stands, **values)
    await audit.record(tx, at, str(member.id), "set_state", referral_id, detail)


async def open_sealed(
    tx: Transaction, referral_id: str, opened: Opened, at: int, purpose: str = PURPOSES[0]
) -> Unsealed:
    """Read what is sealed: only the one who holds the claim; every time is recorded, with what for.

    Raises Refused: purpose_needed, not_allowed, no_access (no key), missing, not_yours, not_possible (not claimed, or
    over).
    """
    if purpose not in PURPOSES:
        raise Refused("purpose_needed")
    private = await may_read(tx, referral_id, opened)
    await audit.record(tx, at, str(opened.member.id), "opened", referral_id, purpose)
    await messages.mark_read(tx, referral_id)
    try:
        parts = await referrals.read_sealed(tx, referral_id, private)
        letters = await messages.read_for_coordination(tx, referral_id, private)
        words = await safe_words.of_coordination(tx, referral_id, private)
        return Unsealed(parts, letters, await notes.read(tx, referral_id, private), words)
    except Unreadable:
        raise Refused("no_access") from None


async def answer(
    tx: Transaction,
    referral_id: str,
    opened: Opened,
    text: str,
    revision: str,
    at: int,
    to: Sequence[Holder] = messages.HOLDERS,
) -> None:
    """Write to the holders of the receipts, or to one of them. A form sent twice is refused the second time (changed).

    Raises Refused: as `open_sealed`; changed, empty, too_long (4,000 characters).
    """
    text = text.strip()
    if not text or len(text) > LONGEST_ANSWER:
        raise Refused("too_long" if text else "empty")
    await may_read(tx, referral_id, opened)
    if (await queue.one(tx, referral_id)).revision != revision:
        raise Refused("changed")
    await messages.post_from_coordination(tx, referral_id, text, at, to)
    await audit.record(tx, at, str(opened.member.id), "answered", referral_id)


def roles(referral: Queued, member: Member) -> tuple[Who, ...]:
    """What somebody is to a referral, in the table's words."""
    holds: tuple[Who, ...] = ("holder",) if referral.claimed_by == member.id else ()
    leads: tuple[Who, ...] = ("supervisor",) if member.may("supervise") else ()
    return (*holds, *leads)


async def held(tx: Transaction, referral_id: str, member: Member, revision: str) -> Queued:
    """The referral, locked, once it is sure that `member` may act on it and saw it as it is."""
    member.need("work")
    referral = await _locked(tx, referral_id)
    if not roles(referral, member):
        raise Refused("not_yours")
    if referral.revision != revision:
        raise Refused("changed")
    return referral


async def may_read(tx: Transaction, referral_id: str, opened: Opened) -> bytes:
    """The coordination's private key, with the row locked, for the one who holds the claim. Raises Refused."""
    opened.member.need("open")
    referral = await _locked(tx, referral_id)
    if referral.claimed_by != opened.member.id:
        raise Refused("not_yours")
    if referral.state not in life.READABLE:
        raise Refused("not_possible")
    if opened.private_key is None:
        raise Refused("no_access")
    return opened.private_key


async def _locked(tx: Transaction, referral_id: str) -> Queued:
    await steps.stands(tx, referral_id)  # apart, so that what is then read is no older than the lock
    return await queue.one(tx, referral_id)


def _decided(referral: Queued, decision: Decision, to: State) -> tuple[dict[str, object], str]:
    """The columns to set, and the words for the audit."""
    reason, alternative = decision.reason, decision.alternative
    told: dict[str, object] = {"decline_reason": reason or None, "decline_alternative": alternative or None}
    match to:
        case "declined":
            if reason not in life.REASONS or alternative not in life.ALTERNATIVES:
                raise Refused("reason_needed")
            return told, f"declined:{reason}:{alternative}"
        case "transferred":
            if reason or alternative not in life.ALTERNATIVES:
                raise Refused("not_declined" if reason else "reason_needed")
            return told, f"transferred::{alternative}"
    if reason or alternative:
        raise Refused("not_declined")
    if to == "searching" and referral.age_group != "adult" and not decision.adult_checked:
        raise Refused("age_unchecked")
    if to == "searching" and referral.referrer == "professional" and referral.call_checked_at is None:
        raise Refused("call_unchecked")
    return {}, to
