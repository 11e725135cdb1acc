"""The coordination's working days: services/referrals/working.toml, and the public holidays of France."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from dateutil.easter import easter

from dialogs.library import day_of

FILE = Path(__file__).with_name("working.toml")
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))  # month and day
AFTER_EASTER = (1, 39, 50)  # days: the Monday, the Ascension, the Monday of Pentecost


@dataclass(frozen=True, slots=True)
class Working:
    """On which days of the week somebody works (0 is Monday), and whether public holidays are free."""

    weekdays: frozenset[int]
    holidays: bool

    def works(self, day: date) -> bool:
        """Whether somebody works on this day."""
        return day.weekday() in self.weekdays and not (self.holidays and day in holidays(day.year))

    def next_day(self, at: int) -> date:
        """The first working day after the day (in Paris) of a time in Unix seconds."""
        day = day_of(at) + timedelta(days=1)
        while not self.works(day):
            day += timedelta(days=1)
        return day


@cache
def working() -> Working:
    """As services/referrals/working.toml says. Raises ValueError where it names no day."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    days = frozenset(WEEK.index(name) for name in told["days"])
    if not days:
        raise ValueError("services/referrals/working.toml: somebody must work on some day")
    return Working(days, bool(told["holidays"]))


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of France in a year: reckoned, for the library that knows them takes 20 MB of memory."""
    sunday = easter(year)
    moving = (sunday + timedelta(days=after) for after in AFTER_EASTER)
    return frozenset((*(date(year, *day) for day in FIXED), *moving))
