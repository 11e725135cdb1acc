"""The form of a training: read, judged field by field, and shown again as it was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.agenda import MODULES, ORGANISATIONS, Training, TrainingDay
from dialogs.library import time_of
from dialogs.text import Text, say
from nlu.redaction import clean, redact
from services.trainings import trainings
from services.trainings.trainings import MOST_DAYS, Plan

USUAL_SEATS = "25"
FAULTS: dict[str, Text] = {
    "days": say(
        "console", "Each day needs a date and two times, the end after the beginning, the days in their order."
    ),
    "past": say("console", "The first day is over. Choose a day to come."),
    "town": say("console", "Write the town, without the address: letters, spaces, - and ', at most 60."),
    "department": say("console", "Write the département’s code: 06, 2A, 974."),
    "seats": say("console", "Write a number of seats from 1 to 100."),
    "modules": say("console", "Choose at least one subject, or write one."),
    "own_modules": say("console", "Write at most 10 subjects of your own, one a line, each of at most 120 characters."),
    "audience": say("console", "Choose from the list."),
    "language": say("console", "Choose a language from the list."),
    "remark": say("console", "Write at most 300 characters."),
    "unsure": say(
        "console",
        "This seems to hold a name, a number or a link ({found}). Everybody reads it: "
        "take it out, or tick the box below.",
    ),
    "seats_taken": say("console", "More seats are taken than that: nobody may lose a seat."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, what it comes to, and what is wrong with it by field."""

    values: Mapping[str, str]
    plan: Plan
    faults: Mapping[str, Text] = field(default_factory=dict)


def read(form: Mapping[str, str], at: int) -> Typed:
    """The form as a plan. Free words are searched for what tells of somebody, unless it was ticked that they do not."""
    plan = Plan(
        days=tuple(_days(form)),
        town=_line(form, "town"),
        department=_line(form, "department").upper(),
        seats=_number(form.get("seats", "")),
        modules=tuple(name for name in MODULES if form.get(f"module-{name}")),
        own_modules=tuple(filter(None, (line.strip() for line in clean(form.get("own_modules", "")).splitlines()))),
        audience=tuple(name for name in ORGANISATIONS if form.get(f"audience-{name}")),
        language=form.get("language", "fr"),
        remark=_line(form, "remark"),
    )
    found = {name: FAULTS[name] for name in trainings.faults(plan)}
    if "days" not in found and time_of(plan.days[0].day, plan.days[0].begins) <= at:
        found["days"] = FAULTS["past"]
    searched = {"town": plan.town, "remark": "\n".join((*plan.own_modules, plan.remark))}
    for name, words in searched.items():
        if name not in found and not form.get("sure") and (seen := _telling(words)):
            found[name] = Text("console", FAULTS["unsure"].msgid, (("found", seen),))
    return Typed(form, plan, found)


def of(training: Training) -> dict[str, str]:
    """The form of a training as it stands."""
    days = {
        f"{name}{number}": getattr(one, name)
        for number, one in enumerate(training.days, 1)
        for name in ("day", "begins", "ends")
    }
    ticks = {f"module-{name}": "yes" for name in training.modules} | {
        f"audience-{name}": "yes" for name in training.audience
    }
    return {
        **days,
        **ticks,
        "town": training.town,
        "department": training.department,
        "seats": str(training.seats),
        "own_modules": "\n".join(training.own_modules),
        "language": training.language,
        "remark": training.remark,
    }


def _days(form: Mapping[str, str]) -> list[TrainingDay]:
    typed = [
        tuple(form.get(f"{name}{number}", "") for name in ("day", "begins", "ends"))
        for number in range(1, MOST_DAYS + 1)
    ]
    return [TrainingDay(*(part.strip()[:10] for part in one)) for one in typed if any(one)]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _line(form: Mapping[str, str], name: str) -> str:
    return " ".join(clean(form.get(name, "")).split())


def _telling(text: str) -> str:
    return ", ".join(text[found.start : found.end] for found in redact(text).found)
