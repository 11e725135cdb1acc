"""A page that looks again by itself: a stream of server-sent events that say "changed", and nothing of what changed."""

import asyncio
import contextlib
import logging
import time

from aiohttp import web

from bot.console import problems
from bot.console.problems import Problem
from bot.console.streams import NoRoom
from bot.console.visit import Visit
from services.changes import Changes
from services.people import console_sessions

LOOK_S = 2.0  # so soon a browser that went leaves its place
BEAT_S = 20.0  # so often a quiet stream says that it is there, and looks whether the session is
MINUTE_S = 60.0  # so often a page looks again where nothing changed: what waits grows older
SETTLE_S = 0.3  # what changes together is told once
LONGEST_S = 15 * 60.0  # then the browser opens a new one
RETRY = b"retry: 3000\n\n"
CHANGED, OVER, HERE = b"event: changed\ndata:\n\n", b"event: over\ndata:\n\n", b": here\n\n"
KIND = "text/event-stream"
HEADERS = {"Content-Type": KIND, "X-Accel-Buffering": "no"}

log = logging.getLogger(__name__)


async def events(visit: Visit) -> web.StreamResponse:
    """The stream of one page. It does not count as use of the session, and ends with it."""
    if KIND not in visit.request.headers.get("Accept", ""):
        raise Problem(400, problems.SENTENCES[400])
    try:
        with visit.house.streams.place(visit.session_cookie):
            return await _stream(visit, visit.house.streams.changes)
    except NoRoom:
        raise problems.busy() from None


async def _stream(visit: Visit, changes: Changes) -> web.StreamResponse:
    response = web.StreamResponse(headers=HEADERS)
    with contextlib.suppress(ConnectionError):
        await response.prepare(visit.request)
        await response.write(RETRY)
        await _tell(visit, changes, response)
    return response


async def _tell(visit: Visit, changes: Changes, response: web.StreamResponse) -> None:
    """Until the session ends, the browser goes, the process ends or it has lasted long enough."""
    number, begun = changes.number, time.monotonic()
    told_at = beat_at = begun
    while (now := time.monotonic()) - begun < LONGEST_S and not changes.closed and not _gone(visit.request):
        newer = await changes.after(number, LOOK_S)
        if newer == number and now - beat_at < BEAT_S:
            continue
        if not await _still_in(visit):
            await response.write(OVER)
            return
        beat_at = now
        if newer != number or now - told_at >= MINUTE_S:
            await asyncio.sleep(SETTLE_S)
            number, told_at = changes.number, now
            await response.write(CHANGED)
        else:
            await response.write(HERE)


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


async def _still_in(visit: Visit) -> bool:
    house = visit.house
    try:
        async with house.database.read() as tx:
            found = await console_sessions.find(tx, visit.session_cookie, house.clock(), house.idle_s)
    except Exception as fault:  # the database is away for a moment: the next look tells
        log.warning("a stream could not look at its session, and does again: %s", type(fault).__name__)
        return True
    return found is not None and found.opened.member.may("queue")
