"""How to reach a person."""

from dialogs import danger
from dialogs.choices import GO_ON, REACH_A_PERSON, RECEIPT
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done, enter
from dialogs.numbers import CHILD, answered, dial, fitting, led, lines, young
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

ASK = Choice("ask", say("human", "Send a request to the coordination"))


def _refused(scene: Scene) -> bool:
    """Whether a request cannot be made from here: the person is not there to agree."""
    return any(frame.flow == "referral" and frame.answer("together") == "absent" for frame in scene.session.stack)


def _lead(scene: Scene, *, any_number: bool) -> tuple[Text, ...]:
    """What stands above the numbers: no promise of one that is not shown."""
    also = (say("human", "You can also call:"),) if any_number else ()
    if young(scene):
        return (*led(scene, "minor", CHILD), *(() if answered(scene, "minor") else also))
    return also or (danger.line(scene.library, scene.session.at, ("threat",)),)


def _show(scene: Scene) -> Screen:
    numbers = fitting(scene, "rights")
    request = say(
        "human", "You can send a request. A person of the coordination reads it and answers through your receipt."
    )
    text = (
        say("human", "This is a program. Here is how to reach a person."),
        *(() if _refused(scene) else (request,)),
        *_lead(scene, any_number=bool(numbers)),
        *lines(numbers),
    )
    below = scene.session.stack[:-1]
    go_on = (GO_ON,) if below and below[-1].flow != "menu" else ()
    return Screen(text, (*go_on, *(() if _refused(scene) else (ASK,)), RECEIPT, *dial(numbers)))


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "go_on":
        return done()
    return enter("referral" if reply.choice == "ask" else "receipt")


FLOW = Flow("human", (Step("ways", _show, _take),), {"talk_to_human": "ways"}, REACH_A_PERSON)
