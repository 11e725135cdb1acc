"""A safe roof: until when, and whether that fits the urgency; answers that do not are shown side by side.

Source: facts §3 (not an emergency service: who has no roof tonight is helped by the local services first).
"""

from datetime import timedelta

from dialogs.age import known_age
from dialogs.asking import UNKNOWN
from dialogs.commands import DAYS_SAFE, NO_SHELTER
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, answer, go, onward
from dialogs.flows.referral.gate import INSTEAD, NUMBERS, ready, unsafe
from dialogs.library import day_of
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

ROOFS = (
    Choice("none", say("referral", "Nowhere safe now")),
    Choice("tonight", say("referral", "Safe tonight only")),
    Choice("days", say("referral", "Safe for about three days")),
    Choice("week", say("referral", "Safe for about a week")),
    Choice("month", say("referral", "Safe for a month or more")),
    UNKNOWN,
)
SHORT = {
    "none": say("referral", "You said: nowhere safe to sleep. And help is not needed tonight."),
    "tonight": say("referral", "You said: a safe roof for tonight only. And help is not needed before tomorrow."),
}
LONG = say("referral", "You said: help is needed now or tonight. And there is a safe roof for a week or more.")
WHICH = say("referral", "Do both fit? The coordination reads the urgency first.")
NOW = Choice("now", say("referral", "Help is needed now or tonight"))
DAYS = Choice("soon", say("referral", "Help is needed in the next days"))
ROOF = Choice("roof", say("referral", "The answer about the roof was another one"))
BOTH = Choice("both", say("referral", "Both are right: go on"), intent="affirm")
WEEK_OR_MORE = ("week", "month")


def safe_until(scene: Scene) -> str | None:
    """The day (YYYY-MM-DD, in Paris) until which the roof is safe, NO_SHELTER, or None where that is not known."""
    roof = scene.answer("roof") or ""
    if roof == "none":
        return NO_SHELTER
    days = DAYS_SAFE.get(roof)
    return None if days is None else (day_of(scene.session.at) + timedelta(days=days)).isoformat()


def contradicted(scene: Scene) -> bool:
    """Whether urgency and roof do not fit together."""
    return ready(scene) and not unsafe(scene) and (too_short(scene) or _long(scene))


def too_short(scene: Scene) -> bool:
    """Whether the roof ends before help is said to be needed."""
    return _short(scene) is not None


def _short(scene: Scene) -> Text | None:
    later = scene.answer("urgency") in ("soon", "normal")
    return SHORT.get(scene.answer("roof") or "") if later else None


def _long(scene: Scene) -> bool:
    return scene.answer("urgency") == "immediate" and scene.answer("roof") in WEEK_OR_MORE


def _show(scene: Scene) -> Screen:
    short = _short(scene)
    if short is None:
        return Screen((LONG, WHICH), (DAYS, ROOF, BOTH))
    tonight = who_can_tonight(scene)
    return Screen((short, WHICH, *tonight.text), (*tonight.choices, NOW, ROOF, BOTH))


def who_can_tonight(scene: Scene) -> Screen:
    """The network cannot come tonight: who has no safe roof, or cannot wait, reads who can."""
    young = ("minor",) if known_age(scene) != "adult" else ()
    first = ("roof",) if scene.answer("roof") in SHORT else ()
    numbers = scene.library.helplines_for(scene.session.at, *first, *young, *NUMBERS["emergency"])
    return Screen((*INSTEAD["emergency"], *lines(numbers)), dial(numbers))


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "now":
            return onward(urgency="immediate", tonight="ok")
        case "soon":
            return onward(urgency="soon")
        case "roof":
            return go("roof")
        case _:
            return answer("both")


STEP = Step("contradiction", _show, _take, contradicted, covers=True)
