"""The recovery key: 28 characters on paper that open what is sealed when nobody else can. It counts once tried."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, delete, insert, select, update

from services import audit
from services.database import Transaction
from services.people import access
from services.rights import Member, Opened, Refused
from services.sealing import KeyPair, Unreadable, bound, key_pair, keys_of, open_sealed, seal_to
from services.tables import Coordinator
from services.tables.people import RecoveryBox, RecoveryKey

SECRET_BYTES = 16
CHECK_BITS = 12
CHARACTERS = 28
GROUP = 4
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that is read as another
READ_AS = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class Made:
    """A recovery key: when it was made, and when it was tried, 0 while it does not count."""

    made_at: int
    tried_at: int = 0


async def newest(tx: Transaction) -> Made | None:
    """The recovery key made last."""
    columns = select(RecoveryKey.made_at, RecoveryKey.tried_at).order_by(RecoveryKey.id.desc()).limit(1)
    row = (await tx.execute(columns)).one_or_none()
    return Made(row.made_at, row.tried_at or 0) if row else None


async def counts(tx: Transaction) -> bool:
    """Whether there is one that was tried."""
    return bool(await tx.scalar(select(RecoveryKey.id).where(RecoveryKey.tried_at.is_not(None)).limit(1)))


async def make(tx: Transaction, opened: Opened, at: int) -> str:
    """A new one, to be shown once. An earlier one goes on counting until this one is tried.

    Raises Refused: not_allowed, no_access (no key, or not the newest).
    """
    opened.member.need("keys")
    key = await access.current_key(tx)
    if opened.private_key is None or key is None:
        raise Refused("no_access")
    access.fits(opened.private_key, key)
    await tx.execute(delete(RecoveryKey).where(RecoveryKey.tried_at.is_(None)))
    secret = secrets.token_bytes(SECRET_BYTES)
    row = {"public_key": _pair(secret).public, "made_by": opened.member.id, "made_at": at}
    added = await tx.execute(insert(RecoveryKey).values(row).returning(RecoveryKey.id, RecoveryKey.public_key))
    await _seal(tx, added.one(), key.id, keys_of(opened.private_key)[0])
    await audit.record(tx, at, str(opened.member.id), "recovery_made")
    return written(secret)


async def try_out(tx: Transaction, member: Member, paper: str, at: int) -> None:
    """It was typed from the paper: from now on it counts, and an earlier one ends. Raises Refused: bad_paper."""
    member.need("keys")
    row, _ = await _opened(tx, paper)
    await tx.execute(delete(RecoveryKey).where(RecoveryKey.id != row.id))
    await tx.execute(update(RecoveryKey).where(RecoveryKey.id == row.id).values(tried_at=at))
    await audit.record(tx, at, str(member.id), "recovery_tried")


async def recover(tx: Transaction, member: Member, paper: str, at: int) -> None:
    """Give access by the paper to somebody who has joined and whose role may open; it works from their next sign-in.

    Raises Refused: bad_paper, not_possible (their role cannot), missing.
    """
    _, keys = await _opened(tx, paper)
    if not member.may("open"):
        raise Refused("not_possible")
    public = await tx.scalar(select(Coordinator.public_key).where(Coordinator.id == member.id, Coordinator.active))
    if public is None:
        raise Refused("missing")
    await audit.record(tx, at, str(member.id), "recovered")
    held = await access.numbers(tx, member.id)
    for number, private in keys.items():
        if number not in held:
            await access.give(tx, member.id, public, number, private, None, at)


async def give(tx: Transaction, key: int, private: bytes) -> None:
    """Seal a new key of the coordination to the recovery keys that there are."""
    for row in list(await tx.execute(select(RecoveryKey.id, RecoveryKey.public_key))):
        await _seal(tx, row, key, private)


async def forget(tx: Transaction, keys: Sequence[int]) -> None:
    """Give up the boxes of older keys."""
    await tx.execute(delete(RecoveryBox).where(RecoveryBox.coordination_key_id.in_(keys)))


def written(secret: bytes) -> str:
    """How a secret of 16 bytes stands on the paper: seven groups of four, with a check against typing errors."""
    number = int.from_bytes(secret) << CHECK_BITS | _check(secret)
    letters = "".join(LETTERS[number >> shift & 31] for shift in range(5 * (CHARACTERS - 1), -1, -5))
    return "-".join(letters[start : start + GROUP] for start in range(0, CHARACTERS, GROUP))


def read(paper: str) -> bytes:
    """The secret of what was typed, however it is grouped. Raises Refused: bad_paper."""
    letters = re.sub(r"[\s-]", "", paper).upper().translate(READ_AS)
    if len(letters) != CHARACTERS or not set(letters) <= set(LETTERS):
        raise Refused("bad_paper")
    number = 0
    for letter in letters:
        number = number << 5 | LETTERS.index(letter)
    secret = (number >> CHECK_BITS).to_bytes(SECRET_BYTES)
    if number & (1 << CHECK_BITS) - 1 != _check(secret):
        raise Refused("bad_paper")
    return secret


async def _opened(tx: Transaction, paper: str) -> tuple[Row[int, bytes], dict[int, bytes]]:
    """The recovery key that the paper is, and the coordination's private keys by number that it opens."""
    pair = _pair(read(paper))
    columns = select(RecoveryKey.id, RecoveryKey.public_key).where(RecoveryKey.public_key == pair.public)
    row = (await tx.execute(columns)).one_or_none()
    if row is None:
        raise Refused("bad_paper")
    boxes = select(RecoveryBox.coordination_key_id, RecoveryBox.box).where(RecoveryBox.recovery_key_id == row.id)
    try:
        found = list(await tx.execute(boxes))
        return row, {one[0]: open_sealed(pair.private, one[1], _label(row.id, one[0])) for one in found}
    except Unreadable:
        raise Refused("bad_paper") from None


async def _seal(tx: Transaction, row: Row[int, bytes], key: int, private: bytes) -> None:
    box = seal_to(row.public_key, private, _label(row.id, key))
    await tx.execute(insert(RecoveryBox).values(recovery_key_id=row.id, coordination_key_id=key, box=box))


def _label(recovery: int, key: int) -> bytes:
    return bound("recovery", recovery, key)


def _pair(secret: bytes) -> KeyPair:
    return key_pair(hashlib.blake2b(secret, person=b"recovery key", digest_size=32).digest())


def _check(secret: bytes) -> int:
    digest = hashlib.blake2b(secret, person=b"recovery check", digest_size=2).digest()
    return int.from_bytes(digest) & (1 << CHECK_BITS) - 1
