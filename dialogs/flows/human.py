"""How to reach a person."""

from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, enter
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import say

ASK = Choice("ask", say("human", "Send a request to the coordination"))
RECEIPT = Choice("receipt", say("menu", "I have a receipt: news and messages"))


def _show(scene: Scene) -> Screen:
    at = scene.session.at
    numbers = scene.library.helplines_for(at, "rights")
    text = (
        say("human", "This is a program. Here is how to reach a person."),
        say("human", "You can send a request. A person of the coordination reads it and answers through your receipt."),
        say("human", "You can also call:"),
        *lines(numbers),
    )
    return Screen(text, (ASK, RECEIPT, *dial(numbers)))


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return enter("referral" if reply.choice == "ask" else "receipt")


FLOW = Flow("human", say("human", "Reach a person"), (Step("ways", _show, _take),), {"talk_to_human": "ways"})
