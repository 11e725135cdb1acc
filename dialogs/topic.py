"""An information page as data: dated facts, each with status and source, in two registers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialogs.helpline import FRESH_FOR
from dialogs.text import Text

Status = Literal["V1", "V2", "SEED", "GK"]
Register = Literal["plain", "professional"]
Group = Literal["understand", "papers", "help", "practice", "who"]
Teller = Literal["lawyer", "association", "service", "coordination"]

LAW_FRESH_FOR = timedelta(days=365)  # codes change by laws of the year; services and figures, as numbers, by the season
OURS = "Passerelle, "  # what the assistant says of itself changes with the assistant, not with time
_LAW = re.compile(
    r"\b(?:code|CESEDA|CASF|CPP|loi|ordonnance|décret|circulaire|directive|convention|protocole|EUR-Lex|JORF\w*|art\.)"
    r"|\b(?:Légifrance|Conseil d['’]État|Cour de cassation|CNDA|CEDH|ECtHR|CJUE)\b",
    re.IGNORECASE,
)


def verified(status: Status) -> bool:
    """Whether what has this status may be shown at all."""
    return status in ("V1", "V2")


def in_force(first: str | None, last: str | None, day: date) -> bool:
    """Whether a day lies between a first and a last one (YYYY-MM-DD), both included; None is no limit."""
    return (first or "") <= day.isoformat() and (last is None or last >= day.isoformat())


def aged(source: str, checked: date, day: date) -> bool:
    """Whether what was read in a source on the day `checked` may have changed by `day`.

    What rests on texts of law and judgments alone ages more slowly than what a service or a page says of itself.
    """
    if source.startswith(OURS):
        return False
    of_law = all(_LAW.search(part) for part in source.split(";"))
    return day - checked > (LAW_FRESH_FOR if of_law else FRESH_FOR)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. Only V1 and V2 are shown. `source` is a citation, `checked_on` the day it was read (YYYY-MM-DD).

    `register`: for whom it is worded. `lead`: part of the first answer, the others stand behind "more".
    `historical`: speaks of the past and says so. `valid_from`, `valid_to`: first and last day on which it is true.
    `case`: the id of the situation for which it holds (dialogs/cases.toml); without one it holds for all.
    `hidden`: an editor took it out of sight (dialogs/edits.py).
    """

    id: str
    register: Register
    text: Text
    status: Status
    source: str
    checked_on: str
    lead: bool = False
    historical: bool = False
    valid_from: str | None = None
    valid_to: str | None = None
    case: str = ""
    hidden: bool = False

    @property
    def shown(self) -> bool:
        """Whether it may be shown at all."""
        return verified(self.status) and not self.hidden

    def shown_on(self, day: date) -> bool:
        """Whether it may be shown on that day: a fact of the past always, another one while it is true."""
        return self.shown and (self.historical or in_force(self.valid_from, self.valid_to, day))

    def stale_on(self, day: date) -> bool:
        """Whether it was read so long ago that it may have changed. History does not age."""
        return not self.historical and aged(self.source, date.fromisoformat(self.checked_on), day)


@dataclass(frozen=True, slots=True)
class Case:
    """A situation in which other rules hold, as the one who asks would say it: of themself, or of a person."""

    id: str
    plain: Text
    professional: Text

    def label(self, *, professional: bool) -> Text:
        """How who reads it would say it."""
        return self.professional if professional else self.plain


@dataclass(frozen=True, slots=True)
class Topic:
    """A page that can be asked for by `intents` or found in the menu of an audience.

    `to_professionals`: its title for them, where it is another one. `of_minors`: the topic that a minor reads instead.
    `helplines` are ids of dialogs/helplines.toml whose numbers fit; `related` are topics to offer next; `next` are
    flows to offer next (`screening`, `referral`, `explainer`, `training`, `agenda`). `group`: where it stands in the list of pages. `tells`: who can tell
    what applies once a fact is stale. `search`: "search: …", words that lead here, as each language has its own.
    `narrows`: intents of wider pages, before which this one comes where its search words are said.
    """

    id: str
    title: Text
    intents: tuple[str, ...]
    facts: tuple[Fact, ...]
    audiences: tuple[Register, ...] = ("plain", "professional")
    helplines: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    order: int = 0
    to_professionals: Text | None = None
    of_minors: str = ""
    group: Group = "understand"
    tells: Teller = "lawyer"
    search: Text | None = None
    narrows: tuple[str, ...] = ()

    def title_for(self, *, professional: bool) -> Text:
        """The title for who reads it."""
        return (self.to_professionals if professional else None) or self.title

    def facts_for(self, register: Register, day: date | None = None) -> tuple[Fact, ...]:
        """The facts to show in a register (on a day, when given); those of the other one where the page has none.

        What is hidden leaves a gap: nothing of the other register fills it.
        """

        def shown(facts: Iterable[Fact]) -> tuple[Fact, ...]:
            return tuple(fact for fact in facts if (fact.shown_on(day) if day else fact.shown))

        mine = [fact for fact in self.facts if fact.register == register]
        return shown(mine) if any(fact.hidden for fact in mine) else shown(mine) or shown(self.facts)

    def withheld(self, register: Register) -> bool:
        """Whether something of the first answer is hidden, so that the page must say who can tell."""
        return any(fact.hidden and fact.lead and fact.register == register for fact in self.facts)
