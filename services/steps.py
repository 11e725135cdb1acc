"""The one place where a referral's state is written: along the table (services/life.py), in its transaction."""

from dataclasses import dataclass

from sqlalchemy import select, update

from services import audit, history, holding, life
from services.database import Transaction
from services.life import State, Who
from services.tables import Referral

FREED = {"claimed_by": None, "claimed_at": None}
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
    columns = select(
        Referral.state, Referral.liaison, Referral.age_group, Referral.ended_at, Referral.claimed_by
    ).where(Referral.id == referral_id)
    row = (await tx.execute(columns.with_for_update())).one_or_none()
    if row is None:
        return None
    minor = row.liaison or row.age_group == "minor"
    return Stands(known(row.state), minor, row.ended_at, row.claimed_by)


async def step(tx: Transaction, referral_id: str, to: State, at: int, *who: Who, **values: object) -> State:
    """Bring a referral to state `to`, as one who is any of `who`; `values`: other columns that change with it.

    An end is dated by the first; one that is reopened has none, and waits for anybody. The state that it left.
    What it holds of the network's places follows. Raises NotInTable; Refused: no_hold.
    """
    now = await stands(tx, referral_id)
    if now is None or not life.may(now.state, to, who, minor=now.minor):
        raise NotInTable
    told: dict[str, object] = {"state": to, "ended_at": (now.ended_at or at) if to in life.ENDED else None}
    if to in life.WAITING:
        told |= FREED | UNDECLINED
    if now.state in life.ENDED and to in life.HELD:
        told |= UNDECLINED
    await holding.follow(tx, referral_id, to)
    await tx.execute(update(Referral).where(Referral.id == referral_id).values(told | values))
    await history.stepped(tx, referral_id, to, at)
    return now.state


async def acknowledge(tx: Transaction, referral_id: str, at: int) -> None:
    """Say that a referral has arrived: by itself, at once, at any hour. It is nobody's act, so the audit has none."""
    await step(tx, referral_id, "acknowledged", at, "itself", acknowledged_at=at)


async def put_back(tx: Transaction, referral_id: str, at: int, *who: Who) -> None:
    """Let anybody claim a referral that somebody holds. What was done stays done: only `claimed` falls back.

    Raises NotInTable.
    """
    now = await stands(tx, referral_id)
    if now is None or now.state not in life.HELD:
        raise NotInTable
    if now.state == "claimed":
        await step(tx, referral_id, "acknowledged", at, *who)
    else:
        await tx.execute(update(Referral).where(Referral.id == referral_id).values(FREED))
        await history.freed(tx, referral_id, at)


async def written_by_the_person(tx: Transaction, referral_id: str, at: int) -> None:
    """A message of the person to a request whose contact was lost, or who did not come, opens it again."""
    now = await stands(tx, referral_id)
    if now and now.state in life.LOST:
        await step(tx, referral_id, "reopened", at, "person")
        await audit.record(tx, at, "person", "set_state", referral_id, "reopened")


def known(stored: str) -> State:
    """The state as it is stored. Raises StopIteration for one that the table does not know."""
    return next(state for state in life.STATES if state == stored)
