"""The console's door: languages, sessions, forms, rights, and the headers of every answer."""

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import parse_qsl

from aiohttp import web

from bot.console import problems, proving, words
from bot.console.problems import Problem
from bot.console.visit import FORM, HOUSE, LANGUAGE, SESSION, House, Visit, new_form_cookie
from services.lines import Busy
from services.people import console_sessions
from services.people.console_sessions import SignedIn, Waiting
from services.rights import Refused, Right

log = logging.getLogger(__name__)

LARGEST_FORM = 64 * 1024
MOST_FIELDS = 80  # a correction has some for each language
BODY_S = 15  # a form must have come by then
LANGUAGES = tuple(words.LOCALES)
HEADERS = {  # the others are every door's: bot/front.py
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
}

BY_ITSELF = "X-By-Itself"  # what a page sends that looks again by itself (desk.js)

Need: TypeAlias = Right | Literal["anyone", "waiting", "signed_in"]
Handler: TypeAlias = Callable[[Visit], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """A door: which right opens it; `anyone` needs no session, `signed_in` any role.

    `waiting`: for a session that is not open: the second factor is to come, or it is locked.

    `unasked`: a page asks for it by itself, so it does not keep an idle session open.
    """

    method: Literal["GET", "POST"]
    path: str
    name: str
    need: Need
    handler: Handler
    unasked: bool = False


def guarded(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The route's handler behind its checks: the form is whole, somebody is signed in, its token fits, the role may."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if any("\0" in part for part in request.match_info.values()):  # PostgreSQL takes no such text
            raise Problem(404, problems.SENTENCES[404])
        asked = not route.unasked and (route.method == "POST" or BY_ITSELF not in request.headers)
        visit = await _arrive(request, noted=asked)
        if not _may_come(visit, route.need):
            return await _turned_away(visit)
        if route.method == "POST":
            _check_form(visit)
        if route.need != "anyone" and route.need != "waiting" and route.need != "signed_in":
            _need(visit, route.need)
        return await route.handler(visit)

    return handle


@web.middleware
async def frame(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Whatever happens inside becomes a page with the console's headers, in the reader's language."""
    request = request.clone(client_max_size=LARGEST_FORM)
    try:
        response = await handler(request)
    except Exception as fault:
        response = await _explained(request, fault)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.query.get("lang") in LANGUAGES:
        request.app[HOUSE].set_cookie(request, response, LANGUAGE, request.query["lang"])
    return response


def language_of(request: web.Request, house: House) -> str:
    """One that coordinators can work in: as asked for, as kept, as the browser says; otherwise the first."""
    kept = request.cookies.get(house.cookie_name(request, LANGUAGE))
    browser = request.headers.get("Accept-Language", "")[:2].lower()
    return next((tongue for tongue in (request.query.get("lang"), kept, browser) if tongue in LANGUAGES), LANGUAGES[0])


async def _arrive(request: web.Request, *, noted: bool) -> Visit:
    house = request.app[HOUSE]
    at = house.clock()
    cookie = request.cookies.get(house.cookie_name(request, SESSION), "")
    session = await _session(house, cookie, at, noted) if cookie else None
    return replace(
        _stranger(request),
        at=at,
        form=await _form(request) if request.method == "POST" else {},
        signed_in=session if isinstance(session, SignedIn) else None,
        waiting=session if isinstance(session, Waiting) else None,
        session_cookie=cookie,
    )


async def _session(house: House, cookie: str, at: int, noted: bool) -> SignedIn | Waiting | None:
    async with house.database.read() as tx:
        found = await console_sessions.look(tx, cookie, at, house.idle_s)
    if isinstance(found, SignedIn) and noted and found.to_note(at):
        async with house.database.begin() as tx:
            return await console_sessions.resume(tx, cookie, at, house.idle_s)
    return found


def _stranger(request: web.Request) -> Visit:
    house = request.app[HOUSE]
    form_cookie = request.cookies.get(house.cookie_name(request, FORM)) or new_form_cookie()
    return Visit(request, house, language_of(request, house), house.clock(), form_cookie=form_cookie)


def _need(visit: Visit, right: Right) -> None:
    if not visit.member.may(right):
        raise Problem(403, problems.SENTENCES[403])


def _may_come(visit: Visit, need: Need) -> bool:
    if need == "waiting":
        return visit.waiting is not None
    return need == "anyone" or visit.signed_in is not None


async def _turned_away(visit: Visit) -> web.StreamResponse:
    """To the lock, the second factor or the sign-in page; a form that was sent is never lost on the way."""
    posted = visit.request.method == "POST"
    if visit.waiting and visit.waiting.stage == "locked":
        if posted:
            back = proving.where(visit.request)
            return await proving.lock_page(visit, back=back, kept=_typed(visit.form), status=403)
        return visit.see("locked", back=visit.request.path_qs)
    if posted:
        raise Problem(403, problems.SESSION_OVER, _typed(visit.form))
    return visit.see("factor" if visit.waiting else "home" if visit.signed_in else "sign_in")


async def _form(request: web.Request) -> dict[str, str]:
    if request.content_type != "application/x-www-form-urlencoded":
        raise Problem(400, problems.SENTENCES[400])
    try:
        async with asyncio.timeout(BODY_S):
            raw = (await request.read()).decode("utf-8")
        fields = parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except (ValueError, web.RequestPayloadError, ConnectionResetError, TimeoutError):
        raise Problem(400, problems.SENTENCES[400]) from None
    if any("\0" in value for _, value in fields):
        raise Problem(400, problems.SENTENCES[400])
    return {name: value.replace("\r\n", "\n") for name, value in fields}


def _typed(form: Mapping[str, str]) -> str:
    """The sentences of a form, so that they are not lost with it."""
    return "\n\n".join(value for name, value in form.items() if value and re.match(r"(?:text|note)(?:_|$)", name))


def _check_form(visit: Visit) -> None:
    """The form must come from a page of ours: its token, and the browser's own word where it gives one."""
    told = visit.request.headers.get("Sec-Fetch-Site", "same-origin")
    token = visit.form.get("csrf", "")
    if told not in ("same-origin", "none") or not hmac.compare_digest(token.encode(), visit.csrf.encode()):
        raise Problem(403, problems.STALE_FORM, _typed(visit.form))


async def _explained(request: web.Request, fault: Exception) -> web.StreamResponse:
    problem = _problem(fault)
    visit = _stranger(request)
    heading = problems.HEADINGS.get(problem.status, problems.BAD)
    translate = visit.house.pages.translate
    response = await visit.page(
        "problem.html",
        problem.status,
        here=visit.path("home"),
        heading=translate(visit.language, heading),
        sentence=translate(visit.language, problem.sentence),
        kept=problem.kept,
        way_out=visit.path("home"),
    )
    if problem.wait_s:
        response.headers["Retry-After"] = str(problem.wait_s)
    if isinstance(fault, web.HTTPMethodNotAllowed):
        response.headers["Allow"] = fault.headers["Allow"]
    return response


def _problem(fault: Exception) -> Problem:
    match fault:
        case Problem():
            return fault
        case Refused():
            return problems.refused(fault.why)
        case Busy():
            return problems.busy()
        case web.HTTPException(status=status) if status in problems.SENTENCES:
            return Problem(status, problems.SENTENCES[status])
        case web.HTTPException(status=status) if status < 500:
            return Problem(400, problems.SENTENCES[400])
        case _:
            log.error("the console failed: %s", type(fault).__name__)
            return Problem(500, problems.SENTENCES[500])
