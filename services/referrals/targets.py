"""How soon what waits is to be done: the targets of targets.toml, or of a file of the coordination's own."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from services.referrals.hours import Hours
from services.referrals.working import working

Stage: TypeAlias = Literal["claim", "answer", "reply", "outcome"]
Urgency: TypeAlias = Literal["immediate", "soon", "normal"]
STAGES: tuple[Stage, ...] = get_args(Stage)
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)

FILE = Path(__file__).with_name("targets.toml")
SPAN = re.compile(r"([1-9]\d{0,3}) (min|h|day|working hour|working day)s?")
SECONDS: Mapping[str, int] = {"min": 60, "h": 3600, "day": 24 * 3600, "working hour": 3600}
LONGEST_S = 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Span:
    """How long something may take: so many of a unit, so many seconds. `working`: only working time counts."""

    count: int
    unit: str
    seconds: int
    working: bool


@dataclass(frozen=True, slots=True)
class Targets:
    """Every target, by stage and urgency; `share`: from which part of it on something is soon late."""

    spans: Mapping[tuple[Stage, Urgency], Span]
    share: float
    hours: Hours

    def due(self, stage: Stage, urgency: Urgency, start: int) -> int:
        """When what waits since `start` is late (Unix seconds)."""
        span = self.spans[stage, urgency]
        return self.hours.after(start, span.seconds) if span.working else start + span.seconds

    def latest(self, stage: Stage, urgency: Urgency, at: int, share: float = 1.0) -> int:
        """The latest start of what is late at `at`, or for which a share of the time has passed; later ones are not."""
        span = self.spans[stage, urgency]
        seconds = max(1, round(span.seconds * share))
        return self.hours.before(at, seconds) if span.working else at - seconds


@cache
def targets(path: Path = FILE) -> Targets:
    """The targets of a file, read once. Raises ValueError, with a sentence for people, and OSError."""
    try:
        return _read(tomllib.loads(path.read_text("utf-8")))
    except (KeyError, TypeError, ValueError) as fault:
        raise ValueError(f"{path}: a target is missing or cannot be read ({fault})") from None


def _read(told: Mapping[str, Any]) -> Targets:
    hours = Hours(
        working(), opens=time.fromisoformat(told["hours"]["opens"]), closes=time.fromisoformat(told["hours"]["closes"])
    )
    share = float(told["warning"]["share"])
    if hours.day_s <= 0 or not 0 < share < 1:
        raise ValueError("the hours must be of one day, the share between 0 and 1")
    spans = {(stage, urgency): _span(told[stage][urgency], hours) for stage in STAGES for urgency in URGENCIES}
    return Targets(spans, share, hours)


def _span(written: str, hours: Hours) -> Span:
    found = SPAN.fullmatch(written)
    if found is None:
        raise ValueError(f"“{written}” is no length of time")
    count, unit = int(found[1]), found[2]
    seconds = count * SECONDS.get(unit, hours.day_s)
    if seconds > (LONGEST_S if unit != "working day" else LONGEST_S // 4):
        raise ValueError(f"“{written}” is too long")
    return Span(count, unit, seconds, unit.startswith("working"))
