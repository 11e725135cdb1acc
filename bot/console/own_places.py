"""A partner's own page: how many are free, one tap each; nothing of anybody else, and nothing of requests."""

from aiohttp import web

from bot.console import place_words, problems
from bot.console.people import number_of
from bot.console.place_speech import PlaceSpeech
from bot.console.places import step_of
from bot.console.visit import Visit
from services.places import partners, places
from services.places.capacity import unsure
from services.rights import Refused


async def show(visit: Visit) -> web.StreamResponse:
    """One's own places."""
    return await _page(visit, notice=visit.notice(place_words.DONE))


async def count(visit: Visit) -> web.StreamResponse:
    """One more is free, or one less."""
    try:
        async with visit.house.database.begin() as tx:
            await places.count(tx, visit.house.keys, visit.member, number_of(visit), step_of(visit), visit.at)
    except Refused as fault:
        return await _refused(visit, fault)
    return visit.see("own_places", done="counted")


async def free_from(visit: Visit) -> web.StreamResponse:
    """From which day."""
    try:
        async with visit.house.database.begin() as tx:
            day = visit.form.get("day", "")
            await places.free_from(tx, visit.house.keys, visit.member, number_of(visit), day, visit.at)
    except Refused as fault:
        return await _refused(visit, fault)
    return visit.see("own_places", done="counted")


async def confirm(visit: Visit) -> web.StreamResponse:
    """Nothing changed, in all of them."""
    try:
        async with visit.house.database.begin() as tx:
            partner = await partners.of(tx, visit.member)
            mine = [] if partner is None else await places.board(tx, visit.house.keys, partner)
            await places.confirm(
                tx, visit.house.keys, visit.member, [one.id for one in mine if not unsure(one.details)], visit.at
            )
    except Refused as fault:
        return await _refused(visit, fault)
    return visit.see("own_places", done="confirmed")


async def _refused(visit: Visit, fault: Refused) -> web.Response:
    if fault.why == "missing":
        raise fault
    problem = problems.refused(fault.why)
    return await _page(visit, problem.status, notice=visit.in_words(problem.sentence), tone="alert")


async def _page(visit: Visit, status: int = 200, *, notice: str = "", tone: str = "") -> web.Response:
    async with visit.house.database.read() as tx:
        partner = await partners.of(tx, visit.member)
        mine = [] if partner is None else await places.board(tx, visit.house.keys, partner)
    return await visit.page(
        "own_places.html",
        status,
        here=visit.path("own_places"),
        partner=partner,
        mine=[(one, unsure(one.details)) for one in mine],
        notice=notice,
        tone=tone,
        tell=PlaceSpeech(visit),
    )
