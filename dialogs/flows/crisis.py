"""Danger: the numbers that fit, at once, from everywhere; then on, hide or erase. Source of the order: facts §6 safe.crisis."""

from dialogs.choices import GO_ON, HUMAN
from dialogs.danger import NEEDS
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done, enter
from dialogs.helpline import Helpline
from dialogs.numbers import dial
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

FIRST = say("crisis", "Is there danger now? These numbers are free, day and night.")
WORDS: dict[str, tuple[Text, ...]] = {
    "threat": (
        say("crisis", "If you or somebody is in danger now, call the police or the emergency number."),
        say("crisis", "You cannot speak? Write a text message to the number for it."),
    ),
    "medical": (say("crisis", "Somebody is hurt or very ill: call the emergency doctors now."),),
    "suicide": (
        say("crisis", "What you write sounds very hard. You deserve help now."),
        say("crisis", "You can talk to somebody at once, without giving your name."),
        say("crisis", "The first number speaks French only. In another language, call an emergency number."),
    ),
    "minor": (
        say("crisis", "Children and young people under 18 have a special right to protection."),
        say("crisis", "People who protect children answer day and night, free of charge."),
    ),
}
ERASE = Choice("erase", say("crisis", "Erase this conversation"))
YOURS = say("crisis", "It is you who decides. Nobody is told anything by this program.")


def _kinds(scene: Scene) -> tuple[str, ...]:
    return scene.chosen("kinds")


def _helplines(scene: Scene) -> tuple[Helpline, ...]:
    needs = [need for kind in _kinds(scene) or ("",) for need in NEEDS[kind]]
    fitting = scene.library.helplines_for(scene.session.at, *needs)
    return (*fitting, *(h for h in scene.library.helplines.values() if h.permanent and h not in fitting))


def _show(scene: Scene) -> Screen:
    kinds = _kinds(scene)
    spoken = tuple(text for kind in kinds for text in WORDS[kind]) or (FIRST,)
    numbers = _helplines(scene)
    yours = () if scene.professional else (YOURS,)
    return Screen((*spoken, *yours), (*dial(numbers), GO_ON, HUMAN, ERASE))


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "human":
            return enter("human")
        case "erase":
            return enter("privacy", "erase")
        case _:
            return done()


FLOW = Flow("crisis", (Step("numbers", _show, _take),))
