"""What somebody at the desk sets for themselves: their languages, and whether a mail tells that something waits."""

from aiohttp import web

from bot.console import problems, words
from bot.console.problems import Problem
from bot.console.visit import Visit
from dialogs.flows.referral.fields import LANGUAGES
from dialogs.text import say
from services.people import desk_settings
from services.people.desk_settings import Own
from services.rights import Refused

UNNAMED = "mis"  # a language that is not on the list
OFTEN = 20  # the list begins with those that are asked for most
DONE = {"kept": say("console", "Your settings are kept.")}


async def show(visit: Visit) -> web.StreamResponse:
    """The form, as it was kept."""
    async with visit.house.database.read() as tx:
        kept = await desk_settings.own(tx, visit.house.keys, visit.member.id)
    return await _page(visit, kept)


async def keep(visit: Visit) -> web.StreamResponse:
    """Keep the form; what was typed is shown again if it cannot be."""
    form = visit.form
    spoken = tuple(code for code in LANGUAGES if form.get(f"language_{code}") == "yes")
    wanted = Own(spoken, form.get("address", ""), any_hour=form.get("any_hour") == "yes")
    try:
        async with visit.house.database.begin() as tx:
            await desk_settings.keep(tx, visit.house.keys, visit.member, wanted)
    except Refused as fault:
        return await _page(visit, wanted, problems.refused(fault.why))
    return visit.see("own", done="kept")


async def _page(visit: Visit, own: Own, problem: Problem | None = None) -> web.StreamResponse:
    notice = visit.in_words(problem.sentence) if problem else visit.notice(DONE)
    listed = [(code, words.tongues(visit.language, [code])) for code in LANGUAGES if code != UNNAMED]
    first = [pair for number, pair in enumerate(listed) if number < OFTEN or pair[0] in own.languages]
    return await visit.page(
        "own.html",
        problem.status if problem else 200,
        here=visit.path("own"),
        current="account",
        own=own,
        often=first,
        others=[pair for pair in listed if pair not in first],
        notice=notice,
        tone="alert" if problem else "",
    )
