"""What a page's form carries, and the proof that it is one of ours, sent by the browser that was given it."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qs

BODY_LIMIT = 16 * 1024  # bytes of one form
TEXT_LIMIT = 1500  # characters the box takes: percent-encoded, in any script, they fit under BODY_LIMIT
NONCE = re.compile(r"[0-9a-f]{8}[A-Za-z0-9_-]{22}")
LINE_BREAK = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Form:
    """One form as it came in: what was said, and from which page.

    `turn`: the turn the page showed. `nonce`: when that page was made, and 128 random bits. `delivery`: the
    outbox row that the page was made from, 0 if none. `language`: the page's.
    """

    turn: int
    nonce: str
    delivery: int
    language: str
    proof: str
    choice: str | None = None
    text: str = ""

    @property
    def made(self) -> int:
        """When the page was made, in Unix seconds: a proven form tells the truth."""
        return int(self.nonce[:8], 16)

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return self.choice is None and not self.text.strip()


def new_nonce(at: int) -> str:
    """The time and 128 random bits: they name one page."""
    return f"{at:08x}{secrets.token_urlsafe(16)}"


def read_form(body: bytes) -> Form | None:
    """The form in a request's body, or None when it is not one of ours. Bytes that are no UTF-8 are replaced."""
    try:
        raw = parse_qs(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        return None
    fields = {name: values[0] for name, values in raw.items()}
    turn, delivery = _number(fields.get("turn", "")), _number(fields.get("delivery", ""))
    if turn is None or delivery is None or not NONCE.fullmatch(fields.get("nonce", "")):
        return None
    return Form(
        turn=turn,
        nonce=fields["nonce"],
        delivery=delivery,
        language=fields.get("language", ""),
        proof=fields.get("proof", ""),
        choice=fields.get("choice") or None,
        text=LINE_BREAK.sub("\n", fields.get("text", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def proof(key: bytes, address: str, nonce: str, delivery: int) -> str:
    """Ties a page to the conversation it was made for: nobody else's form passes, and none about another outbox row."""
    return hmac.new(key, f"{address}.{nonce}.{delivery}".encode(), hashlib.sha256).hexdigest()


def proven(key: bytes, address: str, form: Form) -> bool:
    """Whether the form comes from a page of ours made for this conversation."""
    return hmac.compare_digest(proof(key, address, form.nonce, form.delivery).encode(), form.proof.encode())


def repeat_key(address: str, form: Form) -> str:
    """The same for the same form sent twice.

    A page takes one tap: a second one, even on another button, is answered with what the first led to. Other words
    are another message, so that none is lost; they are hashed with the address, which is stored nowhere.
    """
    if form.choice is not None:
        return form.nonce
    said = hashlib.blake2b(form.text.encode("utf-8", "replace"), key=address.encode(), digest_size=12)
    return f"{form.nonce}.{said.hexdigest()}"
