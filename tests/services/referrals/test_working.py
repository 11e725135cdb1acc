"""Working days: the week, and the public holidays of France."""

from datetime import UTC, date, datetime

import holidays
import pytest

from services.referrals import working
from services.referrals.working import Working

WEEK = Working(frozenset(range(5)), holidays=True)


def test_the_holidays_are_those_that_a_library_knows():
    for year in range(2008, 2100):  # from 2005 to 2007 the Monday of Pentecost was a working day
        assert working.holidays(year) == set(holidays.country_holidays("FR", years=year))


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-23 09:00", "2026-11-24"),  # a Monday
        ("2026-11-27 09:00", "2026-11-30"),  # a Friday
        ("2026-11-28 03:00", "2026-11-30"),  # a night of the weekend
        ("2026-12-24 20:00", "2026-12-28"),  # Christmas is a Friday
        ("2026-12-31 22:30", "2027-01-04"),
        ("2026-12-31 23:30", "2027-01-04"),  # the new year has begun in Paris
        ("2027-03-26 12:00", "2027-03-30"),  # Easter Monday
        ("2027-05-05 12:00", "2027-05-07"),  # the Ascension
        ("2026-07-13 21:59", "2026-07-15"),
        ("2026-07-13 22:00", "2026-07-15"),  # it is the 14th in Paris
    ],
)
def test_the_next_working_day(now: str, day: str):
    at = int(datetime.fromisoformat(now).replace(tzinfo=UTC).timestamp())
    assert WEEK.next_day(at) == date.fromisoformat(day)


def test_where_holidays_are_not_free_only_the_week_counts():
    christmas_eve = int(datetime(2026, 12, 24, 12, tzinfo=UTC).timestamp())
    assert Working(frozenset(range(7)), holidays=False).next_day(christmas_eve) == date(2026, 12, 25)


def test_the_setting_is_well_formed():
    assert working.working().weekdays <= set(range(7))
