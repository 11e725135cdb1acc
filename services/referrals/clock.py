"""How long each request has waited, against the targets: what is late, what soon will be, and what took how long.

Working time is counted back from now, once for each target: what began before that moment is late. So the database
compares one time with another, and nothing has to be reckoned anew when a target changes. The conditions are for
queries that join `Clock`.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, and_, exists, or_

from services.referrals import life
from services.referrals.targets import URGENCIES, Stage, Targets, Urgency
from services.tables import Message, Referral
from services.tables.clock import Clock

Level: TypeAlias = Literal["late", "soon_late", "in_time"]
LEVELS: tuple[Level, ...] = get_args(Level)

OUTCOMES: tuple[life.State, ...] = ("arrived", "follow_up", "passed_on", "followed")
"""States of work in which what was asked for has been settled; whatever has ended, too."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What is known of a referral's waiting; times are Unix seconds, None while there is none."""

    state: life.State
    urgency: str
    claimed_by: int | None
    begun_at: int
    free_since: int
    answered_at: int | None
    wrote_at: int | None
    unread: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a request waits for most pressingly, and when that is or was due."""

    stage: Stage
    due_at: int
    level: Level


def unread() -> ColumnElement[bool]:
    """Messages to the coordination that nobody has opened."""
    theirs = (Message.referral_id == Referral.id) & (Message.author != "coordination")
    return theirs & (Message.id > Referral.read_message)


def late(targets: Targets, at: int) -> ColumnElement[bool]:
    """Which referrals are late; a message that nobody has opened is late as soon as it comes."""
    return or_(RUNNING["reply"][0] & exists().where(unread()), overdue(targets, at))


def soon_late(targets: Targets, at: int) -> ColumnElement[bool]:
    """Which are soon late or late already."""
    return or_(late(targets, at), overdue(targets, at, share=targets.share))


def overdue(targets: Targets, at: int, share: float = 1.0) -> ColumnElement[bool]:
    """For which a target has passed, or a share of it."""
    stages: tuple[Stage, ...] = ("claim", "answer", "reply", "outcome")
    return or_(*(passed(stage, targets, at, share) for stage in stages))


def unanswered(targets: Targets, at: int) -> ColumnElement[bool]:
    """Referrals that nobody has answered in time."""
    return passed("answer", targets, at)


def passed(stage: Stage, targets: Targets, at: int, share: float = 1.0) -> ColumnElement[bool]:
    """For which one target has passed."""
    waits, since = RUNNING[stage]
    by_urgency = (
        (Referral.urgency == urgency) & (since <= targets.latest(stage, urgency, at, share)) for urgency in URGENCIES
    )
    return and_(waits, or_(*by_urgency))


def told(referral: Waits, targets: Targets, at: int) -> Told | None:
    """What one referral waits for most pressingly; None where nothing is. As `late` and `soon_late` say it."""
    found = [_told(stage, since, referral, targets, at) for stage, since in _running(referral)]
    return min(found, key=lambda one: (LEVELS.index(one.level), one.due_at)) if found else None


def _told(stage: Stage, since: int, referral: Waits, targets: Targets, at: int) -> Told:
    urgency: Urgency = next(one for one in URGENCIES if one == referral.urgency)
    if stage == "reply" and referral.unread:
        return Told(stage, since, "late")
    if since <= targets.latest(stage, urgency, at):
        level: Level = "late"
    else:
        level = "soon_late" if since <= targets.latest(stage, urgency, at, targets.share) else "in_time"
    return Told(stage, targets.due(stage, urgency, since), level)


def _running(referral: Waits) -> list[tuple[Stage, int]]:
    """The clocks that run for a referral, each with its start."""
    found: list[tuple[Stage, int]] = []
    ended = referral.state in life.ENDED
    if referral.wrote_at is not None and referral.state not in life.OVER:
        found.append(("reply", referral.wrote_at))
    if not ended and referral.claimed_by is None:
        found.append(("claim", referral.free_since))
    if not ended and referral.answered_at is None:
        found.append(("answer", referral.begun_at))
    if not ended and referral.state not in OUTCOMES:
        found.append(("outcome", referral.begun_at))
    return found


_OPEN = Referral.state.in_(life.UNDER_WAY)
RUNNING = {
    "claim": (_OPEN & Referral.claimed_by.is_(None), Clock.free_since),
    "answer": (_OPEN & Clock.answered_at.is_(None), Clock.begun_at),
    "reply": (Referral.state.not_in(life.OVER) & Clock.wrote_at.is_not(None), Clock.wrote_at),
    "outcome": (_OPEN & Referral.state.not_in(OUTCOMES), Clock.begun_at),
}
"""Which referrals each clock runs for, and since when; as `_running` says it of one."""
