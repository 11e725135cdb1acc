"""Somebody types "stop" in the middle of what they began: asked what they want, before anything is deleted."""

from dialogs.choices import GO_ON
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done
from dialogs.screen import Screen
from dialogs.text import say

ASKED = (
    say("stopping", "Do you want to stop here?"),
    say(
        "stopping", "“Menu” keeps your answers for 30 minutes. “Hide and leave” deletes them now and closes everything."
    ),
)


def _take(_: Scene, reply: Reply) -> Move | None:
    return done() if isinstance(reply, Chose) else None


FLOW = Flow("stopping", (Step("asked", lambda _: Screen(ASKED, (GO_ON,)), _take),))
