"""The one cookie: only what we issued counts, it changes when a conversation begins, and it dies of idleness."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from aiohttp import web

from dialogs.engine import IDLE_SECONDS

VALUE = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-f]{1,10})\.([A-Za-z0-9_-]{43})")
VISITOR = "0"


@dataclass(frozen=True, slots=True)
class Guest:
    """Whose browser it is. `talking`: a conversation began under this address; else it only looks at the first page."""

    address: str
    talking: bool = False


def new_guest() -> Guest:
    """Somebody who comes for the first time: 256 random bits."""
    return Guest(secrets.token_urlsafe(32))


@dataclass(frozen=True, slots=True)
class Cookie:
    """Unreadable by scripts, never sent from another site. `key`: 32 secret bytes, the same on every replica."""

    key: bytes
    secure: bool

    @property
    def name(self) -> str:
        """Neutral; over https the browser itself ties the name to this host."""
        return "__Host-s" if self.secure else "s"

    def read(self, request: web.Request, at: int) -> Guest | None:
        """Who it is at `at` (Unix seconds); None when there is no cookie, it is not ours, or it is too old."""
        found = VALUE.fullmatch(request.cookies.get(self.name, ""))
        if found is None:
            return None
        address, answered, mac = found.groups()
        if not hmac.compare_digest(mac, self._mac("cookie", address, answered)):
            return None
        if answered == VISITOR:
            return Guest(address)
        return Guest(address, talking=True) if at - int(answered, 16) <= IDLE_SECONDS else None

    def give(self, response: web.StreamResponse, guest: Guest, at: int) -> None:
        """Put it into the browser: a visitor's until it closes, a conversation's for as long as that lives."""
        answered = f"{at:x}" if guest.talking else VISITOR
        value = f"{guest.address}.{answered}.{self._mac('cookie', guest.address, answered)}"
        response.set_cookie(
            self.name,
            value,
            path="/",
            httponly=True,
            secure=self.secure,
            samesite="Strict",
            max_age=IDLE_SECONDS if guest.talking else None,
        )

    def take_back(self, response: web.StreamResponse) -> None:
        """Remove it from the browser."""
        response.del_cookie(self.name, path="/", httponly=True, secure=self.secure, samesite="Strict")

    def page(self, guest: Guest, nonce: str) -> str:
        """Whose page one with this nonce is: the conversation's, or this one of a visitor's, who has none yet."""
        return guest.address if guest.talking else self._mac("begin", guest.address, nonce)

    def _mac(self, purpose: str, *parts: str) -> str:
        mac = hmac.new(self.key, ".".join((purpose, *parts)).encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()
