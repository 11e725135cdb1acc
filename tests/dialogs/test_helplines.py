"""Numbers: which are offered for what, and when they disappear."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.helpline import EMERGENCY, FRESH_FOR, NEEDS
from dialogs.reading import read_library

LIBRARY = read_library()
TODAY = date(2026, 11, 23)
STALE = date(2026, 11, 22) + FRESH_FOR + timedelta(days=1)


def seconds(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def numbers(need: str, day: date) -> list[str]:
    return [helpline.number for helpline in LIBRARY.helplines_for(seconds(day), need)]


@pytest.mark.parametrize(
    ("need", "fresh", "stale"),
    [
        ("threat", ["17", "112", "114"], ["17", "112", "114"]),
        ("medical", ["15", "112", "114", "18"], ["15", "112", "114", "18"]),
        ("silent", ["114"], ["114"]),
        ("suicide", ["3114", "15", "112"], ["15", "112"]),
        ("minor", ["119", "17", "112", "114"], ["17", "112", "114"]),
        ("violence", ["3919", "116 006"], []),
        ("rights", ["116 006"], []),
        ("abroad", ["112", "+33 1 80 52 33 76"], ["112"]),
    ],
)
def test_each_need_has_its_numbers_and_the_old_ones_disappear(need: str, fresh: list[str], stale: list[str]):
    assert numbers(need, TODAY) == fresh
    assert numbers(need, STALE) == stale
    assert need in NEEDS


def test_the_emergency_numbers_never_disappear():
    far = date(2040, 1, 1)
    assert sorted(h.number for h in LIBRARY.helplines.values() if h.shown_on(far)) == sorted(EMERGENCY)


def test_a_number_from_old_pages_or_from_memory_is_not_shown():
    hidden = [h.id for h in LIBRARY.helplines.values() if not h.shown_on(TODAY)]
    assert hidden == ["missing_children_116000", "ccem", "forced_marriage", "acse", "cyprus_1460"]


def test_every_number_stands_on_the_page_of_numbers():
    assert sorted(LIBRARY.topics["helplines"].helplines) == sorted(LIBRARY.helplines)


def test_other_countries_numbers_are_on_their_page_and_never_offered_in_danger():
    page = LIBRARY.topics["helplines"].helplines
    for name in ("italy_antitratta", "spain_police", "spain_a21"):
        assert name in page
        assert LIBRARY.helplines[name].shown_on(TODAY)
        assert not any(LIBRARY.helplines[name] in LIBRARY.helplines_for(seconds(TODAY), need) for need in NEEDS)


def test_a_link_dials_and_the_silent_one_writes():
    assert LIBRARY.helplines["victims_116006"].url == "tel:116006"
    assert LIBRARY.helplines["emergency_114"].url == "sms:114"
    assert [h.id for h in LIBRARY.helplines.values() if h.scheme == "sms"] == ["emergency_114"]


def test_what_must_be_said_of_a_line_is_said():
    notes = {h.id: h.note.msgid for h in LIBRARY.helplines.values() if h.note}
    assert "French only" in notes["suicide_3114"]
    assert "differ on the closing time" in notes["victims_116006"]
    assert "Not an emergency line" in notes["violence_3919"]
    assert "Only from Italy" in notes["italy_antitratta"]
