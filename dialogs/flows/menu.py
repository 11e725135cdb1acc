"""All that one can do here, in the order of the one who asks."""

from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done, enter
from dialogs.screen import Choice, Screen
from dialogs.text import say

WAYS: dict[str, tuple[str, str]] = {
    "learn": ("information", "list"),
    "check": ("screening", ""),
    "rights": ("information", "page/rights"),
    "help_me": ("referral", ""),
    "refer": ("referral", ""),
    "receipt": ("receipt", ""),
    "numbers": ("information", "page/helplines"),
    "language": ("language", ""),
    "privacy": ("privacy", ""),
    "how": ("help", ""),
}
LABELS = {
    "learn": say("menu", "Understand: what is trafficking?"),
    "check": say("menu", "Check a situation, question by question"),
    "rights": say("menu", "My rights"),
    "help_me": say("menu", "Ask for help"),
    "refer": say("menu", "Refer a person to the network"),
    "receipt": say("menu", "I have a receipt: news and messages"),
    "numbers": say("menu", "Numbers to call"),
    "language": say("menu", "Another language"),
    "privacy": say("menu", "What is kept; erase"),
    "how": say("menu", "How this works"),
}
ORDER = {
    "person": ("help_me", "check", "rights", "learn", "numbers", "receipt", "language", "privacy", "how"),
    "other": ("learn", "check", "rights", "help_me", "numbers", "receipt", "language", "privacy", "how"),
    "professional": ("refer", "check", "learn", "receipt", "numbers", "language", "privacy", "how"),
}
GO_ON = Choice("go_on", say("menu", "Go on where I was"))


def _show(scene: Scene) -> Screen:
    order = ORDER[scene.session.audience or "person"]
    ways = tuple(Choice(way, LABELS[way]) for way in order)
    resumed = (GO_ON,) if len(scene.session.stack) > 1 else ()
    return Screen((say("menu", "What can I do for you?"),), (*resumed, *ways))


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return done() if reply.choice == "go_on" else enter(*WAYS[reply.choice])


FLOW = Flow("menu", say("menu", "Menu"), (Step("choose", _show, _take),))
