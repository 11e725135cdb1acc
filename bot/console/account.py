"""One's own account: what the role may do, the password, the second factor, and where one is signed in."""

from aiohttp import web

from bot.console import problems, proving, words
from bot.console.problems import Problem
from bot.console.visit import BROWSER, Visit
from dialogs.text import say
from services import rights
from services.people import console_sessions, second_factor, signing_in
from services.rights import Refused

DONE = {
    "password": say("console", "Your password is changed. Your other sessions have ended."),
    "ended": say("console", "Ended."),
}


async def show(visit: Visit) -> web.StreamResponse:
    """What one's role may do, and one's sessions."""
    return await _page(visit)


async def change_password(visit: Visit) -> web.StreamResponse:
    """Another password, which locks one's own key anew; the other sessions end."""
    form, house = visit.form, visit.house
    if form.get("password", "") != form.get("again", ""):
        return await _page(visit, Problem(400, problems.NOT_THE_SAME))
    browser = visit.request.cookies.get(house.cookie_name(visit.request, BROWSER), "")
    current, new = form.get("current", ""), form.get("password", "")
    try:
        await signing_in.change_password(house.database, house.keys, visit.member, current, new, visit.at, browser)
    except Refused as fault:
        return await _page(visit, problems.refused(fault.why))
    async with house.database.begin() as tx:
        await console_sessions.end_others(tx, visit.member.id, visit.session_cookie, visit.at)
    return visit.see("account", done="password")


async def new_paper(visit: Visit) -> web.StreamResponse:
    """Ten new codes for paper, for who has the app."""
    house, member = visit.house, visit.member
    async with house.database.begin() as tx:
        outcome = await second_factor.check(tx, house.keys, member, visit.form.get("code", ""), visit.at)
        codes = await second_factor.new_paper(tx, house.keys, member, visit.at) if outcome == "right" else ()
    if not codes:
        return await _page(visit, problems.refused("wrong_code" if outcome == "wrong" else "wait"))
    return await proving.paper_page(visit, codes, member)


async def end_session(visit: Visit) -> web.StreamResponse:
    """End one of one's sessions."""
    async with visit.house.database.begin() as tx:
        await console_sessions.end_one(tx, visit.member.id, visit.request.match_info["session"], visit.at)
    return visit.see("account", done="ended")


async def end_others(visit: Visit) -> web.StreamResponse:
    """End all of one's sessions but this one."""
    async with visit.house.database.begin() as tx:
        await console_sessions.end_others(tx, visit.member.id, visit.session_cookie, visit.at)
    return visit.see("account", done="ended")


async def _page(visit: Visit, problem: Problem | None = None) -> web.Response:
    async with visit.house.database.read() as tx:
        sessions = await console_sessions.mine(tx, visit.member.id, visit.session_cookie, visit.at)
        left = await second_factor.paper_left(tx, visit.member.id)
    allowed = [visit.in_words(text) for right, text in words.RIGHT.items() if right in rights.MAY[visit.member.role]]
    return await visit.page(
        "account.html",
        problem.status if problem else 200,
        here=visit.path("account"),
        notice=visit.in_words(problem.sentence) if problem else visit.notice(DONE),
        tone="alert" if problem else "",
        allowed=allowed,
        sessions=sessions,
        left=left,
        of=second_factor.PAPER_CODES,
    )
