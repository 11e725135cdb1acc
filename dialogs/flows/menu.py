"""All that one can do here, in the order of the one who asks."""

from dialogs import choices
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done, enter
from dialogs.screen import Choice, Screen
from dialogs.text import say

WAYS: dict[str, tuple[str, str]] = {
    "learn": ("information", "list"),
    "check": ("screening", ""),
    "instruments": ("instruments", ""),
    "job_offer": ("job_offer", ""),
    "training": ("training", ""),
    "rights": ("information", "page/rights"),
    "help_me": ("referral", ""),
    "refer": ("referral", ""),
    "receipt": ("receipt", ""),
    "bilingual": ("bilingual", ""),
    "numbers": ("information", "page/helplines"),
    "language": ("language", ""),
    "privacy": ("privacy", ""),
    "how": ("help", ""),
    "whom": ("whom", ""),
}
LABELS = {
    "learn": say("menu", "Understand: what is trafficking?"),
    "check": choices.CHECK,
    "instruments": say("menu", "Questions to ask: situation, indicators, danger"),
    "job_offer": choices.OFFER,
    "training": choices.TRAINING,
    "rights": choices.MY_RIGHTS,
    "help_me": choices.ASK_FOR_HELP,
    "refer": choices.REFER,
    "receipt": choices.HAVE_RECEIPT,
    "bilingual": choices.ASK_TOGETHER,
    "numbers": say("menu", "Numbers to call"),
    "language": choices.ANOTHER_LANGUAGE,
    "privacy": choices.WHAT_IS_KEPT,
    "how": choices.HOW,
    "whom": say("menu", "It is about me"),
}
ORDER = {
    "person": ("help_me", "check", "rights", "learn", "job_offer", "numbers", "receipt", "language", "privacy", "how"),
    "other": (
        "learn",
        "check",
        "rights",
        "help_me",
        "job_offer",
        "numbers",
        "receipt",
        "whom",
        "language",
        "privacy",
        "how",
    ),
    "professional": (
        "refer",
        "instruments",
        "bilingual",
        "learn",
        "training",
        "job_offer",
        "receipt",
        "numbers",
        "language",
        "privacy",
        "how",
    ),
}


def _show(scene: Scene) -> Screen:
    order = ORDER[scene.session.audience or "person"]
    two = scene.session.beside is not None
    ways = tuple(Choice(way, LABELS[way]) for way in order if way != "bilingual" or not two)
    resumed = (choices.GO_ON,) if len(scene.session.stack) > 1 else ()
    return Screen((say("menu", "What can I do for you?"),), (*resumed, *ways))


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return done() if reply.choice == "go_on" else enter(*WAYS[reply.choice])


FLOW = Flow("menu", (Step("choose", _show, _take),))
