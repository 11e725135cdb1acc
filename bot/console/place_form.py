"""The form of a group of places: read, judged field by field, and shown again as it was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.console import words
from dialogs.flows.referral.places import departments_in
from dialogs.library import Library
from dialogs.text import Text, say
from dialogs.tongues import LANGUAGES, OTHER, tongues
from services.places.capacity import AGES, KINDS, SUITS, Capacity, Details, faults

MOST_FIGURES = 3
FAULTS: Mapping[str, Text] = {
    "departments": say("console", "Write at least one département, at most 20: 06, 2A, Var. Or choose a region."),
    "kinds": say("console", "Choose from the list."),
    "languages": say("console", "This is no language that is known here: {found}."),
    "total": say("console", "Write how many places there are, from 1 to 200."),
    "free_from": say("console", "This is no day."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, what it comes to, and what is wrong with it by field."""

    values: Mapping[str, str]
    details: Details
    faults: Mapping[str, Text] = field(default_factory=dict)


def read(form: Mapping[str, str], library: Library) -> Typed:
    """The form as details. Départements and languages are typed by name or code; an address has no field."""
    region = library.anonymity.regions.get(form.get("region", ""), ())
    spoken, unknown = _spoken(form.get("languages", ""))
    details = Details(
        departments=tuple(dict.fromkeys((*region, *departments_in(library, form.get("departments", ""))))),
        kinds=_ticked(form, "kind", KINDS),
        children=_ticked(form, "child", AGES),
        languages=spoken,
        suited=_ticked(form, "suited", SUITS),
        total=_number(form.get("total", "")),
        free_from=form.get("free_from", ""),
        short_delay=bool(form.get("short_delay")),
    )
    found = {name: FAULTS[name] for name in faults(details, library.departments) if name in FAULTS}
    if unknown:
        found["languages"] = Text("console", FAULTS["languages"].msgid, (("found", " ".join(unknown)),))
    return Typed(form, details, found)


def _spoken(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of languages, and the words that are none. Codes alone are taken as such: "en, de"."""
    codes = re.split(r"[\s,;/]+", text.strip().lower())
    return (tuple(dict.fromkeys(codes)), ()) if set(codes) <= set(LANGUAGES) - {OTHER.id} else tongues(text)


def of(one: Capacity, language: str) -> dict[str, str]:
    """The form of places as they stand. `language`: the reader's."""
    told = one.details
    ticks = {
        f"{group}-{name}": "yes"
        for group, names in (("kind", told.kinds), ("child", told.children), ("suited", told.suited))
        for name in names
    }
    return ticks | {
        "departments": ", ".join(told.departments),
        "languages": words.tongues(language, told.languages),
        "total": str(told.total or ""),
        "free_from": told.free_from,
        "short_delay": "yes" if told.short_delay else "",
    }


def _ticked(form: Mapping[str, str], group: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if form.get(f"{group}-{name}"))


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_FIGURES else 0
