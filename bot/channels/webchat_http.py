"""What goes around a page: headers, the cookie, the language a browser asks for, the few files a page loads."""

import gzip
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.webchat_form import ADDRESS

FOLDER = Path(__file__).parent / "web"
TOKENS = Path(__file__).parents[1] / "style" / "tokens.css"
COMMON = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "no-referrer",
    "Server": "web",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
NOT_KEPT = {"Cache-Control": "no-store"}
KEPT = {"Cache-Control": "private, max-age=86400"}  # style and script only; leaving clears them
ERASED = {"Clear-Site-Data": '"cache", "cookies", "storage"'}
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000"}
ENOUGH_TO_COMPRESS = 1024  # bytes


@dataclass(frozen=True, slots=True)
class Cookie:
    """The one cookie: gone with the browser's session, unreadable by scripts, never sent from another site."""

    secure: bool

    @property
    def name(self) -> str:
        """Neutral; over https the browser itself ties the name to this host."""
        return "__Host-s" if self.secure else "s"

    def read(self, request: web.Request) -> str | None:
        """The conversation's address, or None when there is no well-formed one."""
        value = request.cookies.get(self.name, "")
        return value if ADDRESS.fullmatch(value) else None

    def give(self, response: web.StreamResponse, address: str) -> None:
        """Put the address into the browser."""
        response.set_cookie(
            self.name, address, path="/", httponly=True, secure=self.secure, samesite="Strict", max_age=None
        )

    def take_back(self, response: web.StreamResponse) -> None:
        """Remove it from the browser."""
        response.del_cookie(self.name, path="/", httponly=True, secure=self.secure, samesite="Strict")


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


def send_asset(request: web.Request, asset: Asset, headers: Mapping[str, str]) -> web.Response:
    """The file, compressed for those who take it so."""
    response = web.Response(body=asset.plain, content_type=asset.type, charset="utf-8", headers={**headers, **KEPT})
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.body = asset.packed
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def send_page(html: str, headers: Mapping[str, str], status: int = 200) -> web.Response:
    """A page that no cache keeps."""
    response = web.Response(text=html, status=status, content_type="text/html", headers={**headers, **NOT_KEPT})
    if len(html) > ENOUGH_TO_COMPRESS:
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


def opens(url: str) -> bool:
    """Whether a choice's address is one that a page may link to: it dials, writes or opens a secured page."""
    return urlsplit(url).scheme in ("tel", "sms", "https")


async def read_body(request: web.Request, limit: int) -> bytes | None:
    """The request's body, or None when it is larger than `limit` bytes."""
    body = bytearray()
    while chunk := await request.content.readany():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)
