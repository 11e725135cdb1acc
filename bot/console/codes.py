"""Professional codes: issued to organisations, shown once with a slip to print, renewed, revoked at once."""

from aiohttp import web

from bot.console import problems
from bot.console.code_words import DONE, KIND, STATE
from bot.console.people import number_of
from bot.console.visit import Visit
from services.rights import Refused
from services.tools import issued, organisations


async def show_codes(visit: Visit) -> web.StreamResponse:
    """Every code with its organisation and how it stands."""
    return await _page(visit, notice=visit.notice(DONE))


async def issue(visit: Visit) -> web.StreamResponse:
    """Make a code, shown on this one page."""
    name, kind = visit.form.get("name", ""), visit.form.get("kind", "")
    try:
        async with visit.house.database.begin() as tx:
            code, made = await organisations.issue(tx, visit.house.keys, visit.member, name, kind, visit.at)
    except Refused as fault:
        problem = problems.refused(fault.why)
        notice = visit.in_words(problem.sentence)
        return await _page(visit, problem.status, notice=notice, tone="alert", typed={"name": name, "kind": kind})
    return await _page(visit, code=code.written, made=made)


async def renew(visit: Visit) -> web.StreamResponse:
    """Good for another year."""
    async with visit.house.database.begin() as tx:
        await organisations.renew(tx, visit.member, number_of(visit), visit.at)
    return visit.see("codes", done="renewed")


async def revoke(visit: Visit) -> web.StreamResponse:
    """Close it, once it is sure."""
    if visit.form.get("sure") != "yes":
        return await _ask(visit)
    async with visit.house.database.begin() as tx:
        await organisations.revoke(tx, visit.member, number_of(visit), visit.at)
    return visit.see("codes", done="revoked")


async def _ask(visit: Visit) -> web.Response:
    async with visit.house.database.read() as tx:
        one = await organisations.organisation(tx, visit.opened, number_of(visit))
    if one.revoked_at is not None:
        raise Refused("not_possible")
    return await visit.page("code_revoke.html", here=visit.path("codes"), current="codes", one=one)


async def _page(
    visit: Visit,
    status: int = 200,
    *,
    notice: str = "",
    tone: str = "",
    typed: dict[str, str] | None = None,
    code: str = "",
    made: organisations.Organisation | None = None,
) -> web.Response:
    async with visit.house.database.read() as tx:
        codes = await organisations.organisations(tx, visit.opened)
    say = visit.house.pages.translate
    return await visit.page(
        "codes.html",
        status,
        here=visit.path("codes"),
        codes=[(one, one.state(visit.at)) for one in codes],
        kinds={kind: say(visit.language, KIND[kind]) for kind in organisations.KINDS},
        states={state: say(visit.language, text) for state, text in STATE.items()},
        longest=issued.LONGEST_NAME,
        notice=notice,
        tone=tone,
        typed=typed or {"name": "", "kind": ""},
        code=code,
        made=made,
    )
