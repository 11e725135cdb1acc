"""What went wrong, told to a program: RFC 9457 (problem+json), a fixed list."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

import orjson
from aiohttp import web

Kind: TypeAlias = Literal[
    "no_token", "wrong_scope", "too_many", "too_large", "no_json", "not_well_formed", "no_idempotency_key",
    "key_reused", "key_changed", "nobody_reads", "consent_differs", "details_point", "unknown_receipt",
    "mistyped_receipt", "wait", "busy", "not_found", "no_such_method", "our_fault",
]  # fmt: skip

PROBLEMS: Mapping[Kind, tuple[int, str]] = {
    "no_token": (401, "A token in force is needed: Authorization: Bearer …"),
    "wrong_scope": (403, "This token may not do that."),
    "too_many": (429, "Too many requests with this token: wait as long as Retry-After says."),
    "too_large": (413, "What was sent is larger than 64 KiB."),
    "no_json": (415, "Send JSON in UTF-8, as application/json."),
    "not_well_formed": (422, "What was sent does not fit the description of this request."),
    "no_idempotency_key": (400, "Send Idempotency-Key: 22 to 64 random characters (A-Z, a-z, 0-9, _, -)."),
    "key_reused": (409, "This Idempotency-Key was used before: with something else, or more than a day ago."),
    "key_changed": (409, "The coordination has another key by now: fetch it, seal anew, and use a new key of yours."),
    "nobody_reads": (409, "Nobody of the coordination can open what is sealed yet: send the triage without it."),
    "consent_differs": (422, "The hash is not that of the words of consent for this request, in this version."),
    "details_point": (422, "These details together may point to one person: leave one out, or tell them and accept."),
    "unknown_receipt": (404, "No referral is known by this receipt."),
    "mistyped_receipt": (422, "This is not a whole receipt: 8 words, or 27 digits."),
    "wait": (429, "Too many wrong receipts with this token: wait a quarter of an hour."),
    "busy": (503, "Too many ask at this moment: try again in a minute."),
    "not_found": (404, "There is nothing at this address."),
    "no_such_method": (405, "This address takes another method."),
    "our_fault": (500, "This is our mistake. Nothing was changed."),
}


class Problem(Exception):
    """Why a request is refused. `errors`: where what was sent does not fit, never what stood there."""

    def __init__(
        self,
        kind: Kind,
        errors: Sequence[Mapping[str, str]] = (),
        *,
        wait: int = 0,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`wait`: seconds after which to try again, where that helps."""
        super().__init__(kind)
        self.kind, self.errors, self.wait, self.headers = kind, errors, wait, headers or {}

    @property
    def response(self) -> web.Response:
        """The answer."""
        status, title = PROBLEMS[self.kind]
        told: dict[str, Any] = {"type": f"urn:passerelle:problem:{self.kind}", "title": title, "status": status}
        if self.errors:
            told["errors"] = list(self.errors)
        headers = {**self.headers, **({"Retry-After": str(self.wait)} if self.wait else {})}
        if status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return web.Response(
            body=orjson.dumps(told), status=status, content_type="application/problem+json", headers=headers
        )
