"""A person has told two ages of themself: which one is right, asked once."""

from dialogs.age import OWN_AGE, TOLD_AGES
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer
from dialogs.screen import Screen
from dialogs.text import say

BOTH = (
    say("screening", "You told me two ages. Which one is right?"),
    say("screening", "Both are fine. The help is not the same."),
)


def _take(_: Scene, reply: Reply) -> Move | None:
    return answer(reply.choice) if isinstance(reply, Chose) else None


FLOW = Flow(OWN_AGE, (Step("age", lambda _: Screen(BOTH, TOLD_AGES), _take),))
