"""Trainings as a calendar file (RFC 5545). It says when and where, and nothing that tells what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web

from dialogs.agenda import Training
from dialogs.library import time_of
from dialogs.text import say

if TYPE_CHECKING:
    from icalendar import Event

SUMMARY = say("training", "Training")
NAME = "agenda.ics"


def calendar(trainings: Sequence[Training], summary: str) -> str:
    """The file's text: an event for each day. The same trainings give the same file."""
    from icalendar import Calendar  # takes memory, and is asked for now and then only

    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", "-//Passerelle//Agenda//EN")
    for training in trainings:
        for event in _events(training, summary):
            file.add_component(event)
    return str(file.to_ical(), "utf-8")


def response(trainings: Sequence[Training], summary: str) -> web.Response:
    """The file to keep, under a name that tells nothing."""
    return web.Response(
        text=calendar(trainings, summary),
        content_type="text/calendar",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )


def _events(training: Training, summary: str) -> Iterator[Event]:
    from icalendar import Event

    for number, day in enumerate(training.days, 1):
        event = Event()
        event.add("uid", f"{training.id}-{number}@passerelle")
        event.add("dtstamp", datetime.fromtimestamp(training.changed_at, UTC))
        event.add("last-modified", datetime.fromtimestamp(training.changed_at, UTC))
        event.add("sequence", training.revision)
        event.add("dtstart", datetime.fromtimestamp(time_of(day.day, day.begins), UTC))
        event.add("dtend", datetime.fromtimestamp(time_of(day.day, day.ends), UTC))
        event.add("summary", summary)
        event.add("location", f"{training.town} ({training.department})")
        event.add("status", "CANCELLED" if training.state == "cancelled" else "CONFIRMED")
        yield event
