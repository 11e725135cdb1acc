"""The calendar file (RFC 5545): what it says, whatever was typed; and nothing that tells what it is about."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.calendar import calendar
from dialogs.agenda import Training, TrainingDay

DAYS = (TrainingDay("2027-03-11", "09:00", "17:00"), TrainingDay("2027-07-12", "09:00", "12:30"))
TRAINING = Training(
    "t2345abcd", "open", DAYS, 0, 0, "Saint-Étienne, centre; bourg", "42", 25,
    modules=("law",), remark="secret", revision=3, changed_at=1_795_000_000,
)  # fmt: skip


def test_an_event_a_day_in_universal_time():
    text = calendar([TRAINING], "Formation")
    lines = text.split("\r\n")
    assert {"PRODID:-//Passerelle//Agenda//EN", "VERSION:2.0"} <= set(lines)
    first = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    assert sorted(first) == [
        "DTEND:20270311T160000Z",
        "DTSTAMP:20261118T110640Z",
        "DTSTART:20270311T080000Z",
        "LAST-MODIFIED:20261118T110640Z",
        "LOCATION:Saint-Étienne\\, centre\\; bourg (42)",
        "SEQUENCE:3",
        "STATUS:CONFIRMED",
        "SUMMARY:Formation",
        "UID:t2345abcd-1@passerelle",
    ]
    assert "DTSTART:20270712T070000Z" in lines
    assert "secret" not in text


def test_what_was_called_off_is_cancelled_in_the_calendar_too():
    assert calendar([replace(TRAINING, state="cancelled")], "x").count("STATUS:CANCELLED") == 2


def test_an_empty_agenda_is_a_whole_file():
    assert calendar([], "x").endswith("END:VCALENDAR\r\n")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_no_town_ends_its_line_or_adds_a_property(town):
    text = calendar([replace(TRAINING, town=town)], "x")
    read = Calendar.from_ical(text)
    assert [set(event) for event in read.walk("VEVENT")] == [
        {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS"}
    ] * 2
