"""Notices that something is in the queue: to whom, when, once whatever the number of processes, tried until sent.

A notice says nothing else: not which request, not how urgent, not of whom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, CursorResult, delete, exists, false, func, insert, select, update

from services.database import Transaction, own_insert
from services.keys import Keys
from services.people import desk_settings
from services.referrals import clock, life, queue
from services.referrals.targets import Targets
from services.rights import MAY, Right
from services.tables import Coordinator, Referral
from services.tables.audit import AuditHead, AuditRecord
from services.tables.clock import Clock
from services.tables.desk import DeskSetting, Notice, NoticeMark

# `desk`: what is new, to everybody within working hours; `supervisors`: what became late, to them within these hours;
# `urgent`: what is new or late and cannot wait, at once, to everybody; out of hours only to those who want it;
# `daily`: what still waits, new or not, to everybody once a working day.
Audience: TypeAlias = Literal["desk", "urgent", "supervisors", "daily"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)

MINUTE, DAY = 60, 24 * 3600
NEWS = ("submitted", "wrote", "place_late")  # the acts of those who ask for help; a place that nobody looks after
URGENT_EVERY_S = 5 * MINUTE  # what cannot wait is told at once, and then so seldom
RETRY_S = (MINUTE, 5 * MINUTE, 15 * MINUTE, 3600, 3 * 3600, 6 * 3600, 12 * 3600)  # then it is given up
URGENT = Referral.urgency == "immediate"
LEASE_S = 2 * MINUTE  # a sender that says nothing for so long has died
KEPT_FAILED = 30 * DAY


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent. `every_s`: at most one notice in so many seconds; `mail`, `webhook`: whether there are such.

    `digest_hour`: in which hour of a working day what still waits is told of once more; None: never.
    """

    every_s: int
    mail: bool
    webhook: bool
    targets: Targets
    digest_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice to send now. `address`: a coordinator's, or "" for the webhook; `tries`: with this one."""

    id: int
    address: str = field(repr=False)
    webhook: bool
    tries: int


async def due(tx: Transaction, plan: Plan, at: int) -> bool:
    """Whether anybody is to be told now, as far as a look tells; `tell` decides."""
    return any([await _wanted(tx, audience, plan, at) for audience in AUDIENCES])


async def tell(tx: Transaction, plan: Plan, at: int) -> int:
    """Put the notices on their way if anybody is to be told; how many. Of many processes, one does it."""
    await _lock(tx)
    wanted = [audience for audience in AUDIENCES if await _wanted(tx, audience, plan, at)]
    if not wanted:
        return 0
    everybody = wanted != ["supervisors"]
    told = [*wanted, "desk", "urgent"] if everybody and plan.targets.hours.open_at(at) else wanted
    head = await tx.scalar(select(AuditHead.last_id)) or 0
    mark = update(NoticeMark).where(NoticeMark.audience.in_(told))
    await tx.execute(mark.values(audit_id=head, told_at=at))
    readers = await _readers(tx, plan, "work" if everybody else "supervise", at)
    return await _put(tx, [*readers, *([None] if plan.webhook else [])], at)


async def waiting(tx: Transaction, at: int) -> bool:
    """Whether a notice is to be sent now."""
    return bool(await tx.scalar(select(exists().where(Notice.failed_at.is_(None), Notice.next_at <= at))))


async def take(tx: Transaction, keys: Keys, at: int) -> Delivery | None:
    """The next notice to send, this process's own for two minutes; None when there is none."""
    free = select(Notice.id).where(Notice.failed_at.is_(None), Notice.next_at <= at).order_by(Notice.next_at)
    taken = await tx.scalar(free.limit(1).with_for_update(skip_locked=True))
    if taken is None:
        return None
    await tx.execute(update(Notice).where(Notice.id == taken).values(next_at=at + LEASE_S, tries=Notice.tries + 1))
    columns = (Notice.id, Notice.coordinator_id, Notice.tries, DeskSetting.address_box)
    joined = DeskSetting.coordinator_id == Notice.coordinator_id
    row = (await tx.execute(select(*columns).outerjoin(DeskSetting, joined).where(Notice.id == taken))).one()
    if row.coordinator_id is None:
        return Delivery(row.id, "", webhook=True, tries=row.tries)
    return Delivery(
        row.id, desk_settings.opened(keys, row.coordinator_id, row.address_box), webhook=False, tries=row.tries
    )


async def sent(tx: Transaction, delivery: Delivery) -> None:
    """It has gone, and nothing of it is kept."""
    await tx.execute(delete(Notice).where(Notice.id == delivery.id))


async def failed(tx: Transaction, delivery: Delivery, at: int) -> None:
    """It could not be sent: later once more, or never."""
    again = RETRY_S[delivery.tries - 1] if delivery.tries <= len(RETRY_S) else None
    later = {"failed_at": at} if again is None else {"next_at": at + again}
    await tx.execute(update(Notice).where(Notice.id == delivery.id).values(later))


async def troubles(tx: Transaction) -> Mapping[str, int]:
    """How many notices were tried and have not gone (`retried`), and how many were given up of late (`failed`)."""
    retried = select(func.count()).select_from(Notice).where(Notice.failed_at.is_(None), Notice.tries > 0)
    lost = select(func.count()).select_from(Notice).where(Notice.failed_at.is_not(None))
    return {"retried": await tx.scalar(retried) or 0, "failed": await tx.scalar(lost) or 0}


async def purge(tx: Transaction, at: int) -> dict[str, int]:
    """Forget those that were given up a month ago; how many."""
    old: CursorResult[Any] = await tx.execute(delete(Notice).where(Notice.failed_at <= at - KEPT_FAILED))
    return {"notices": old.rowcount}


async def _wanted(tx: Transaction, audience: Audience, plan: Plan, at: int) -> bool:
    if not (plan.mail or plan.webhook):
        return False
    query = select(NoticeMark.audit_id, NoticeMark.told_at).where(NoticeMark.audience == audience)
    mark = (await tx.execute(query)).one_or_none()
    since, told_at = (mark.audit_id, mark.told_at) if mark else (0, 0)
    if audience == "urgent":
        if told_at > at - URGENT_EVERY_S:
            return False
        return await _news(tx, since, URGENT) or await _newly_late(tx, told_at, plan.targets, at, URGENT)
    if audience == "daily":
        begins = None if plan.digest_hour is None else plan.targets.hours.within_hour(at, plan.digest_hour)
        return begins is not None and told_at < begins and await _still(tx, plan.targets, at)
    if told_at > at - plan.every_s or not plan.targets.hours.open_at(at):
        return False
    return await (_news(tx, since) if audience == "desk" else _newly_late(tx, told_at, plan.targets, at))


async def _news(tx: Transaction, since: int, *which: ColumnElement[bool]) -> bool:
    """Whether somebody asked or wrote since that record of the audit, and it is not over."""
    new = (AuditRecord.id > since) & AuditRecord.action.in_(NEWS)
    there = (Referral.id == AuditRecord.referral_id) & Referral.state.not_in(life.ENDED)
    return bool(await tx.scalar(select(exists().where(new, there, *which))))


async def _newly_late(tx: Transaction, told_at: int, targets: Targets, at: int, *which: ColumnElement[bool]) -> bool:
    """Whether a target has passed since then."""
    before = clock.overdue(targets, told_at) if told_at else false()
    late = select(Referral.id).join(Clock, Clock.referral_id == Referral.id)
    return await tx.scalar(late.where(clock.overdue(targets, at), ~before, *which).limit(1)) is not None


async def _still(tx: Transaction, targets: Targets, at: int) -> bool:
    """Whether anything waits for somebody to take it, or is late, whenever it came."""
    left = select(Referral.id).outerjoin(Clock, Clock.referral_id == Referral.id)
    waits = queue.in_part("waiting") | clock.late(targets, at)
    return await tx.scalar(left.where(waits).limit(1)) is not None


async def _lock(tx: Transaction) -> None:
    """Only one process at a time decides whom to tell."""
    rows = [{"audience": audience, "audit_id": 0, "told_at": 0} for audience in AUDIENCES]
    await tx.execute(own_insert(tx.dialect.name)(NoticeMark).on_conflict_do_nothing(), rows)
    await tx.execute(select(NoticeMark.audience).order_by(NoticeMark.audience).with_for_update())


async def _readers(tx: Transaction, plan: Plan, right: Right, at: int) -> Sequence[int]:
    """Who asked for mail and has a right: at this hour."""
    if not plan.mail:
        return []
    looking = [role for role, rights in MAY.items() if right in rights]
    query = (
        select(DeskSetting.coordinator_id)
        .join(Coordinator, Coordinator.id == DeskSetting.coordinator_id)
        .where(DeskSetting.address_box.is_not(None), Coordinator.active, Coordinator.role.in_(looking))
    )
    awake = query if plan.targets.hours.open_at(at) else query.where(DeskSetting.any_hour)
    return list(await tx.scalars(awake.order_by(DeskSetting.coordinator_id)))


async def _put(tx: Transaction, to: Sequence[int | None], at: int) -> int:
    """One for each, and no second one to whom one is on its way; how many."""
    have = set(await tx.scalars(select(Notice.coordinator_id).where(Notice.failed_at.is_(None))))
    rows = [{"coordinator_id": one, "created_at": at, "next_at": at, "tries": 0} for one in to if one not in have]
    if rows:
        await tx.execute(insert(Notice), rows)
    return len(rows)
