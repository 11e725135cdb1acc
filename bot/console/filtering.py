"""The filters of the queue as an address or form tells them; what is not understood is said, never left out unsaid."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from bot.console import words
from dialogs.flows.referral.fields import LANGUAGES, OPTIONS
from dialogs.flows.referral.places import denied, departments_in
from dialogs.library import Library
from dialogs.text import Text, say
from services.referrals import filters
from services.referrals.filters import Wanted

CHOICES: Mapping[str, tuple[str, ...]] = {
    "urgency": tuple(words.URGENCY),
    "language": tuple(LANGUAGES),
    "form": tuple(choice.id for choice in OPTIONS["forms"]),
    "whose": filters.WHOSE,
    "waits": filters.WAITS,
    "group": filters.GROUPS,
}
LABELS = {
    "urgency": say("console", "Urgency"),
    "language": say("console", "Language"),
    "department": say("console", "Département"),
    "form": say("console", "Form of exploitation"),
    "whose": say("console", "Held"),
    "waits": say("console", "Time"),
    "group": say("console", "Age"),
}
MOST_SHOWN = 40  # signs of what was not understood


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, and by filter what was told and is not understood."""

    wanted: Wanted
    unknown: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, str]:
        """All that was told, for the next address or form."""
        return {name: value for name, value in asdict(self.wanted).items() if value} | dict(self.unknown)


def asked_of(told: Mapping[str, str], library: Library) -> Asked:
    """The filters that a form or an address tells. A département is told by its number, its name or a town."""
    typed = {name: told.get(name, "").strip() for name in LABELS}
    found = {name: value for name, value in typed.items() if value in CHOICES.get(name, ())}
    if department := _department(typed["department"], library):
        found["department"] = department
    unknown = {name: value[:MOST_SHOWN] for name, value in typed.items() if value and name not in found}
    return Asked(Wanted(**found), unknown)


def not_understood(asked: Asked) -> Text:
    """What a list says that is shown without something that was asked for."""
    return say(
        "console",
        "Not understood: {found}. The list is shown as if that had not been asked. Choose from the lists; a "
        "département is one number or one name: 06, 2A, Var.",
        found=_named(asked),
    )


def nothing_claimed(asked: Asked) -> Text:
    """What is said instead of claiming something else than was asked for."""
    return say(
        "console",
        "Nothing was claimed. Not understood: {found}. Choose from the lists; a département is one number or one name: "
        "06, 2A, Var.",
        found=_named(asked),
    )


def _named(asked: Asked) -> tuple[Text, ...]:
    return tuple(
        say("console", "{filter} “{typed}”", filter=LABELS[name], typed=asked.unknown[name]) for name in asked.unknown
    )


def _department(typed: str, library: Library) -> str:
    """One code, "none" for those that name none, or "" where it is none or several."""
    if typed.casefold() == filters.NOT_SAID:
        return filters.NOT_SAID
    codes = () if denied(typed) else departments_in(library, typed)
    return codes[0] if len(codes) == 1 else ""
