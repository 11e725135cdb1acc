"""The one cookie: only what we issued counts, it changes when a conversation begins, and it dies of idleness."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from aiohttp import web

from bot.channels.webchat.look import PLAIN, Look
from dialogs.engine import IDLE_SECONDS

VALUE = re.compile(r"([A-Za-z0-9_-]{43})\.([0-9a-f]{1,10})\.([A-Za-z0-9_~-]{0,80})\.([A-Za-z0-9_-]{43})")
VISITOR = "0"


@dataclass(frozen=True, slots=True)
class Guest:
    """Whose browser it is. `answered`: when the last answer came (Unix seconds); 0 for who only looks at first.

    `look`: how its pages are shown.
    """

    address: str
    answered: int = 0
    look: Look = PLAIN

    @property
    def talking(self) -> bool:
        """Whether a conversation began under this address."""
        return self.answered > 0


def new_guest(look: Look = PLAIN) -> Guest:
    """Somebody who comes for the first time: 256 random bits. Who left may have chosen `look`: letters stay large."""
    return Guest(secrets.token_urlsafe(32), look=Look(large=look.large))


@dataclass(frozen=True, slots=True)
class Cookie:
    """Unreadable by scripts, never sent from another site. `key`: 32 secret bytes, the same on every replica."""

    key: bytes
    secure: bool

    def _tied(self, request: web.Request) -> bool:
        """Whether this browser came over https. Tor needs none: an onion's address is its proof."""
        return self.secure and not request.host.partition(":")[0].endswith(".onion")

    def _name(self, request: web.Request) -> str:
        """Neutral; over https the browser itself ties the name to this host."""
        return "__Host-s" if self._tied(request) else "s"

    def read(self, request: web.Request, at: int) -> Guest | None:
        """Who it is at `at` (Unix seconds); None when there is no cookie, it is not ours, or it is too old."""
        found = VALUE.fullmatch(request.cookies.get(self._name(request), ""))
        if found is None:
            return None
        address, answered, look, mac = found.groups()
        if not hmac.compare_digest(mac, self._mac("cookie", address, answered, look)):
            return None
        guest = Guest(address, int(answered, 16), Look.read(look))
        return guest if not guest.talking or at - guest.answered <= IDLE_SECONDS else None

    def give(self, request: web.Request, response: web.StreamResponse, guest: Guest, at: int) -> None:
        """Put it into the browser: a visitor's until it closes, a conversation's for as long as that lives."""
        parts = (guest.address, f"{guest.answered:x}", str(guest.look))
        response.set_cookie(
            self._name(request),
            ".".join((*parts, self._mac("cookie", *parts))),
            path="/",
            httponly=True,
            secure=self._tied(request),
            samesite="Strict",
            max_age=IDLE_SECONDS - (at - guest.answered) if guest.talking else None,
        )

    def take_back(self, request: web.Request, response: web.StreamResponse) -> None:
        """Remove it from the browser."""
        response.del_cookie(self._name(request), path="/", httponly=True, secure=self._tied(request), samesite="Strict")

    def page(self, guest: Guest, nonce: str) -> str:
        """Whose page one with this nonce is: the conversation's, or this one of a visitor's, who has none yet."""
        return guest.address if guest.talking else self._mac("begin", guest.address, nonce)

    def _mac(self, purpose: str, *parts: str) -> str:
        mac = hmac.new(self.key, ".".join((purpose, *parts)).encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(mac.digest()).rstrip(b"=").decode()
