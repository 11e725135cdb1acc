"""Between the password and the desk: the second factor, setting one up, and the lock of an idle session."""

import asyncio
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from aiohttp import web
from markupsafe import Markup

from bot.console import problems
from bot.console.problems import Problem
from bot.console.visit import BROWSER, SESSION, Visit, prefix
from services.database import Transaction
from services.lines import Busy
from services.people import console_sessions, recovery, second_factor, signing_in, tries
from services.people.console_sessions import Waiting
from services.people.second_factor import Enrolment
from services.rights import Member, Opened, Refused

WRONG_S = 0.5  # how long a wrong code rests
BACK = re.compile(r"/(?!/)[\w/.%?=&:+-]{0,400}")


async def begin(visit: Visit, opened: Opened, token: str = "") -> web.StreamResponse:
    """The password was right: on to the second factor. `token`: of the link for a new one, where there was one.

    Raises Problem where a link was given for this and it is another one, or none.
    """
    async with visit.house.database.begin() as tx:
        stage = await second_factor.stage(tx, opened.member.id, visit.at)
        if stage == "link":
            if not await second_factor.fits_link(tx, token, visit.at, opened.member.id):
                raise Problem(403, problems.LINK_NEEDED)
            stage = "enrol"
        if stage == "enrol":
            await second_factor.enrol_anew(tx, opened.member.id)
        if visit.session_cookie:
            await console_sessions.end(tx, visit.session_cookie, visit.at)
        cookie = await console_sessions.begin(tx, opened, stage, visit.at)
    response = visit.see("factor")
    visit.house.set_cookie(visit.request, response, SESSION, cookie)
    return response


async def show(visit: Visit) -> web.StreamResponse:
    """The form for a code; before the first one, what to put into the app."""
    return await _page(visit)


async def prove(visit: Visit) -> web.StreamResponse:
    """Check the code, and open the session; the first right one shows the codes for paper."""
    waiting = _waiting(visit)
    if waiting.stage == "locked":
        return visit.see("locked")
    if waiting.stage == "enrol":
        return await _enrol(visit, waiting)
    async with visit.house.database.begin() as tx:
        outcome = await second_factor.check(
            tx, visit.house.keys, waiting.opened.member, visit.form.get("code", ""), visit.at, _browser(visit)
        )
        opened = await _open(visit, tx, waiting) if outcome == "right" else ""
    if outcome == "right":
        return come_in(visit, visit.see("home"), waiting.opened, opened)
    await asyncio.sleep(WRONG_S)
    return await _page(visit, problems.refused("wrong_code" if outcome == "wrong" else "wait"))


async def begin_again(visit: Visit) -> web.StreamResponse:
    """Leave the session that waits, for the sign-in form."""
    async with visit.house.database.begin() as tx:
        await console_sessions.end(tx, visit.session_cookie, visit.at)
    response = visit.see("sign_in")
    visit.house.set_cookie(visit.request, response, SESSION, "")
    return response


async def show_lock(visit: Visit) -> web.StreamResponse:
    """The password again, after a while without use."""
    if _waiting(visit).stage != "locked":
        return visit.see("factor")
    return await lock_page(visit, back=visit.request.query.get("back", ""))


async def unlock(visit: Visit) -> web.StreamResponse:
    """Open the session again, and go on where one was."""
    waiting, house, back = _waiting(visit), visit.house, visit.form.get("back", "")
    if waiting.stage != "locked":
        return visit.see("factor")  # a password alone opens nothing
    password, name = visit.form.get("password", ""), waiting.opened.member.name
    try:
        opened = await signing_in.sign_in(house.database, house.keys, name, password, visit.at, _browser(visit))
    except Busy:
        return await lock_page(visit, problems.busy(), back=back)
    if opened is None:
        return await lock_page(visit, problems.refused("wrong_password"), back=back)
    async with house.database.begin() as tx:
        cookie = await console_sessions.unlock(tx, visit.session_cookie, opened, waiting.started_at, visit.at)
    response = web.Response(status=303, headers={"Location": _ours(visit, back)})
    return come_in(visit, response, opened, cookie)


async def lock_page(
    visit: Visit, problem: Problem | None = None, *, back: str = "", kept: str = "", status: int = 200
) -> web.Response:
    """The page of a locked session. `back`: where one was; `kept`: what one had typed there."""
    waiting = _waiting(visit)
    return await visit.page(
        "locked.html",
        problem.status if problem else status,
        here=visit.path("locked"),
        name=waiting.opened.member.name,
        back=back,
        kept=kept,
        notice=visit.in_words(problem.sentence) if problem else "",
    )


def where(request: web.Request) -> str:
    """The page that a form was sent from, as far as its address tells: the nearest above it that can be read."""
    path = PurePosixPath(request.path)
    pages = [
        route.resource.get_info() for route in request.app.router.routes() if route.method == "GET" and route.resource
    ]
    return next((str(one) for one in (path, *path.parents) for page in pages if _is(page, str(one))), "")


def _is(page: Mapping[str, Any], path: str) -> bool:
    return page["pattern"].fullmatch(path) is not None if "pattern" in page else page.get("path") == path


def come_in(visit: Visit, response: web.Response, opened: Opened, cookie: str) -> web.Response:
    """Give the session's cookie, and the one by which strangers who try this name do not slow this browser down."""
    visit.house.set_cookie(visit.request, response, SESSION, cookie)
    device = tries.new_device(visit.house.keys, opened.member.name)
    visit.house.set_cookie(visit.request, response, BROWSER, device)
    return response


async def _enrol(visit: Visit, waiting: Waiting) -> web.StreamResponse:
    member, keys = waiting.opened.member, visit.house.keys
    try:
        async with visit.house.database.begin() as tx:
            codes = await second_factor.confirm(tx, keys, member, visit.form.get("code", ""), visit.at)
            cookie = await console_sessions.prove(tx, visit.session_cookie, waiting.opened, visit.at)
    except Refused as fault:
        await asyncio.sleep(WRONG_S)
        return await _page(visit, problems.refused(fault.why))
    return come_in(visit, await paper_page(visit, codes, member), waiting.opened, cookie)


async def paper_page(visit: Visit, codes: tuple[str, ...], member: Member) -> web.Response:
    """The codes for paper, on this one page; on from there to the recovery key, while there is none."""
    async with visit.house.database.read() as tx:
        lacking = member.may("keys") and member.access and not await recovery.counts(tx)
    on = visit.path("keys" if lacking else "home")
    return await visit.page("paper.html", here=visit.path("account"), codes=codes, name=member.name, on=on)


async def _page(visit: Visit, problem: Problem | None = None) -> web.Response:
    waiting, notice = _waiting(visit), visit.in_words(problem.sentence) if problem else ""
    status = problem.status if problem else 200
    if waiting.stage == "locked":
        return visit.see("locked")
    if waiting.stage == "factor":
        return await visit.page("factor.html", status, here=visit.path("factor"), notice=notice)
    async with visit.house.database.begin() as tx:
        enrolment = await second_factor.enrol(tx, visit.house.keys, waiting.opened.member)
    label = visit.in_words(problems.QR)
    return await visit.page(
        "enrol.html",
        status,
        here=visit.path("factor"),
        notice=notice,
        key=enrolment.key,
        name=waiting.opened.member.name,
        picture=_picture(enrolment, label),
    )


def _picture(enrolment: Enrolment, label: str) -> Markup:
    """The QR code as a drawing within the page: it needs no image, no script and no style."""
    import segno

    code = segno.make(enrolment.uri, error="m", micro=False)
    return Markup(code.svg_inline(scale=5, dark="#000", light="#fff", title=label))  # noqa: S704 - all of it is made here


async def _open(visit: Visit, tx: Transaction, waiting: Waiting) -> str:
    return await console_sessions.prove(tx, visit.session_cookie, waiting.opened, visit.at)


def _waiting(visit: Visit) -> Waiting:
    if visit.waiting is None:
        raise web.HTTPForbidden
    return visit.waiting


def _browser(visit: Visit) -> str:
    return visit.request.cookies.get(visit.house.cookie_name(visit.request, BROWSER), "")


def _ours(visit: Visit, back: str) -> str:
    """Where one was, if that is a page of ours; else the first one."""
    inside = f"{prefix(visit.request).rstrip('/')}/"
    return back if BACK.fullmatch(back) and back.startswith(inside) else visit.path("home")
