"""Hand in a referral over the API, its free words sealed so that the server cannot read them. Needs PyNaCl alone.

export PASSERELLE_TOKEN=…       # with the scopes referral:create and referral:state
python hand_in.py https://chat.example.org
"""

import base64
import hashlib
import json
import os
import secrets
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from nacl import bindings

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def call(
    base: str, token: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Ask the API. Raises RuntimeError with the problem that it tells."""
    given = {"Authorization": f"Bearer {token}", **(headers or {})}
    data = None
    if body is not None:
        data, given["Content-Type"] = json.dumps(body).encode(), "application/json"
    request = urllib.request.Request(f"{base}/api/v1{path}", data, given)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as refused:
        raise RuntimeError(json.load(refused)) from None


# How it is sealed


def labelled(*parts: str) -> bytes:
    """Each part with its length, 4 bytes, before it."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def padded(words: bytes) -> bytes:
    """A byte 0x80, then zeros up to 256, 512, 1024, 2048 or a multiple of 4096."""
    size = 256
    while size <= len(words) and size < 4096:
        size *= 2
    size = -(-(len(words) + 1) // size) * size
    return words + b"\x80" + bytes(size - len(words) - 1)


def referral_of(token: int, key: str) -> str:
    """The id that the referral will have: made of the token's number and the request's own random key."""
    told = f"passerelle referral\0{token}\0{key}".encode()
    number = int.from_bytes(hashlib.sha256(told).digest(), "big")
    letters = ""
    for _ in range(8):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return f"R-{letters[:4]}-{letters[4:]}"


def sealed(public_key: bytes, number: int, referral: str, parts: Mapping[str, str]) -> dict[str, Any]:
    """The parts (`note`, `callback`) under a new data key, and that key sealed to the coordination."""
    data_key = secrets.token_bytes(32)
    label = labelled("sealed_keys", referral)
    bound = len(label).to_bytes(4, "big") + label + data_key
    box = bindings.crypto_box_seal(padded(bound), public_key)
    told: dict[str, Any] = {"key": number, "referral": referral, "data_key": encoded(box)}
    for purpose, words in parts.items():
        nonce, label = secrets.token_bytes(24), labelled("sealed_parts", referral, purpose, "1")
        box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(padded(words.encode()), label, nonce, data_key)
        told[purpose] = encoded(nonce + box)
    return told


def encoded(value: bytes) -> str:
    """Base64."""
    return base64.b64encode(value).decode()


# What a tool does


def hand_in(
    base: str, token: str, triage: Mapping[str, Any], parts: Mapping[str, str], language: str
) -> dict[str, Any]:
    """Show the words of consent, seal, hand in; the answer has the referral's id and its receipt, to be shown once."""
    asked = {"triage": triage, "language": language, "note": "note" in parts, "callback": "callback" in parts}
    consent = call(base, token, "/consent", asked)
    print("\n".join(consent.pop("text")))  # the person reads this, or hears it, and agrees: else stop here
    consent.pop("statistics")  # the other question, asked afterwards in its own words: here they say no to it
    consent["contact"] = True  # they may be answered behind the receipt: here they say yes
    key = call(base, token, "/key")
    name = secrets.token_urlsafe(32)
    body: dict[str, Any] = {"triage": triage, "consent": consent, "language": "fr"}
    if parts:
        body["sealed"] = sealed(base64.b64decode(key["public_key"]), key["key"], referral_of(key["token"], name), parts)
    return call(base, token, "/referrals", body, {"Idempotency-Key": name})  # on a broken line: the same again


def main() -> None:
    """An invented referral, and how it stands."""
    base, token = sys.argv[1].rstrip("/"), os.environ["PASSERELLE_TOKEN"]
    triage = {"referrer": "professional", "age_group": "adult", "urgency": "soon", "avoid": ["13"], "languages": ["ro"]}
    parts = {"note": "Looks for a place far from here.", "callback": "Office hours, 01 99 00 00 00"}
    done = hand_in(base, token, triage, parts, "fr")
    print(done["referral"], done["receipt"]["words"], sep="\n")
    print(call(base, token, "/receipts/state", {"receipt": done["receipt"]["words"]}))


if __name__ == "__main__":
    main()
