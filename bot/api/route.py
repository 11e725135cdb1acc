"""A door of the API, as its table lists it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from pydantic import BaseModel

from bot.api.asked import Asked
from bot.api.problems import Kind
from services.tools.api_tokens import Scope


@dataclass(frozen=True, slots=True)
class Route:
    """A door. `operation`: its name in the description and in the metrics; `keyed`: it takes an Idempotency-Key."""

    method: str
    path: str
    operation: str
    scope: Scope
    about: str
    answer: Callable[[Asked], Awaitable[web.Response]]
    takes: type[BaseModel] | None
    gives: type[BaseModel]
    problems: tuple[Kind, ...] = ()
    keyed: bool = False
