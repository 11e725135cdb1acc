"""The second factor: codes by the clock (RFC 6238, 6 figures, 30 seconds), and ten codes on paper for a lost phone.

The secret lies sealed under a key of the key file (docs/decisions): it is needed where no password is in hand.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import pyotp
from sqlalchemy import Row, delete, exists, func, insert, select, update

from services import audit
from services.database import Transaction
from services.keys import Keys
from services.people import tries
from services.rights import Member, Refused
from services.sealing import Box, bound
from services.tables import ConsoleSession, Coordinator
from services.tables.people import FactorReset, RecoveryCode, SecondFactor

ISSUER = "Passerelle"
STEP_S = 30
AROUND = (0, -1, 1)  # steps: clocks that differ by half a minute
PAPER_CODES = 10
PAPER_GROUPS = 3  # of four characters: 60 bits
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none that is read as another
READ_AS = str.maketrans("OIL", "011")
MOST_WRONG = 10  # in a quarter of an hour; who gets as far as here has the password
RESET_S = 24 * 3600

Outcome: TypeAlias = Literal["right", "wrong", "wait"]
Stage: TypeAlias = Literal["factor", "enrol", "link"]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What goes into an app: the key to type, and the address that its QR code holds."""

    key: str = field(repr=False)
    uri: str = field(repr=False)


async def stage(tx: Transaction, member_id: int, at: int) -> Stage:
    """What follows the password: a code, setting the factor up, or the link that somebody was given for that."""
    confirmed = SecondFactor.coordinator_id == member_id, SecondFactor.confirmed_at.is_not(None)
    if await tx.scalar(select(exists().where(*confirmed))):
        return "factor"
    reset = FactorReset.coordinator_id == member_id
    return "link" if await tx.scalar(select(exists().where(reset))) else "enrol"


async def enrol_anew(tx: Transaction, member_id: int) -> None:
    """Forget a secret that no code has confirmed, and the sessions that were shown it: each sign-in gets its own.

    Else who knew the password before its owner came would have seen the secret that the owner then confirms.
    """
    mine = (SecondFactor.coordinator_id == member_id) & SecondFactor.confirmed_at.is_(None)
    await tx.execute(delete(SecondFactor).where(mine))
    shown = (ConsoleSession.coordinator_id == member_id) & (ConsoleSession.stage == "enrol")
    await tx.execute(delete(ConsoleSession).where(shown))


async def enrol(tx: Transaction, keys: Keys, member: Member) -> Enrolment:
    """The secret that waits for its first code; made if there is none. Raises Refused: not_possible (confirmed)."""
    row = await _row(tx, member.id)
    if row is None:
        key = pyotp.random_base32()
        box = _box(keys).seal(key.encode(), _label(member.id))
        await tx.execute(insert(SecondFactor).values(coordinator_id=member.id, secret_box=box, last_step=0))
    elif row.confirmed_at is not None:
        raise Refused("not_possible")
    else:
        key = _opened(keys, member.id, row.secret_box)
    return Enrolment(key, pyotp.TOTP(key).provisioning_uri(name=member.name, issuer_name=ISSUER))


async def confirm(tx: Transaction, keys: Keys, member: Member, code: str, at: int) -> tuple[str, ...]:
    """Make the factor count by a first right code: the ten codes for paper. Raises Refused: wrong_code."""
    row = await _row(tx, member.id)
    step = _step(_opened(keys, member.id, row.secret_box), code, at, 0) if row and row.confirmed_at is None else None
    if step is None:
        raise Refused("wrong_code")
    mine = SecondFactor.coordinator_id == member.id
    await tx.execute(update(SecondFactor).where(mine).values(last_step=step, confirmed_at=at))
    await tx.execute(delete(FactorReset).where(FactorReset.coordinator_id == member.id))
    await audit.record(tx, at, str(member.id), "factor_set")
    return await _new_paper(tx, keys, member.id)


async def check(tx: Transaction, keys: Keys, member: Member, code: str, at: int, device: str = "") -> Outcome:
    """Whether this is the code of now, not used before, or one from the paper, which is then used up.

    `wait`: ten were wrong within a quarter of an hour. A browser that came in before has its own count (`device`); a
    code from the paper, which nobody guesses, opens at any time. Commit whatever the outcome: a wrong one is counted.
    """
    row = await _row(tx, member.id)
    who = tries.trying(keys, member.name, device, "second factor")
    mine, before = await tries.count(tx, who, at)
    if before == tries.FREE:
        await audit.record(tx, at, "system", "slowed", detail=f"coordinator:{member.id}")
    if row is None or row.confirmed_at is None:
        return "wait"
    waits = before >= MOST_WRONG
    step = None if waits else _step(_opened(keys, member.id, row.secret_box), code, at, row.last_step)
    if step is None and not await _from_paper(tx, keys, member.id, code, at):
        return "wait" if waits else "wrong"
    if step is not None:
        await tx.execute(update(SecondFactor).where(SecondFactor.coordinator_id == member.id).values(last_step=step))
    await tries.succeeded(tx, who, mine)
    return "right"


async def new_paper(tx: Transaction, keys: Keys, member: Member, at: int) -> tuple[str, ...]:
    """Ten new codes for paper; the old ones end."""
    await audit.record(tx, at, str(member.id), "paper_codes_made")
    return await _new_paper(tx, keys, member.id)


async def paper_left(tx: Transaction, member_id: int) -> int:
    """How many codes of the paper are unused."""
    return await tx.scalar(select(func.count()).where(RecoveryCode.coordinator_id == member_id)) or 0


async def reset(tx: Transaction, coordinator_id: int, at: int, by: Member | None = None) -> str:
    """End somebody's factor and sessions: a one-time token for a new one, good for a day. `by`: None for the operator.

    Raises Refused: not_allowed, not_possible (oneself), missing.
    """
    if by:
        by.need("invite")
        if by.id == coordinator_id:
            raise Refused("not_possible")
    active = Coordinator.active & (Coordinator.id == coordinator_id)
    if not await tx.scalar(select(exists().where(active))):
        raise Refused("missing")
    await audit.record(tx, at, str(by.id) if by else "system", "factor_reset", detail=f"coordinator:{coordinator_id}")
    for table in (SecondFactor, RecoveryCode, FactorReset, ConsoleSession):
        await tx.execute(delete(table).where(table.coordinator_id == coordinator_id))
    token = secrets.token_urlsafe(32)
    row = {"coordinator_id": coordinator_id, "token_hash": _token_hash(token), "expires_at": at + RESET_S}
    await tx.execute(insert(FactorReset).values(row))
    return token


async def fits_link(tx: Transaction, token: str, at: int, member_id: int | None = None) -> bool:
    """Whether this is a link that was given for a new factor (to `member_id`, where given) and still counts."""
    good = (FactorReset.token_hash == _token_hash(token)) & (FactorReset.expires_at > at)
    if member_id is not None:
        good &= FactorReset.coordinator_id == member_id
    return bool(await tx.scalar(select(exists().where(good))))


async def who_has_one(tx: Transaction) -> frozenset[int]:
    """The numbers of those whose second factor counts."""
    found = await tx.scalars(select(SecondFactor.coordinator_id).where(SecondFactor.confirmed_at.is_not(None)))
    return frozenset(found)


async def _row(tx: Transaction, member_id: int) -> Row[Any] | None:
    mine = SecondFactor.coordinator_id == member_id
    return (await tx.execute(select(SecondFactor.__table__).where(mine).with_for_update())).one_or_none()


def _step(key: str, code: str, at: int, last: int) -> int | None:
    """The half minute whose code this is, later than `last`; None for none around now."""
    typed, app = re.sub(r"\s", "", code).encode(errors="replace"), pyotp.TOTP(key, interval=STEP_S)
    steps = (at // STEP_S + more for more in AROUND)
    right = (step for step in steps if hmac.compare_digest(app.generate_otp(step).encode(), typed))
    return next((step for step in right if step > last), None)


async def _new_paper(tx: Transaction, keys: Keys, member_id: int) -> tuple[str, ...]:
    await tx.execute(delete(RecoveryCode).where(RecoveryCode.coordinator_id == member_id))
    codes = tuple("-".join(_group() for _ in range(PAPER_GROUPS)) for _ in range(PAPER_CODES))
    rows = [{"code_hash": _paper_hash(keys, member_id, code), "coordinator_id": member_id} for code in codes]
    await tx.execute(insert(RecoveryCode), rows)
    return codes


async def _from_paper(tx: Transaction, keys: Keys, member_id: int, code: str, at: int) -> bool:
    gone = delete(RecoveryCode).where(RecoveryCode.code_hash == _paper_hash(keys, member_id, code))
    if (await tx.execute(gone)).rowcount != 1:
        return False
    await audit.record(tx, at, str(member_id), "paper_code_used")
    return True


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(4))


def _paper_hash(keys: Keys, member_id: int, code: str) -> bytes:
    plain = re.sub(r"[\s-]", "", code).upper().translate(READ_AS)
    key = keys.purpose("paper codes")
    return hashlib.blake2b(bound(member_id, plain), key=key, digest_size=32).digest()


def _token_hash(token: str) -> bytes:
    return hashlib.blake2b(token.encode(errors="replace"), person=b"factor reset", digest_size=32).digest()


def _box(keys: Keys) -> Box:
    return Box(keys.purpose("second factors"))


def _label(member_id: int) -> bytes:
    return bound("second factor", member_id)


def _opened(keys: Keys, member_id: int, box: bytes) -> str:
    return _box(keys).open(box, _label(member_id)).decode()
