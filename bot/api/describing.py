"""The description of the API in OpenAPI 3.1, made of its table of doors and its models."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.bodies import ProblemBody
from bot.api.problems import PROBLEMS, Kind
from bot.api.route import Route
from services.tools.api_tokens import SCOPES

VERSION = "1.0.0"
ALWAYS: tuple[Kind, ...] = ("no_token", "wrong_scope", "too_many", "our_fault")
TAKING: tuple[Kind, ...] = ("too_large", "no_json", "not_well_formed")
REF = "#/components/schemas/{model}"
ABOUT = (
    "For the tools of the Ac.Sé network: hand in referrals whose free words the server cannot read, and ask how they "
    "stand. Tokens are issued by the coordination. No cookies, and no use from pages of other origins. How to seal, "
    "with an example that runs: docs/api.md."
)
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Random, made anew for each referral, and a secret until the receipt was shown: the id of the "
    "referral is made of it, and the same request with the same key gets the same answer for a day.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22,64}$"},
}


def described(routes: Iterable[Route]) -> dict[str, Any]:
    """The whole document."""
    listed = list(routes)
    models = {model for route in listed for model in (route.takes, route.gives) if model} | {ProblemBody}
    inputs = {route.takes for route in listed}
    modes = [(model, "validation" if model in inputs else "serialization") for model in sorted(models, key=_name)]
    _, schemas = models_json_schema(modes, ref_template=REF)  # type: ignore[arg-type]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Passerelle", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {route.path: {route.method.lower(): _operation(route)} for route in listed},
        "components": {"schemas": schemas["$defs"], "securitySchemes": {"token": _scheme()}},
    }


def _operation(route: Route) -> dict[str, Any]:
    given = {"description": "Done.", "content": _json(route.gives)}
    told: dict[str, Any] = {
        "operationId": route.operation,
        "summary": route.about,
        "description": f"Needs the scope `{route.scope}`.",
        "responses": {"200": given} | ({"201": given} if route.keyed else {}) | _problems(route),
    }
    if route.takes:
        told["requestBody"] = {"required": True, "content": _json(route.takes)}
    if route.keyed:
        told["parameters"] = [KEY_HEADER]
    return told


def _problems(route: Route) -> dict[str, Any]:
    """The refusals by status; several may share one."""
    kinds = (*ALWAYS, *(TAKING if route.takes else ()), *route.problems)
    told: dict[str, list[str]] = {}
    for kind in kinds:
        status, title = PROBLEMS[kind]
        told.setdefault(str(status), []).append(f"`{kind}`: {title}")
    content = {"application/problem+json": {"schema": {"$ref": REF.format(model=ProblemBody.__name__)}}}
    return {status: {"description": "\n\n".join(lines), "content": content} for status, lines in sorted(told.items())}


def _scheme() -> dict[str, str]:
    return {"type": "http", "scheme": "bearer", "description": f"Scopes: {', '.join(SCOPES)}."}


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REF.format(model=model.__name__)}}}


def _name(model: type[BaseModel]) -> str:
    return model.__name__
