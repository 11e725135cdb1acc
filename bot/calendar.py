"""Trainings as a calendar file (RFC 5545). It says when and where, and nothing that tells what it is about."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from aiohttp import web

from dialogs.agenda import Training
from dialogs.library import time_of
from dialogs.text import say

SUMMARY = say("training", "Training")
FOLDED = 75  # octets of a line
NAME = "agenda.ics"


def calendar(trainings: Sequence[Training], summary: str) -> str:
    """The file's text: an event for each day. The same trainings give the same file."""
    events = (line for training in trainings for line in _events(training, summary))
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Passerelle//Agenda//EN", "CALSCALE:GREGORIAN", *events)
    return "".join(f"{fold(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def response(trainings: Sequence[Training], summary: str) -> web.Response:
    """The file to keep, under a name that tells nothing."""
    return web.Response(
        text=calendar(trainings, summary),
        content_type="text/calendar",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )


def _events(training: Training, summary: str) -> Iterator[str]:
    changed = _moment(training.changed_at)
    for number, day in enumerate(training.days, 1):
        yield "BEGIN:VEVENT"
        yield f"UID:{training.id}-{number}@passerelle"
        yield f"DTSTAMP:{changed}"
        yield f"LAST-MODIFIED:{changed}"
        yield f"SEQUENCE:{training.revision}"
        yield f"DTSTART:{_moment(time_of(day.day, day.begins))}"
        yield f"DTEND:{_moment(time_of(day.day, day.ends))}"
        yield f"SUMMARY:{escaped(summary)}"
        yield f"LOCATION:{escaped(f'{training.town} ({training.department})')}"
        yield f"STATUS:{'CANCELLED' if training.state == 'cancelled' else 'CONFIRMED'}"
        yield "END:VEVENT"


def escaped(text: str) -> str:
    """A text as the value of a property (RFC 5545, 3.3.11)."""
    kept = "".join(sign for sign in text.replace("\r\n", "\n") if sign == "\n" or sign.isprintable())
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def fold(line: str) -> str:
    """A line in pieces of at most 75 octets, no character cut; each further one begins with a space (3.1)."""
    pieces, size = [""], 0
    for sign in line:
        width = len(sign.encode())
        if size + width > FOLDED:
            pieces.append("")
            size = 1  # the space
        pieces[-1] += sign
        size += width
    return "\r\n ".join(pieces)


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")
