"""Working time as clocks in Paris show it: the hours of working days (working.py), forwards and back."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.referrals.working import Working

ZONE = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
FARTHEST = 400  # days that are looked through: no target is longer


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody works: on which days, from when until when, on one day."""

    days: Working
    opens: time = time(9)
    closes: time = time(18)

    @property
    def day_s(self) -> int:
        """How long a working day is, in seconds."""
        return (self.closes.hour - self.opens.hour) * 3600 + (self.closes.minute - self.opens.minute) * 60

    def open_at(self, at: int) -> bool:
        """Whether somebody works at a moment (Unix seconds)."""
        opens, closes = self._span(_local(at).date())
        return opens <= at < closes

    def within_hour(self, at: int, hour: int) -> int | None:
        """When that hour of a working day began (Unix seconds), if the moment is in it; else None.

        An hour before work or after it stands for the first or the last one of work.
        """
        now = _local(at)
        whole = time(min(max(hour, self.opens.hour), self.closes.hour - 1))
        begins = max(_moment(now.date(), whole), _moment(now.date(), self.opens))
        return begins if self.open_at(at) and begins <= at < begins + 3600 else None

    def next_open(self, at: int) -> int:
        """The moment itself if somebody works then, else when they begin next (Unix seconds)."""
        return self.after(at, 0)

    def after(self, start: int, seconds: int) -> int:
        """When so many seconds of working time have passed since `start`."""
        day = _local(start).date()
        for _ in range(FARTHEST):
            opens, closes = self._span(day)
            begin = max(start, opens)
            if begin < closes and seconds <= closes - begin:
                return begin + seconds
            seconds -= max(0, closes - begin)
            day += DAY
        return start + FARTHEST * 24 * 3600

    def before(self, end: int, seconds: int) -> int:
        """The latest start since which so many seconds (at least 1) of working time have passed at `end`.

        So what has waited since `start` has waited that long exactly if `start` is not later.
        """
        day = _local(end).date()
        for _ in range(FARTHEST):
            opens, closes = self._span(day)
            stop = min(end, closes)
            if opens < stop and seconds <= stop - opens:
                return stop - seconds
            seconds -= max(0, stop - opens)
            day -= DAY
        return end - FARTHEST * 24 * 3600

    def _span(self, day: date) -> tuple[int, int]:
        """When work begins and ends on a day; twice its beginning where nobody works."""
        opens = _moment(day, self.opens)
        return opens, _moment(day, self.closes) if self.days.works(day) else opens


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(ZONE)


def _moment(day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, ZONE).timestamp())
