"""Every door of the API: who may open it, what it takes and gives. `openapi.json` is made of this table."""

import logging
from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from bot.api import capacity, figures, referrals
from bot.api.asked import OFFICE, Office, Said, let_in
from bot.api.bodies import (
    ConsentAsked,
    ConsentWords,
    HandedInBody,
    KeyBody,
    PlacesBody,
    ReferralBody,
    StateAsked,
    StateBody,
)
from bot.api.figures import FiguresBody
from bot.api.problems import Problem
from bot.api.route import Route
from bot.tally import Tally
from services.database import Database
from services.keys import Keys
from services.places.capacity import TERMS, Terms
from services.referrals.claims import Door
from services.tools.handing_in import MAKING

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PREFIX = "/api/v1"

log = logging.getLogger("passerelle")


ROUTES = (
    Route(
        "GET", "/key", "readKey", "referral:create", "The coordination's public key, to seal free words to.",
        referrals.key, None, KeyBody, ("nobody_reads",),
    ),
    Route(
        "POST", "/consent", "readConsent", "referral:create", "The words of consent for a request, to be read first.",
        referrals.consent_words, ConsentAsked, ConsentWords,
    ),
    Route(
        "POST", "/referrals", "createReferral", "referral:create", "Hand in a referral; its receipt is in the answer.",
        referrals.hand_in, ReferralBody, HandedInBody,
        ("no_idempotency_key", "key_reused", "key_changed", "consent_differs", "details_point", "busy"), keyed=True,
    ),
    Route(
        "POST", "/receipts/state", "readState", "referral:state", "How the referral of a receipt stands.",
        referrals.state, StateAsked, StateBody, ("mistyped_receipt", "unknown_receipt", "wait", "busy"),
    ),
    Route(
        "GET", "/places", "readPlaces", "places:read", "The network's capacity by region, of all partners together.",
        capacity.capacity, None, PlacesBody,
    ),
    Route(
        "GET", "/statistics", "readStatistics", "statistics:read", "The yearly figures, as they were frozen.",
        figures.figures, None, FiguresBody,
    ),
)  # fmt: skip


def api(
    database: Database,
    keys: Keys,
    clock: Callable[[], int],
    said: Callable[[], Said],
    tally: Tally,
    terms: Terms = TERMS,
) -> web.Application:
    """The API as an application to mount at `/api/v1`. `clock`: Unix seconds; `terms`: how long capacity is sure."""
    from bot.api.describing import described

    application = web.Application(middlewares=[_frame])
    application[OFFICE] = Office(database, keys, clock, said, tally, Door(keys, MAKING), terms)
    description = orjson.dumps(described(ROUTES))

    async def openapi(_: web.Request) -> web.Response:
        return web.Response(body=description, content_type="application/json")

    application.router.add_get("/openapi.json", openapi, name="openapi")
    for route in ROUTES:
        application.router.add_route(route.method, route.path, _opened(route), name=route.operation)
    return application


def _opened(route: Route) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return await route.answer(await let_in(request, route.scope))

    return answer


@web.middleware
async def _frame(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal is a problem in JSON, whoever found it; each answer is counted by its kind."""
    response = await _answered(request, handler)
    name = request.match_info.route.name or "none"
    request.app[OFFICE].tally.asked[name, response.status] += 1
    return response


async def _answered(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response
    except web.HTTPMethodNotAllowed as wrong:
        return Problem("no_such_method", headers={"Allow": ", ".join(sorted(wrong.allowed_methods))}).response
    except web.HTTPException:
        return Problem("not_found").response
    except (ConnectionError, TimeoutError):
        raise
    except Exception as fault:
        log.error("a request to the API failed: %s", type(fault).__name__)
        return Problem("our_fault").response
