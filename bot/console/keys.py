"""The coordination's keys: the recovery key on paper, and sealing everything anew."""

from aiohttp import web

from bot.console import problems
from bot.console.problems import Problem
from bot.console.visit import Visit
from dialogs.text import say
from services import resealing
from services.people import access, recovery
from services.rights import Refused

STEPS = 100  # of 200 boxes: what one press of the button moves, so that the page comes soon
DONE = {
    "tried": say("console", "The recovery key counts from now on. Keep the paper where only two people reach it."),
    "recovered": say("console", "Access is given. Sign out and in again: then everything opens."),
}


async def show(visit: Visit) -> web.StreamResponse:
    """How the keys stand."""
    return await _page(visit)


async def make_paper(visit: Visit) -> web.StreamResponse:
    """A new recovery key, shown on this one page."""
    async with visit.house.database.begin() as tx:
        paper = await recovery.make(tx, visit.opened, visit.at)
    return await visit.page("recovery.html", here=visit.path("keys"), current="keys", paper=paper, now=visit.at)


async def try_paper(visit: Visit) -> web.StreamResponse:
    """Type it from the paper, so that it counts."""
    try:
        async with visit.house.database.begin() as tx:
            await recovery.try_out(tx, visit.member, visit.form.get("paper", ""), visit.at)
    except Refused as fault:
        return await _page(visit, problems.refused(fault.why))
    return visit.see("keys", done="tried")


async def recover(visit: Visit) -> web.StreamResponse:
    """Give oneself access by the paper."""
    try:
        async with visit.house.database.begin() as tx:
            await recovery.recover(tx, visit.member, visit.form.get("paper", ""), visit.at)
    except Refused as fault:
        return await _page(visit, problems.refused(fault.why))
    return visit.see("keys", done="recovered")


async def reseal(visit: Visit) -> web.StreamResponse:
    """Seal everything anew, or go on with it, once it is sure; everybody types their password again afterwards."""
    if visit.form.get("sure") != "yes":
        return await visit.page("reseal.html", here=visit.path("keys"), current="keys")
    await resealing.reseal(visit.house.database, visit.opened, visit.at, STEPS)
    return visit.see("keys")


async def _page(visit: Visit, problem: Problem | None = None) -> web.Response:
    async with visit.house.database.read() as tx:
        standing, paper = await resealing.standing(tx), await recovery.newest(tx)
        counts, holders = await recovery.counts(tx), await access.holders(tx)
    return await visit.page(
        "keys.html",
        problem.status if problem else 200,
        here=visit.path("keys"),
        current="keys",
        notice=visit.in_words(problem.sentence) if problem else visit.notice(DONE),
        tone="alert" if problem else "",
        standing=standing,
        paper=paper,
        counts=counts,
        holders=holders,
    )
