"""What the yearly figures are called."""

from collections.abc import Mapping

from bot.console import words
from dialogs.text import Text, say
from services.figures.counting import CATEGORIES

CLASSIFICATIONS = {
    "form": say("console", "Form of exploitation"),
    "age": say("console", "Adult or under 18"),
    "sex": say("console", "Kind of place asked for"),
    "zone": say("console", "Part of France"),
    "language": say("console", "First language"),
    "outcome": say("console", "How it stands"),
    "claimed": say("console", "Time until somebody held it"),
    "ended": say("console", "Time until its end"),
}
NOT_KNOWN = say("console", "Not known")
_LENGTHS = {
    "one_day": say("console", "Within a day"),
    "three_days": say("console", "Within three days"),
    "one_week": say("console", "Within a week"),
    "one_month": say("console", "Within 30 days"),
    "longer": say("console", "Longer"),
    "not_yet": say("console", "Not yet"),
}
_CATEGORIES: Mapping[str, Mapping[str, Text]] = {
    "form": {
        "sexual": say("console", "Sexual exploitation"),
        "labour": say("console", "Labour, domestic work included"),
        "begging": say("console", "Forced begging"),
        "crime": say("console", "Forced criminal activity"),
        "other": say("console", "Another form"),
        "several": say("console", "Several forms"),
    },
    "age": words.AGE,
    "sex": {
        "woman": say("console", "Women"),
        "man": say("console", "Men"),
        "trans": say("console", "Trans people"),
    },
    "zone": {
        "ile_de_france": say("console", "Île-de-France"),
        "north_west": say("console", "North-West"),
        "north_east": say("console", "North-East"),
        "south_west": say("console", "South-West"),
        "south_east": say("console", "South-East"),
        "overseas": say("console", "Overseas"),
    },
    "language": {"other": say("console", "Another language")},
    "outcome": {
        "open": say("console", "Still open"),
        "placed": say("console", "Arrived at a place"),
        "child_protection": say("console", "Passed on to child protection"),
        "declined": words.STATE["declined"],
        "transferred": words.STATE["transferred"],
        "no_contact": say("console", "Contact lost, or did not come"),
        "closed": words.STATE["closed"],
    },
    "claimed": _LENGTHS,
    "ended": _LENGTHS,
}


def categories(name: str) -> dict[str, Text | str]:
    """The categories of a classification in words; languages by their code, for the page to name."""
    table = _CATEGORIES[name]
    return {one: table.get(one, NOT_KNOWN if one == "unknown" else one) for one in CATEGORIES[name]}
