"""A training in words: its days, its place, what it is about, whether there is room."""

from dialogs.agenda import EVERYBODY, MODULES, MOST_WAITING, ORGANISATIONS, Training
from dialogs.library import Library
from dialogs.screen import Choice
from dialogs.text import Day, Text, say

CANCELLED = say("training", "cancelled")
CLOSED = say("training", "sign-up is closed")
FULL = say("training", "full")
ANNOUNCED = say("training", "Days and places can still change: look again before you travel.")
SUBJECTS = say("training", "Subjects:")
CALENDAR = say("training", "Calendar file")


def room(training: Training) -> Text:
    """Whether there is room, in a few words."""
    if training.state == "cancelled":
        return CANCELLED
    if training.state == "closed":
        return CLOSED
    if training.free:
        return say("training", "seats free: {count}", count=training.free)
    if training.waiting >= MOST_WAITING:
        return FULL
    return say("training", "no seat free, waiting list: {count}", count=training.waiting)


def place(training: Training, library: Library) -> Text:
    """The town and its département."""
    department = library.departments.get(training.department, training.department)
    return say(
        "training", "{town} ({code}, {department})", town=training.town, code=training.department, department=department
    )


def days(training: Training) -> tuple[Text, ...]:
    """Each day with its hours."""
    return tuple(
        say("training", "{day}, from {begins} to {ends}", day=Day(one.day), begins=one.begins, ends=one.ends)
        for one in training.days
    )


def line(training: Training) -> Text:
    """One training in a list: the first day, the town, whether there is room."""
    return say(
        "training", "{day}, {town}: {room}", day=Day(training.days[0].day), town=training.town, room=room(training)
    )


def label(training: Training) -> Text:
    """What a button for one training says: short enough for a telephone."""
    return say("training", "{town}, {day}", town=training.town, day=Day(training.days[0].day, short=True))


def told(training: Training, library: Library) -> tuple[Text, ...]:
    """All that is announced of a training. What is typed by the coordination stays in its words."""
    where = say("training", "Place: {place}", place=place(training, library))
    return (*days(training), where, *_about(training, library), say("training", "Seats: {room}", room=room(training)))


def short(training: Training, library: Library) -> tuple[Text, ...]:
    """When and where a training is."""
    return (*days(training), say("training", "Place: {place}", place=place(training, library)))


def _about(training: Training, library: Library) -> tuple[Text, ...]:
    modules: tuple[str | Text, ...] = (
        *(MODULES[name] for name in training.modules if name in MODULES),
        *training.own_modules,
    )
    groups = tuple(ORGANISATIONS[name] for name in training.audience if name in ORGANISATIONS)
    spoken = library.languages.get(training.language, training.language)
    return (
        *((SUBJECTS, *(say("training", "– {subject}", subject=one) for one in modules)) if modules else ()),
        say("training", "For: {audience}", audience=groups or EVERYBODY),
        say("training", "Language: {language}", language=spoken),
        *((say("training", "Remark: {remark}", remark=training.remark),) if training.remark else ()),
    )


def calendar(training: Training, language: str) -> Choice:
    """The way to the calendar file. The address is the site's own: the host completes it, or leaves the choice out."""
    return Choice("calendar", CALENDAR, url=f"/agenda/{language}/{training.id}.ics", role="link")
