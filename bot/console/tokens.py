"""Programs of the network: their tokens, issued and shown once, with what each may do, and revoked at once."""

from collections.abc import Mapping

from aiohttp import web

from bot.console import problems
from bot.console.code_words import STATE
from bot.console.people import number_of
from bot.console.visit import Visit
from dialogs.text import Text, say
from services.rights import Refused
from services.tools import api_tokens, issued
from services.tools.api_tokens import SCOPES, Scope, Tool

LASTS = (30, 90, 180, 365)  # days
USUAL = 90
MAY: Mapping[Scope, Text] = {
    "referral:create": say("console", "Hand in requests, sealed by the program"),
    "referral:state": say("console", "Ask how the request of a receipt stands"),
    "places:read": say("console", "Read the capacity, in numbers, without any house"),
    "statistics:read": say("console", "Read the yearly tables"),
}
DONE = {"revoked": say("console", "Revoked. It lets nobody in any more.")}


async def show_tokens(visit: Visit) -> web.StreamResponse:
    """Every token with its program and how it stands."""
    return await _page(visit, notice=visit.notice(DONE))


async def issue(visit: Visit) -> web.StreamResponse:
    """Make a token, shown on this one page."""
    name, days = visit.form.get("name", ""), visit.form.get("days", "")
    scopes = [scope for scope in SCOPES if visit.form.get(scope)]
    lasts = int(days) if days in map(str, LASTS) else 0
    try:
        async with visit.house.database.begin() as tx:
            token, made = await api_tokens.issue(tx, visit.house.keys, visit.member, name, scopes, lasts, visit.at)
    except Refused as fault:
        problem = problems.refused(fault.why)
        notice = visit.in_words(problem.sentence)
        typed = {"name": name, "days": days, "scopes": " ".join(scopes)}
        return await _page(visit, problem.status, notice=notice, tone="alert", typed=typed)
    return await _page(visit, token=token, made=made)


async def revoke(visit: Visit) -> web.StreamResponse:
    """Close it, once it is sure."""
    number = number_of(visit)
    if visit.form.get("sure") != "yes":
        return await visit.page("token_revoke.html", here=visit.path("tokens"), current="tokens", number=number)
    async with visit.house.database.begin() as tx:
        await api_tokens.revoke(tx, visit.member, number, visit.at)
    return visit.see("tokens", done="revoked")


async def _page(
    visit: Visit,
    status: int = 200,
    *,
    notice: str = "",
    tone: str = "",
    typed: dict[str, str] | None = None,
    token: str = "",
    made: Tool | None = None,
) -> web.Response:
    async with visit.house.database.read() as tx:
        found = await api_tokens.tools(tx, visit.opened)
    return await visit.page(
        "tokens.html",
        status,
        here=visit.path("tokens"),
        tools=[(one, one.state(visit.at)) for one in found],
        may={scope: visit.in_words(text) for scope, text in MAY.items()},
        states={state: visit.in_words(text) for state, text in STATE.items()},
        lasts=LASTS,
        longest=issued.LONGEST_NAME,
        notice=notice,
        tone=tone,
        typed=typed or {"name": "", "days": str(USUAL), "scopes": ""},
        token=token,
        made=made,
    )
