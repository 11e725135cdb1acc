"""What is kept and how long, and the requests whose deletion is stopped."""

from aiohttp import web

from bot.console import problems, words
from bot.console.visit import Visit
from dialogs.kept import KEPT
from services.referrals import legal_holds
from services.rights import Refused


async def show(visit: Visit) -> web.StreamResponse:
    """The table, and the holds."""
    async with visit.house.database.read() as tx:
        held = await legal_holds.every(tx)
    rows = [[visit.in_words(text) for text in (one.what, one.long, one.readers, one.why)] for one in KEPT]
    return await visit.page("kept.html", told=True, rows=rows, held=held, reasons=reasons(visit))


async def hold(visit: Visit) -> web.StreamResponse:
    """Stop the deletion of a request."""
    referral = visit.request.match_info["id"]
    try:
        async with visit.house.database.begin() as tx:
            await legal_holds.place(tx, referral, visit.member, visit.form.get("reason", ""), visit.at)
    except Refused as fault:
        raise problems.refused(fault.why) from None
    return visit.see("referral", done="held", id=referral)


async def let_go(visit: Visit) -> web.StreamResponse:
    """Let it be deleted when it is due."""
    referral = visit.request.match_info["id"]
    async with visit.house.database.begin() as tx:
        await legal_holds.lift(tx, referral, visit.member, visit.at)
    return visit.see("referral", done="let_go", id=referral)


def reasons(visit: Visit) -> dict[str, str]:
    """Why a deletion is stopped, in words."""
    return {name: visit.in_words(text) for name, text in words.HOLD_REASON.items()}
