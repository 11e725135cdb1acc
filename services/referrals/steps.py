"""The one place where a referral's state is written: along the table (life.py), in its transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from services import audit
from services.database import Transaction
from services.referrals import history, holding, life
from services.referrals.life import State, Who
from services.tables import Referral

FREED = {"claimed_by": None, "claimed_at": None}
LOCK = (
    select(Referral.state, Referral.liaison, Referral.age_group, Referral.ended_at, Referral.claimed_by)
    .where(Referral.id == bindparam("referral"))
    .with_for_update()
)
BEGIN = insert(Referral)
UNDECLINED = {"decline_reason": None, "decline_alternative": None}


class NotInTable(Exception):
    """The table has no such step from where the referral stands, or not for this one."""


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a referral stands, while its row is locked."""

    state: State
    minor: bool
    ended_at: int | None
    claimed_by: int | None


async def stands(tx: Transaction, referral_id: str) -> Stands | None:
    """Lock a referral's row until the commit, and look; None where there is none."""
    row = (await tx.execute(LOCK, {"referral": referral_id})).one_or_none()
    if row is None:
        return None
    minor = row.liaison or row.age_group == "minor"
    return Stands(known(row.state), minor, row.ended_at, row.claimed_by)


async def step(
    tx: Transaction, referral_id: str, to: State, at: int, *who: Who, now: Stands | None = None, **values: object
) -> State:
    """Bring a referral to state `to`, as one who is any of `who`; `values`: other columns that change with it.

    `now`: as it stands, where the caller has locked it. An end is dated by the first; one that is reopened has none,
    and waits for anybody. The state that it left.
    What it holds of the network's places follows. Raises NotInTable; Refused: no_hold.
    """
    now = now or await stands(tx, referral_id)
    if now is None or not life.may(now.state, to, who, minor=now.minor):
        raise NotInTable
    told: dict[str, object] = {"state": to, "ended_at": (now.ended_at or at) if to in life.ENDED else None}
    if to in life.WAITING:
        told |= FREED | UNDECLINED
    if now.state in life.ENDED and to in life.HELD:
        told |= UNDECLINED
    if now.state in life.HOLDING:
        await holding.follow(tx, referral_id, to)
    await tx.execute(update(Referral).where(Referral.id == referral_id).values(told | values))
    await history.stepped(tx, referral_id, to, at)
    return now.state


async def begin(tx: Transaction, values: Mapping[str, object], at: int) -> None:
    """A new referral (its columns), received and acknowledged: by itself, at once, at any hour.

    That is nobody's act, so the audit has none.
    """
    states: tuple[State, ...] = ("received", "acknowledged")
    row = {**values, "created_at": at, "state": states[-1], "acknowledged_at": at}
    await tx.execute(BEGIN, row)
    await history.began(tx, str(values["id"]), states, at)


async def put_back(tx: Transaction, referral_id: str, at: int, *who: Who, now: Stands | None = None) -> None:
    """Let anybody claim a referral that somebody holds. What was done stays done: only `claimed` falls back.

    `now`: as by `step`. Raises NotInTable.
    """
    now = now or await stands(tx, referral_id)
    if now is None or now.state not in life.HELD:
        raise NotInTable
    if now.state == "claimed":
        await step(tx, referral_id, "acknowledged", at, *who, now=now)
    else:
        await tx.execute(update(Referral).where(Referral.id == referral_id).values(FREED))
        await history.freed(tx, referral_id, at)


async def written_by_the_person(tx: Transaction, referral_id: str, at: int) -> None:
    """A message of the person to a request whose contact was lost, or who did not come, opens it again."""
    now = await stands(tx, referral_id)
    if now and now.state in life.LOST:
        await step(tx, referral_id, "reopened", at, "person", now=now)
        await audit.record(tx, at, "person", "set_state", referral_id, "reopened")


def known(stored: str) -> State:
    """The state as it is stored. Raises StopIteration for one that the table does not know."""
    return next(state for state in life.STATES if state == stored)
