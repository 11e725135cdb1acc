"""Somebody tells of exploitation, without danger right now: a kind word, and what can be done from here."""

from dialogs.choices import CHECK, ERASE, request, rights
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, enter, switch
from dialogs.numbers import for_the_young
from dialogs.screen import Choice, Screen
from dialogs.text import say
from dialogs.whom import kind_word

LINES = (
    say("told", "What you describe may be against the law."),
    say("told", "You do not have to tell more here. You choose what happens next."),
)
WAYS = {
    "check": ("screening", ""),
    "rights": ("information", "page/rights"),
    "referral": ("referral", ""),
    "numbers": ("information", "page/helplines"),
}
NUMBERS = Choice("numbers", say("menu", "Numbers to call"))


def _show(scene: Scene) -> Screen:
    professional = scene.professional
    ways = (
        request(professional=professional),
        Choice("check", CHECK),
        rights(professional=professional),
        NUMBERS,
        ERASE,
    )
    return Screen((kind_word(scene), *LINES, *for_the_young(scene)), ways)


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return enter("privacy", "erase") if reply.choice == ERASE.id else switch(*WAYS[reply.choice])


FLOW = Flow(
    "told",
    (Step("choose", _show, _take),),
    {"report_exploitation": "choose"},
    say("told", "Tell what happens to me"),
)
