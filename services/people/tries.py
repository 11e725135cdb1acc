"""Failed sign-ins slow the next ones down, and lock nobody out; a browser that signed in before has its own count."""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from services.database import Transaction
from services.keys import Keys
from services.tables import SignInAttempt

WINDOW_S = 15 * 60
FREE = 5
STEP_S = 0.5
LONGEST_S = 5.0
DEVICE_SIZE = 16
MAC_SIZE = 16


@dataclass(frozen=True, slots=True)
class Trying:
    """Who tries to sign in: a keyed hash of name and browser; `known`: the browser signed in by this name before."""

    subject: bytes
    known: bool


def new_device(keys: Keys, name: str) -> str:
    """A cookie for the browser in which somebody has just signed in: random, and signed for this name."""
    device = secrets.token_bytes(DEVICE_SIZE)
    return base64.urlsafe_b64encode(device + _mac(keys, device, name)).decode().rstrip("=")


def trying(keys: Keys, name: str, cookie: str = "", what: str = "") -> Trying:
    """Who tries. A cookie that we did not make for this name counts as none. `what`: if not the password."""
    device = _device(keys, name, cookie)
    key = keys.purpose(f"sign-in names {what}".rstrip())
    subject = hashlib.blake2b(device + name.encode(errors="replace"), key=key, digest_size=16).digest()
    return Trying(subject, bool(device))


async def count(tx: Transaction, who: Trying, at: int) -> tuple[int, int]:
    """Count this try as failed until `succeeded`; its row, and how many came before it in a quarter of an hour."""
    await tx.execute(delete(SignInAttempt).where(SignInAttempt.at <= at - WINDOW_S))
    query = select(func.count()).where(SignInAttempt.subject == who.subject)
    before = int((await tx.execute(query)).scalar_one())
    row = insert(SignInAttempt).values(subject=who.subject, at=at).returning(SignInAttempt.id)
    return int((await tx.execute(row)).scalar_one()), before


async def succeeded(tx: Transaction, who: Trying, row: int) -> None:
    """Forget the failures of this browser, or of strangers under this name, and the try itself."""
    await tx.execute(delete(SignInAttempt).where((SignInAttempt.id == row) | (SignInAttempt.subject == who.subject)))


def pause(before: int) -> float:
    """How many seconds a try rests after so many failures: five are free, and five seconds are the most."""
    return min(LONGEST_S, max(0, before - FREE + 1) * STEP_S)


def _device(keys: Keys, name: str, cookie: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except (binascii.Error, ValueError):
        return b""
    device, mac = raw[:DEVICE_SIZE], raw[DEVICE_SIZE:]
    return device if len(raw) == DEVICE_SIZE + MAC_SIZE and hmac.compare_digest(mac, _mac(keys, device, name)) else b""


def _mac(keys: Keys, device: bytes, name: str) -> bytes:
    key = keys.purpose("devices")
    return hashlib.blake2b(device + name.encode(errors="replace"), key=key, digest_size=MAC_SIZE).digest()
