"""The calendar file (RFC 5545): what it says, escaped and folded; and nothing that tells what it is about."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import calendar, escaped, fold
from dialogs.agenda import Training, TrainingDay

DAYS = (TrainingDay("2027-03-11", "09:00", "17:00"), TrainingDay("2027-07-12", "09:00", "12:30"))
TRAINING = Training(
    "t2345abcd", "open", DAYS, 0, 0, "Saint-Étienne, centre; bourg", "42", 25,
    modules=("law",), remark="secret", revision=3, changed_at=1_795_000_000,
)  # fmt: skip


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return re.sub(r"\r\n ", "", text).split("\r\n")[:-1]


def test_an_event_a_day_in_universal_time():
    lines = unfolded(calendar([TRAINING], "Formation"))
    assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Passerelle//Agenda//EN", "CALSCALE:GREGORIAN"]
    assert lines[4:15] == [
        "BEGIN:VEVENT",
        "UID:t2345abcd-1@passerelle",
        "DTSTAMP:20261118T110640Z",
        "LAST-MODIFIED:20261118T110640Z",
        "SEQUENCE:3",
        "DTSTART:20270311T080000Z",
        "DTEND:20270311T160000Z",
        "SUMMARY:Formation",
        "LOCATION:Saint-Étienne\\, centre\\; bourg (42)",
        "STATUS:CONFIRMED",
        "END:VEVENT",
    ]
    assert "DTSTART:20270712T070000Z" in lines
    assert lines[-1] == "END:VCALENDAR"
    assert "secret" not in "".join(lines)


def test_what_was_called_off_is_cancelled_in_the_calendar_too():
    assert unfolded(calendar([replace(TRAINING, state="cancelled")], "x")).count("STATUS:CANCELLED") == 2


def test_an_empty_agenda_is_a_whole_file():
    assert unfolded(calendar([], "x"))[-1] == "END:VCALENDAR"


@given(st.text(max_size=300))
def test_folding_keeps_every_character_and_no_line_is_longer_than_75_octets(text):
    line = escaped(text)
    pieces = fold(line).split("\r\n")
    assert all(len(piece.encode(errors="surrogatepass")) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(st.text(max_size=100))
def test_no_text_ends_its_line_or_begins_a_property(text):
    line = escaped(text)
    assert not re.search(r"[\r\n\x00-\x1f]", line)
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", line)
