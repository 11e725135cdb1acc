"""One request to the API: read within bounds, the token found, what it may do, in the form that is described."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from bot.api.buckets import Buckets
from bot.api.problems import Problem
from bot.tally import Tally
from dialogs.library import Library
from locales.catalog import Catalog
from services.database import Database
from services.keys import Keys
from services.places.capacity import TERMS, Terms
from services.referrals.claims import Door
from services.tools import api_tokens
from services.tools.api_tokens import Bearer

Model = TypeVar("Model", bound=BaseModel)

LARGEST = 64 * 1024
BODY_S = 15
SCHEME = "Bearer "


@dataclass(frozen=True, slots=True)
class Said:
    """What is said now: the sentences in every language, and the content."""

    catalog: Catalog
    library: Library


@dataclass(frozen=True, slots=True)
class Office:
    """What every request needs. `clock`: Unix seconds. `said`: asked anew each time, as editors change it."""

    database: Database
    keys: Keys
    clock: Callable[[], int]
    said: Callable[[], Said]
    tally: Tally
    door: Door
    terms: Terms = TERMS
    buckets: Buckets = field(default_factory=Buckets)


OFFICE = web.AppKey("office", Office)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a tool that was let in."""

    request: web.Request
    office: Office
    bearer: Bearer
    body: bytes
    at: int

    def read(self, model: type[Model]) -> Model:
        """What was sent, as described. Raises Problem, which tells where it does not fit and repeats nothing of it."""
        try:
            return model.model_validate_json(self.body)
        except ValidationError as wrong:
            found = wrong.errors(include_input=False, include_url=False, include_context=False)
            told = [{"at": ".".join(map(str, fault["loc"])), "why": fault["type"]} for fault in found[:20]]
            raise Problem("not_well_formed", told) from None


async def let_in(request: web.Request, scope: str) -> Asked:
    """Who asks, once the token may do it and is not too fast; the body is read afterwards. Raises Problem."""
    office, at = request.app[OFFICE], request.app[OFFICE].clock()
    bearer = await _bearer(request, office, at)
    if scope and scope not in bearer.scopes:
        raise Problem("wrong_scope")
    if wait := office.buckets.take(bearer.id, scope, time.monotonic()):
        raise Problem("too_many", wait=wait)
    return Asked(request, office, bearer, await _body(request), at)


async def _bearer(request: web.Request, office: Office, at: int) -> Bearer:
    given = request.headers.get("Authorization", "")
    if not given.startswith(SCHEME):
        raise Problem("no_token")
    async with office.database.read() as tx:
        bearer = await api_tokens.find(tx, office.keys, given.removeprefix(SCHEME), at)
    if bearer is None:
        raise Problem("no_token")
    return bearer


async def _body(request: web.Request) -> bytes:
    """What was sent, 64 KiB at most, all of it within 15 seconds."""
    if request.method == "GET":
        return b""
    if request.content_type != "application/json" or request.headers.get("Content-Encoding"):
        raise Problem("no_json")
    body = b""
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.content.iter_chunked(LARGEST):
                body += part
                if len(body) > LARGEST:
                    raise Problem("too_large")
    except TimeoutError:
        raise Problem("too_large") from None
    return body
