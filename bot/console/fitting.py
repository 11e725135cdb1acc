"""The places that fit a request, on its page: why each does, and holding one of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.console import problems
from bot.console.place_speech import PlaceSpeech
from bot.console.place_words import REFUSAL
from bot.console.visit import Visit
from dialogs.library import day_of
from dialogs.text import say
from services.database import Transaction
from services.places import holds, placing
from services.places.holds import Hold
from services.places.matching import Fit
from services.places.places import Held
from services.referrals import holding
from services.referrals.queue import Queued
from services.rights import Refusal, Refused

SHOWN = 4  # the best; the others are one tap behind
TOLD = {  # in the address of the request's page: what was done, and what was not
    "held": say("console", "The place is held. Set the state to “A place is offered” when you offer it."),
    "prolonged": say("console", "The place is held for the whole time once more."),
    "given_back": say("console", "The place is free again for others."),
}
REFUSED: tuple[Refusal, ...] = (
    "not_yours", "not_possible", "no_room", "no_hold", "held_already", "not_fitting", "bad_count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fitting:
    """What the request's page tells of places. `best` and `others`: those that fit; `out`: those that are ruled out.

    `refusal`: why none is looked for; `persons`: how many places are needed; `may_*`: what this reader may do.
    `ends`: when a place that was agreed to is given back by itself (Unix seconds); 0 where nobody agreed yet.
    """

    tell: PlaceSpeech
    hours: int
    persons: int
    hold: Hold | None = None
    best: tuple[Fit, ...] = ()
    others: tuple[Fit, ...] = ()
    out: tuple[Fit, ...] = ()
    refusal: str = ""
    may_hold: bool = False
    may_prolong: bool = False
    late: bool = False
    ends: int = 0
    notice: str = ""
    tone: str = ""


async def of(tx: Transaction, visit: Visit, referral: Queued) -> Fitting | None:
    """For a request for which a place is looked for or held, and a reader who sees the board; else None."""
    if not visit.member.may("places") or referral.for_a_minor or referral.state not in placing.LOOKED_FOR:
        return None
    house, regions = visit.house, visit.house.edited.content.library.anonymity.regions
    acting = visit.member.may("work") and (referral.claimed_by == visit.member.id or visit.member.may("supervise"))
    hold = await holds.of(tx, house.keys, referral.id)
    found = await placing.proposal(tx, house.keys, referral, regions, day_of(visit.at), house.terms)
    return Fitting(
        tell=PlaceSpeech(visit),
        hours=house.terms.hold_hours,
        persons=placing.seeker(referral).persons,
        hold=hold,
        best=found.fitting[:SHOWN],
        others=found.fitting[SHOWN:],
        out=found.excluded,
        refusal=visit.in_words(REFUSAL[found.refusal]) if found.refusal else "",
        may_hold=acting and referral.state in placing.HELD_IN,
        may_prolong=acting and referral.state in placing.PROLONGED_IN,
        late=hold is not None and hold.until <= visit.at,
        ends=hold.until + holding.AGREED_S if hold is not None and referral.state == "agreed" else 0,
        **_told(visit),
    )


async def hold(visit: Visit) -> web.StreamResponse:
    """Hold places for a request."""
    form, house = visit.form, visit.house
    regions = house.edited.content.library.anonymity.regions
    wanted = Held(_figure(form.get("group", "")), _figure(form.get("persons", "")))
    return await _done(
        visit,
        "held",
        lambda tx: placing.hold(tx, house.keys, visit.member, _id(visit), wanted, regions, visit.at, house.terms),
    )


async def prolong(visit: Visit) -> web.StreamResponse:
    """Hold them for the whole time once more."""
    terms = visit.house.terms
    return await _done(visit, "prolonged", lambda tx: placing.prolong(tx, visit.member, _id(visit), visit.at, terms))


async def give_back(visit: Visit) -> web.StreamResponse:
    """Let others have them."""
    return await _done(visit, "given_back", lambda tx: placing.let_go(tx, visit.member, _id(visit), visit.at))


async def _done(visit: Visit, told: str, act: Callable[[Transaction], Awaitable[None]]) -> web.StreamResponse:
    """Act, and go back to the request's page, to what it says of places."""
    try:
        async with visit.house.database.begin() as tx:
            await act(tx)
    except Refused as fault:
        if fault.why not in REFUSED:
            raise
        told = fault.why
    where = visit.path("referral", id=_id(visit))
    return web.Response(status=303, headers={"Location": f"{where}?places={told}#fitting"})


def _told(visit: Visit) -> dict[str, str]:
    told = visit.request.query.get("places", "")
    if told in TOLD:
        return {"notice": visit.in_words(TOLD[told])}
    refused = next((why for why in REFUSED if why == told), None)
    return {"notice": visit.in_words(problems.refused(refused).sentence), "tone": "alert"} if refused else {}


def _figure(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _id(visit: Visit) -> str:
    return visit.request.match_info["id"]
