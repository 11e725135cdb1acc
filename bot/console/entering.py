"""Coming in and going out: the one-time links, signing in, signing out."""

from aiohttp import web

from bot.console import problems, proving
from bot.console.problems import Problem
from bot.console.visit import BROWSER, SESSION, Visit
from services.lines import Busy
from services.people import console_sessions, invitations, joining, second_factor, signing_in
from services.people.invitations import Invited
from services.rights import Refused


async def home(visit: Visit) -> web.StreamResponse:
    """To the first page that one may see."""
    if visit.signed_in is None:
        return visit.see("sign_in")
    return visit.see(visit.pages()[0])


async def show_sign_in(visit: Visit) -> web.StreamResponse:
    """The sign-in form."""
    return visit.see("home") if visit.signed_in else await _sign_in_page(visit)


async def sign_in(visit: Visit) -> web.StreamResponse:
    """Check name and password; the second factor follows."""
    return await _with_password(visit, visit.form.get("name", ""), visit.form.get("password", ""))


async def show_link(visit: Visit) -> web.StreamResponse:
    """The sign-in form behind a link for a new second factor."""
    token = visit.request.match_info["token"]
    async with visit.house.database.read() as tx:
        if not await second_factor.fits_link(tx, token, visit.at):
            raise Problem(404, problems.LINK_DEAD)
    return await _sign_in_page(visit, notice=visit.in_words(problems.NEW_FACTOR), token=token)


async def sign_out(visit: Visit) -> web.StreamResponse:
    """End the session, and ask the browser to forget what it holds of this site, but not that somebody came in here."""
    async with visit.house.database.begin() as tx:
        await console_sessions.end(tx, visit.session_cookie, visit.at)
    response = visit.see("sign_in")
    visit.house.set_cookie(visit.request, response, SESSION, "")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


async def show_welcome(visit: Visit) -> web.StreamResponse:
    """The form that a one-time link opens."""
    return await _welcome_page(visit, await _invited(visit))


async def welcome(visit: Visit) -> web.StreamResponse:
    """Use up the link: keep the password, then sign in with it."""
    invited = await _invited(visit)
    password = visit.form.get("password", "")
    if password != visit.form.get("again", ""):
        return await _welcome_page(visit, invited, Problem(400, problems.NOT_THE_SAME))
    try:
        token, name = visit.request.match_info["token"], visit.form.get("name", "")
        member = await joining.accept(visit.house.database, visit.house.keys, token, password, visit.at, name)
    except Refused as fault:
        if fault.why == "missing":
            raise Problem(404, problems.LINK_DEAD) from None
        return await _welcome_page(visit, invited, problems.refused(fault.why))
    return await _with_password(visit, member.name, password)


async def _with_password(visit: Visit, name: str, password: str) -> web.StreamResponse:
    house, browser = visit.house, visit.request.cookies.get(visit.house.cookie_name(visit.request, BROWSER), "")
    try:
        opened = await signing_in.sign_in(house.database, house.keys, name, password, visit.at, browser)
    except Busy:
        return await _sign_in_page(visit, problems.busy())
    if opened is None:
        return await _sign_in_page(visit, Problem(403, problems.WRONG))
    try:
        return await proving.begin(visit, opened, visit.form.get("link", ""))
    except Problem as problem:
        return await _sign_in_page(visit, problem)


async def _invited(visit: Visit) -> Invited:
    async with visit.house.database.read() as tx:
        invited = await invitations.invitation(tx, visit.request.match_info["token"], visit.at)
    if invited is None:
        raise Problem(404, problems.LINK_DEAD)
    return invited


async def _sign_in_page(
    visit: Visit, problem: Problem | None = None, *, notice: str = "", token: str = ""
) -> web.StreamResponse:
    name, token = visit.form.get("name", ""), token or visit.form.get("link", "")
    if problem:
        notice = visit.in_words(problem.sentence)
    status, tone = (problem.status, "alert") if problem else (200, "")
    response = await visit.page(
        "sign_in.html", status, here=visit.path("sign_in"), notice=notice, tone=tone, name=name[:80], token=token
    )
    if problem and problem.wait_s:
        response.headers["Retry-After"] = str(problem.wait_s)
    return response


async def _welcome_page(visit: Visit, invited: Invited, problem: Problem | None = None) -> web.StreamResponse:
    notice = visit.in_words(problem.sentence) if problem else ""
    name = invited.name or visit.form.get("name", "")[:40]
    return await visit.page(
        "welcome.html", problem.status if problem else 200, invited=invited, notice=notice, name=name
    )
