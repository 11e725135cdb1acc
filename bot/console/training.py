"""The agenda at the console: trainings planned, changed and called off, who signed up, who came."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot import calendar
from bot.console import training_form, words
from bot.console.visit import Visit
from dialogs.agenda import MODULES, ORGANISATIONS, Training
from dialogs.agenda_words import days, line
from dialogs.flows.referral.fields import LANGUAGES
from dialogs.text import Text, say
from services.rights import Refused
from services.trainings import sign_ups, trainings

DONE = {
    "planned": say("console", "The training is announced."),
    "changed": say("console", "The training is changed. Nothing is sent by itself: tell those who signed up."),
    "set": say("console", "The state is set."),
    "called_off": say("console", "The training is cancelled. Nothing is sent by itself: tell those who signed up."),
    "marked": say("console", "It is noted."),
}
STATES = {
    "open": say("console", "Sign-up is open"),
    "closed": say("console", "Sign-up is closed"),
    "cancelled": say("console", "Cancelled"),
}
STANDINGS = {
    "seat": say("console", "seat"),
    "confirmed": say("console", "seat, confirmed"),
    "waiting": say("console", "waiting list"),
    "cancelled": say("console", "cancelled by themselves"),
    "removed": say("console", "taken off the list"),
    "attended": say("console", "came"),
    "absent": say("console", "did not come"),
}
ACTS = {
    "confirmed": say("console", "Confirm"),
    "signed_up": say("console", "Take the confirmation back"),
    "attended": say("console", "Came"),
    "absent": say("console", "Did not come"),
    "removed": say("console", "Take off the list"),
}
SURE = {
    "cancelled": say(
        "console",
        "Cancel this training? This cannot be undone. "
        "Nothing is sent by itself: who signed up reads it with their receipt.",
    ),
    "removed": say("console", "Take this sign-up off the list? The contact is deleted, and the next one moves up."),
}


async def show_all(visit: Visit) -> web.StreamResponse:
    """What is to come, and what is over."""
    async with visit.house.database.read() as tx:
        coming = [one for one in await trainings.known(tx, visit.at) if one.ends_at > visit.at]
        past = await trainings.past(tx, visit.at)
    return await visit.page(
        "trainings.html",
        parts=[("coming", [_row(visit, one) for one in coming]), ("past", [_row(visit, one) for one in past])],
        states=_words(visit, STATES),
        notice=visit.notice(DONE),
    )


async def show_new(visit: Visit) -> web.StreamResponse:
    """An empty form."""
    values = {"seats": training_form.USUAL_SEATS, "language": "fr"} | {f"module-{name}": "yes" for name in MODULES}
    return await _form_page(visit, values)


async def plan(visit: Visit) -> web.StreamResponse:
    """Announce a training."""
    typed = training_form.read(visit.form, visit.at)
    if typed.faults:
        return await _form_page(visit, typed.values, typed.faults)
    async with visit.house.database.begin() as tx:
        name = await trainings.plan(tx, visit.member, typed.plan, visit.at)
    return visit.see("training", done="planned", id=name)


async def show_change(visit: Visit) -> web.StreamResponse:
    """The form of a training as it stands."""
    training = await _one(visit)
    return await _form_page(visit, training_form.of(training), training=training)


async def change(visit: Visit) -> web.StreamResponse:
    """Announce it anew; what was typed is shown again if it cannot be."""
    training = await _one(visit)
    typed = training_form.read(visit.form, visit.at)
    if typed.faults:
        return await _form_page(visit, typed.values, typed.faults, training)
    try:
        async with visit.house.database.begin() as tx:
            await trainings.change(tx, visit.member, training.id, typed.plan, _revision(visit), visit.at)
    except Refused as fault:
        if fault.why != "seats_taken":
            raise
        return await _form_page(visit, typed.values, {"seats": training_form.FAULTS["seats_taken"]}, training)
    return visit.see("training", done="changed", id=training.id)


async def set_state(visit: Visit) -> web.StreamResponse:
    """Close the sign-up, open it again, or cancel the training once it is sure."""
    training, to = await _one(visit), visit.form.get("to", "")
    if to == "cancelled" and visit.form.get("sure") != "yes":
        return await _ask(visit, training, to)
    async with visit.house.database.begin() as tx:
        await trainings.set_state(tx, visit.member, training.id, to, _revision(visit), visit.at)
    return visit.see("training", done="called_off" if to == "cancelled" else "set", id=training.id)


async def show(visit: Visit) -> web.StreamResponse:
    """A training's page, with no contact opened."""
    return await _training_page(visit)


async def open_contacts(visit: Visit) -> web.StreamResponse:
    """Show the contacts, on this one page."""
    async with visit.house.database.begin() as tx:
        contacts = await sign_ups.open_contacts(tx, _id(visit), visit.opened, visit.at)
    return await _training_page(visit, contacts)


async def mark(visit: Visit) -> web.StreamResponse:
    """Confirm a seat, take a sign-up off, note who came."""
    training, to = await _one(visit), visit.form.get("to", "")
    if to == "removed" and visit.form.get("sure") != "yes":
        return await _ask(visit, training, to)
    async with visit.house.database.begin() as tx:
        await sign_ups.mark(tx, visit.member, training.id, visit.form.get("sign_up", ""), to, visit.at)
    return visit.see("training", done="marked", id=training.id)


async def sheet(visit: Visit) -> web.StreamResponse:
    """A page to print: what is announced, and a line for each seat to sign on."""
    training = await _one(visit)
    return await visit.page("training_sheet.html", current="trainings", **_announced(visit, training))


async def file(visit: Visit) -> web.StreamResponse:
    """The calendar file of one training, or of all that are to come."""
    name = visit.request.match_info.get("id")
    async with visit.house.database.read() as tx:
        listed = [await trainings.one(tx, name)] if name else await trainings.known(tx, visit.at)
    coming = [one for one in listed if name or one.ends_at > visit.at]
    return calendar.response(coming, visit.in_words(calendar.SUMMARY))


async def _training_page(visit: Visit, contacts: Mapping[str, str] | None = None) -> web.Response:
    async with visit.house.database.read() as tx:
        training = await trainings.one(tx, _id(visit))
        listed = await sign_ups.listed(tx, training.id)
    return await visit.page(
        "training.html",
        here=visit.path("training", id=training.id),
        current="trainings",
        listed=[(one, _acts(visit, training, one)) for one in listed],
        contacts=contacts,
        hurried=sign_ups.hurried(listed),
        standings=_words(visit, STANDINGS),
        states=_words(visit, STATES),
        notice=visit.notice(DONE),
        **_announced(visit, training),
    )


def _acts(visit: Visit, training: Training, one: sign_ups.Listed) -> list[tuple[str, str]]:
    """What can be done with a sign-up: its mark, and how the button is called."""
    if one.state in ("cancelled", "removed"):
        return []
    begun = not training.coming(visit.at)
    seat = () if one.position else sign_ups.AFTERWARDS if begun else ("confirmed", "signed_up")
    now = "signed_up" if one.state == "seat" else one.state
    return [(name, visit.in_words(ACTS[name])) for name in (*seat, "removed") if name != now]


def _announced(visit: Visit, training: Training) -> dict[str, Any]:
    """What every page of a training says of it."""
    names = dict(_tongues(visit))
    return {
        "training": training,
        "days": [visit.in_words(text) for text in days(training)],
        "modules": [*(visit.in_words(MODULES[name]) for name in training.modules), *training.own_modules],
        "audience": [visit.in_words(ORGANISATIONS[name]) for name in training.audience],
        "organisations": _words(visit, ORGANISATIONS),
        "spoken": names.get(training.language, training.language),
    }


async def _form_page(
    visit: Visit,
    values: Mapping[str, str],
    faults: Mapping[str, Text] | None = None,
    training: Training | None = None,
) -> web.Response:
    return await visit.page(
        "training_form.html",
        400 if faults else 200,
        here=visit.path("change_training", id=training.id) if training else visit.path("new_training"),
        current="trainings",
        training=training,
        typed=defaultdict(str, values),
        faults={name: visit.in_words(text) for name, text in (faults or {}).items()},
        modules=_words(visit, MODULES),
        organisations=_words(visit, ORGANISATIONS),
        offered_languages=_tongues(visit),
        numbers=range(1, trainings.MOST_DAYS + 1),
        revision=visit.form.get("revision") or (training.revision if training else 0),
    )


async def _ask(visit: Visit, training: Training, to: str) -> web.Response:
    """Whether it is sure."""
    fields = {name: visit.form.get(name, "") for name in ("to", "revision", "sign_up")}
    return await visit.page(
        "training_sure.html",
        here=visit.path("training", id=training.id),
        current="trainings",
        question=visit.in_words(SURE[to]),
        title=visit.in_words(line(training)),
        target=visit.path("mark_sign_up" if to == "removed" else "training_state", id=training.id),
        fields=fields,
        training=training,
    )


async def _one(visit: Visit) -> Training:
    async with visit.house.database.read() as tx:
        return await trainings.one(tx, _id(visit))


def _row(visit: Visit, training: Training) -> tuple[Training, str]:
    return training, visit.in_words(line(training))


def _tongues(visit: Visit) -> list[tuple[str, str]]:
    return [(code, words.tongues(visit.language, [code])) for code in LANGUAGES]


def _words(visit: Visit, table: Mapping[str, Text]) -> dict[str, str]:
    return {name: visit.in_words(text) for name, text in table.items()}


def _id(visit: Visit) -> str:
    return visit.request.match_info["id"]


def _revision(visit: Visit) -> int:
    text = visit.form.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
