"""Saying anew whom it is about, at any time."""

from dataclasses import replace

from dialogs.flow import Flow, Move, Reply, Scene, Step, done
from dialogs.screen import Screen
from dialogs.whom import ASKED, WHO, audience


def _take(_: Scene, reply: Reply) -> Move | None:
    who = audience(reply)
    return replace(done(), audience=who) if who else None


FLOW = Flow("whom", (Step("who", lambda _: Screen((ASKED,), WHO), _take),))
