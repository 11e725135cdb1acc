"""The words of consent for what a tool hands in: made from what is sent, so that their hash can be checked."""

import hashlib
from collections.abc import Iterator

from dialogs.age import AGES
from dialogs.agreement import STATISTICS, Sent, words
from dialogs.commands import NO_SHELTER, Triage
from dialogs.flows.referral.fields import LANGUAGES, OPTIONS
from dialogs.flows.referral.review import FREE, LABELS
from dialogs.library import Library
from dialogs.text import Day, Text, Value, say
from locales.catalog import Catalog

FIELDS = {"age": "age_group", "roof": "safe_until"}  # of a line, where they are not called alike
ALWAYS = ("age", "languages", "urgency")
LINES = tuple(line for line in LABELS if line not in (*FREE, "emergency"))
CHOICES = {"age": AGES} | OPTIONS


def shown(
    catalog: Catalog, library: Library, triage: Triage, language: str, *, note: bool, callback: bool
) -> list[str]:
    """The lines that the person reads, in their language: what is sent, to whom, for what, until when."""
    sent = Sent(
        lines=tuple(_lines(library, triage)),
        purpose=_purpose(triage),
        professional=triage.referrer == "professional",
        note=note,
        contact=callback,
        writes=True,
    )
    return [catalog.translate(language, line) for line in words(sent)]


def counted(catalog: Catalog, language: str) -> list[str]:
    """The lines of the other question, asked apart: whether the request may be counted."""
    return [catalog.translate(language, line) for line in STATISTICS]


def digest(lines: list[str]) -> bytes:
    """SHA-256 of the lines, joined with line feeds."""
    return hashlib.sha256("\n".join(lines).encode()).digest()


def _purpose(triage: Triage) -> str:
    if triage.age_group == "minor":
        return "child"
    return "advice" if "advice" in triage.wishes else "place"


def _lines(library: Library, triage: Triage) -> Iterator[Text]:
    unsaid = Triage(triage.referrer)
    for line in LINES:
        field = FIELDS.get(line, line)
        told = getattr(triage, field)
        if line in ALWAYS or told != getattr(unsaid, field):
            yield say("referral", "{label}: {value}", label=LABELS[line], value=_value(library, line, told))


def _value(library: Library, line: str, told: str | tuple[str, ...]) -> Value:
    ids = told if isinstance(told, tuple) else (told,)
    if line in ("department", "avoid"):
        return tuple(f"{code} {library.departments.get(code, '')}".strip() for code in ids)
    if line == "languages":
        return tuple(LANGUAGES[code] for code in ids) or say("referral", "nothing")
    if line == "roof" and told != NO_SHELTER:
        return Day(str(told))
    labels = {choice.id: choice.label for choice in CHOICES[line]}
    return tuple(labels["none" if one == NO_SHELTER else one] for one in ids)
