"""What goes around a page: headers, the language asked for, what may be fetched and read, the files a page loads."""

import asyncio
import gzip
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http import HttpProcessingError

from bot.agenda import OWN

FOLDER = Path(__file__).parent
TOKENS = Path(__file__).parents[2] / "style" / "tokens.css"
KEPT = {"Cache-Control": "private, max-age=86400"}  # style and script only; leaving clears them
ERASED = {"Clear-Site-Data": '"cache", "cookies", "storage"'}
GUESSING = {"sec-purpose", "purpose", "x-purpose", "x-moz"}  # headers of a page that is fetched ahead
FRAMES = frozenset({"iframe", "frame", "object", "embed"})
ENOUGH_TO_COMPRESS = 1024  # bytes
BODY_S = 15  # a form must have come by then


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load, held in memory. `path` changes with its content."""

    path: str
    type: str
    plain: bytes
    packed: bytes


def _asset(name: str, ending: str, kind: str, content: bytes) -> Asset:
    tag = hashlib.blake2b(content, digest_size=4).hexdigest()
    return Asset(f"/web/{name}.{tag}.{ending}", kind, content, gzip.compress(content, mtime=0))


def assets() -> dict[str, Asset]:
    """Style, script and icon, by what they are."""
    static = FOLDER / "static"
    style = TOKENS.read_bytes() + (static / "chat.css").read_bytes()
    return {
        "style": _asset("page", "css", "text/css", style),
        "script": _asset("page", "js", "text/javascript", (static / "chat.js").read_bytes()),
        "icon": _asset("page", "svg", "image/svg+xml", (static / "icon.svg").read_bytes()),
    }


def send_asset(request: web.Request, asset: Asset) -> web.Response:
    """The file, compressed for those who take it so."""
    response = web.Response(body=asset.plain, content_type=asset.type, charset="utf-8", headers=KEPT)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.body = asset.packed
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def compressed(response: web.Response) -> web.Response:
    """The same, compressed for those who take it so, where that is worth it."""
    if len(response.text or "") > ENOUGH_TO_COMPRESS:
        response.enable_compression()
    return response


def asked_language(request: web.Request, offered: Collection[str]) -> str | None:
    """The best of our languages that the browser asks for (Accept-Language), or None."""
    wishes = [_wish(part) for part in request.headers.get("Accept-Language", "")[:500].split(",")]
    ranked = sorted((wish for wish in wishes if wish[0] in offered and wish[1] > 0), key=lambda wish: -wish[1])
    return ranked[0][0] if ranked else None


def _wish(part: str) -> tuple[str, float]:
    tag, _, weight = part.strip().partition(";")
    try:
        quality = float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        quality = 0.0
    return tag.split("-")[0].strip().lower(), quality


def from_another_site(request: web.Request) -> bool:
    """Whether a link on another site led here: the browser then holds a Strict cookie back."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def framed_elsewhere(request: web.Request) -> bool:
    """Whether a page of another site shows us in a frame: there no cookie of ours comes along."""
    return from_another_site(request) and request.headers.get("Sec-Fetch-Dest") in FRAMES


def by_own_hand(request: web.Request) -> bool:
    """Whether a page of ours or the address bar led here, not another site nor a neighbour under the same domain."""
    return request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")


def by_page_of_ours(request: web.Request) -> bool:
    """Whether the browser itself says that a page of ours led here; an old one says nothing."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def fetched_ahead(request: web.Request) -> bool:
    """Whether the browser only guesses that somebody will come here, or a program only looks."""
    return request.method == "HEAD" or not GUESSING.isdisjoint(name.lower() for name in request.headers)


def opens(url: str) -> bool:
    """Whether a choice's address is one that a page may link to: it dials, writes, opens a secured page, or is ours."""
    return urlsplit(url).scheme in ("tel", "sms", "https") or url.startswith(OWN)


async def read_body(request: web.Request, limit: int) -> tuple[bytes, bool]:
    """The request's first `limit` bytes, and whether that is all.

    What cannot be unpacked, stops short or takes too long counts as nothing.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            while chunk := await request.content.readany():
                body += chunk
                if len(body) > limit:
                    return bytes(body[:limit]), False
    except (web.RequestPayloadError, HttpProcessingError, ConnectionResetError, TimeoutError):
        return b"", True
    return bytes(body), True
