"""Where a professional code is typed; one that is typed anywhere else is recognised there, too (dialogs/coding.py)."""

from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, again, done
from dialogs.screen import Choice, Screen
from dialogs.text import say

ENTER = (
    say("code", "Write the code that the coordination gave to your organisation."),
    say("code", "It begins with P and has 21 numbers."),
    say("code", "It is not kept here, and not shown again. It ends with this talk."),
)
NOT_ONE = say("code", "This does not look like a code. It begins with P and has 21 numbers.")
WITHOUT = Choice("without", say("code", "Go on without a code"), intent="deny")


def _take(_: Scene, reply: Reply) -> Move | None:
    return done() if isinstance(reply, Chose) else again(NOT_ONE, alone=True)


FLOW = Flow("code", (Step("enter", lambda _: Screen(ENTER, (WITHOUT,), asks_text=True), _take),), alone=True)
