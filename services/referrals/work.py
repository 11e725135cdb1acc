"""The rest of the work on a referral: notes, handing over, the call back, a child found, two of one person."""

from sqlalchemy import select, update

from services import audit
from services.database import Transaction
from services.people import members
from services.referrals import acts, duplicates, life, notes, queue, referrals, steps
from services.referrals.queue import Queued
from services.rights import Member, Opened, Refused
from services.tables import Referral

LONGEST_NOTE = 4000
HAND_OVER = ("absence", "language", "load", "knowledge", "too_close", "end_of_shift")
"""Why a referral is handed over or put back."""


async def note(tx: Transaction, referral_id: str, opened: Opened, text: str, revision: str, at: int) -> None:
    """Add a note for the coordination alone.

    Raises Refused: as `acts.open_sealed`; changed, empty, too_long (4,000 characters).
    """
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Refused("too_long" if text else "empty")
    await acts.may_read(tx, referral_id, opened)
    if (await queue.one(tx, referral_id)).revision != revision:
        raise Refused("changed")
    key = await referrals.coordination(tx)
    if key is None:
        raise Refused("no_access")
    await notes.add(tx, referral_id, opened.member.id, key, text, at)
    await audit.record(tx, at, str(opened.member.id), "noted", referral_id)


async def hand_over(
    tx: Transaction, referral_id: str, member: Member, to: int | None, reason: str, revision: str, at: int
) -> None:
    """Give a referral to somebody else of the coordination, by their number, or back to all (None); with a reason.

    Raises Refused: not_allowed, missing (nobody who could), not_yours, changed, not_possible, reason_needed.
    """
    if to is None:
        if reason not in HAND_OVER:
            member.need("work")
            raise Refused("why_needed")
        return await acts.release(tx, referral_id, member, revision, at, reason)
    held = await acts.held(tx, referral_id, member, revision)
    if held.state not in life.HELD or held.claimed_by in (None, to):
        raise Refused("not_possible")
    if reason not in HAND_OVER:
        raise Refused("why_needed")
    if to not in {one.id for one in await receivers(tx)}:
        raise Refused("missing")
    await tx.execute(update(Referral).where(Referral.id == referral_id).values(claimed_by=to, claimed_at=at))
    return await audit.record(tx, at, str(member.id), "handed_on", referral_id, f"coordinator:{to}:{reason}")


async def receivers(tx: Transaction) -> list[Member]:
    """Who could hold a referral: active, and allowed to work and to open."""
    return [one for one in await members.members(tx) if one.active and one.may("work") and one.may("open")]


async def check_call(tx: Transaction, referral_id: str, member: Member, revision: str, at: int) -> None:
    """Note that the professional was called back through their organisation's own switchboard.

    Raises Refused: not_allowed, missing, not_yours, changed, not_possible (no professional's, or ended).
    """
    held = await acts.held(tx, referral_id, member, revision)
    if held.referrer != "professional" or held.state not in life.HELD:
        raise Refused("not_possible")
    await tx.execute(update(Referral).where(Referral.id == referral_id).values(call_checked_at=at))
    await audit.record(tx, at, str(member.id), "call_checked", referral_id)


async def found_minor(tx: Transaction, referral_id: str, member: Member, revision: str, at: int) -> None:
    """The person is under 18: from now on it is a liaison with child protection, with a life of its own.

    Raises Refused: not_allowed, missing, not_yours, changed, not_possible (it is one, or its life is past this).
    """
    held = await acts.held(tx, referral_id, member, revision)
    young: dict[str, object] = {"liaison": True, "age_group": "minor"}
    if held.for_a_minor:
        raise Refused("not_possible")
    if held.state == "claimed":
        await tx.execute(update(Referral).where(Referral.id == referral_id).values(young))
    else:
        try:
            await steps.step(tx, referral_id, "claimed", at, *acts.roles(held, member), now=held.stands, **young)
        except steps.NotInTable:
            raise Refused("not_possible") from None
    await audit.record(tx, at, str(member.id), "found_minor", referral_id)


async def link(tx: Transaction, referral_id: str, member: Member, other: str, revision: str, at: int) -> None:
    """Say that a referral is of the same person as an older one that was shown as alike: it counts once, as that one.

    Raises Refused: not_allowed, missing, not_yours, changed, not_possible (not alike, or linked already).
    """
    held = await acts.held(tx, referral_id, member, revision)
    if held.same_as or other not in {one.id for one in await duplicates.alike(tx, held)}:
        raise Refused("not_possible")
    first = await _first(tx, other)
    theirs = (Referral.id == referral_id) | (Referral.same_as == referral_id)
    await tx.execute(update(Referral).where(theirs).values(same_as=first))
    await audit.record(tx, at, str(member.id), "linked", referral_id, "same")


async def unlink(tx: Transaction, referral_id: str, member: Member, revision: str, at: int) -> None:
    """Take a link back. Raises Refused: not_allowed, missing, not_yours, changed, not_possible (there is none)."""
    held: Queued = await acts.held(tx, referral_id, member, revision)
    if held.same_as is None:
        raise Refused("not_possible")
    await tx.execute(update(Referral).where(Referral.id == referral_id).values(same_as=None))
    await audit.record(tx, at, str(member.id), "unlinked", referral_id)


async def _first(tx: Transaction, referral_id: str) -> str:
    """The one that counts of those linked together; nobody links this one meanwhile.

    The newer one is locked before the older one by whoever links, so that nobody waits for each other.
    """
    mine = select(Referral.same_as).where(Referral.id == referral_id).with_for_update()
    return await tx.scalar(mine) or referral_id
