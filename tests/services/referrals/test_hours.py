"""Working time: nights, week-ends and public holidays do not count, and counting back undoes counting forwards."""

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.hours import ZONE, Hours
from services.referrals.working import Working, working

HOURS = Hours(working())
HOUR = 3600


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZONE).timestamp())


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 10:00", 2, "2026-11-23 12:00"),
        ("2026-11-23 17:00", 2, "2026-11-24 10:00"),  # the night does not count
        ("2026-11-23 03:00", 1, "2026-11-23 10:00"),
        ("2026-11-27 17:00", 2, "2026-11-30 10:00"),  # nor does a week-end
        ("2026-11-10 17:00", 2, "2026-11-12 10:00"),  # nor the Armistice
        ("2026-05-13 17:30", 1, "2026-05-15 09:30"),  # nor Ascension Day
        ("2026-04-30 17:00", 2, "2026-05-04 10:00"),  # nor the first of May, a Friday
        ("2026-12-24 12:00", 9, "2026-12-28 12:00"),
        ("2026-10-23 17:00", 2, "2026-10-26 10:00"),  # clocks go back in between
        ("2026-11-23 09:00", 9, "2026-11-23 18:00"),
    ],
)
def test_only_working_time_passes(start, hours, end):
    assert HOURS.after(at(start), hours * HOUR) == at(end)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 18:00", "2026-11-24 09:00"),
        ("2026-07-14 12:00", "2026-07-15 09:00"),
        ("2026-12-25 00:30", "2026-12-28 09:00"),
    ],
)
def test_who_comes_out_of_hours_waits_for_the_next_opening(moment, opens):
    assert HOURS.next_open(at(moment)) == at(opens)
    assert HOURS.open_at(at(opens))
    assert HOURS.open_at(at(moment)) == (moment == opens)


@pytest.mark.parametrize(
    ("moment", "hour", "begins"),
    [
        ("2026-11-23 09:00", 9, "2026-11-23 09:00"),
        ("2026-11-23 09:59", 9, "2026-11-23 09:00"),
        ("2026-11-23 10:00", 9, None),
        ("2026-11-23 08:59", 9, None),
        ("2026-11-23 09:10", 6, "2026-11-23 09:00"),
        ("2026-11-23 17:30", 22, "2026-11-23 17:00"),
        ("2026-11-28 09:10", 9, None),
        ("2026-12-25 09:10", 9, None),
    ],
)
def test_an_hour_of_the_day_is_one_of_work(moment, hour, begins):
    assert HOURS.within_hour(at(moment), hour) == (begins and at(begins))


MOMENTS = st.integers(at("2026-01-01 00:00"), at("2027-12-31 00:00"))
LENGTHS = st.integers(1, 80 * HOUR)
WEEKS = st.sets(st.integers(0, 6), min_size=1).map(frozenset)
PLANS = st.builds(
    Hours, st.builds(Working, WEEKS, st.booleans()), st.integers(0, 11).map(time), st.integers(12, 23).map(time)
)


@given(PLANS, MOMENTS, LENGTHS)
def test_the_latest_start_is_the_latest_that_is_due(hours, now, seconds):
    start = hours.before(now, seconds)
    assert hours.after(start, seconds) <= now
    assert hours.after(start + 1, seconds) > now


@given(PLANS, MOMENTS, MOMENTS, LENGTHS)
def test_who_waits_longer_is_never_due_later(hours, one, other, seconds):
    first, second = sorted((one, other))
    assert hours.after(first, seconds) <= hours.after(second, seconds)
