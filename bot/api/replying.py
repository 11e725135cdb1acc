"""An answer in JSON."""

from aiohttp import web
from pydantic import BaseModel


def answer(body: BaseModel, status: int = 200) -> web.Response:
    """A model as JSON."""
    return web.Response(text=body.model_dump_json(), status=status, content_type="application/json")
