"""Somebody tells of exploitation, without danger right now: what can be done from here."""

from dialogs.choices import ASK_FOR_HELP, CHECK, rights
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, switch
from dialogs.screen import Choice, Screen
from dialogs.text import say

LINES = (
    say("told", "Thank you for telling. What you describe may be against the law."),
    say("told", "You do not have to tell more here. You choose what happens next."),
)
WAYS = {"check": ("screening", ""), "rights": ("information", "page/rights"), "help_me": ("referral", "")}
CHOICES = (
    Choice("help_me", ASK_FOR_HELP),
    Choice("check", CHECK),
    rights(professional=False),
)


def _take(_: Scene, reply: Reply) -> Move | None:
    return switch(*WAYS[reply.choice]) if isinstance(reply, Chose) else None


FLOW = Flow(
    "told",
    (Step("choose", lambda _: Screen(LINES, CHOICES), _take),),
    {"report_exploitation": "choose"},
    say("told", "Tell what happens to me"),
)
