"""Which places fit a request, and holding one of them for it: what its claimant, or a supervisor, does."""

from datetime import date

from dialogs.library import day_of
from services.database import Transaction
from services.keys import Keys
from services.places import holds, matching, places
from services.places.capacity import TERMS, Terms
from services.places.matching import Proposal, Regions, Seeker
from services.places.places import Held
from services.referrals import holding, queue, steps
from services.referrals.life import State
from services.referrals.queue import Queued
from services.rights import Member, Refused

LOOKED_FOR: tuple[State, ...] = ("evaluation", "searching", "place_offered", "agreed")
"""A place is looked for, or held."""
OF_AGE: tuple[State, ...] = ("searching", "place_offered", "agreed")
"""Nobody comes here whose age was not known or checked (services/referrals/acts.py)."""
HELD_IN: tuple[State, ...] = ("searching",)
"""A hold is made and given back by hand; in later states it follows the state."""
MORE_MAY_COME = 4
"""A request tells ages of children, not how many there are: so many more places may be held for it, and no more."""
PROLONGED_IN: tuple[State, ...] = ("searching", "place_offered", "agreed")


def seeker(referral: Queued) -> Seeker:
    """Who a place is looked for: of the clear fields, those that matter."""
    return Seeker(
        adult=referral.age_group == "adult" or referral.state in OF_AGE,
        minor=referral.for_a_minor,
        urgency=referral.urgency,
        department=referral.department,
        avoid=referral.avoid,
        gender=referral.gender,
        languages=referral.languages,
        needs=referral.needs,
        pregnancy=referral.pregnancy,
        dependants=referral.dependants,
        wishes=referral.wishes,
        safe_until=referral.safe_until,
    )


async def proposal(
    tx: Transaction, keys: Keys, referral: Queued, regions: Regions, today: date, terms: Terms = TERMS
) -> Proposal:
    """The places that fit a request, best first, with their reasons."""
    return matching.propose(seeker(referral), await places.board(tx, keys), regions, today, terms)


async def hold(
    tx: Transaction,
    keys: Keys,
    by: Member,
    referral_id: str,
    held: Held,
    regions: Regions,
    at: int,
    terms: Terms = TERMS,
) -> None:
    """Hold places for a request, once they fit: what rules a place out is looked at again under its lock.

    Raises Refused: not_allowed, missing, not_yours, not_possible, held_already, bad_count (fewer than come, or far
    more), not_fitting, no_room.
    """
    referral = await _mine(tx, by, referral_id, HELD_IN)
    if await holding.standing(tx, referral_id):
        raise Refused("held_already")
    if not 0 <= held.persons - seeker(referral).persons <= MORE_MAY_COME:
        raise Refused("bad_count")
    there = await places.lock(tx, keys, held.group)
    fits = matching.propose(seeker(referral), [there], regions, day_of(at), terms)
    reasons = {reason.id for fit in fits.excluded for reason in fit.reasons if reason.side == "excludes"}
    if fits.refusal or reasons - {"full"}:
        raise Refused("not_fitting")
    await holds.place(tx, keys, by, referral_id, held, at, terms)


async def prolong(tx: Transaction, by: Member, referral_id: str, at: int, terms: Terms = TERMS) -> None:
    """Hold for the whole time once more. Raises Refused: not_allowed, missing, not_yours, not_possible, no_hold."""
    await _mine(tx, by, referral_id, PROLONGED_IN)
    await holds.prolong(tx, by, referral_id, at, terms)


async def let_go(tx: Transaction, by: Member, referral_id: str, at: int) -> None:
    """Give back what is held and not offered yet. Raises Refused: as `prolong`."""
    await _mine(tx, by, referral_id, HELD_IN)
    await holds.let_go(tx, by, referral_id, at)


async def _mine(tx: Transaction, by: Member, referral_id: str, states: tuple[State, ...]) -> Queued:
    """The request, locked, once it is sure that `by` may act on it in its state."""
    by.need("work")
    by.need("places")
    await steps.stands(tx, referral_id)
    referral = await queue.one(tx, referral_id)
    if referral.claimed_by != by.id and not by.may("supervise"):
        raise Refused("not_yours")
    if referral.for_a_minor or referral.state not in states:
        raise Refused("not_possible")
    return referral
