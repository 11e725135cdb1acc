"""The instruments that a professional can choose from, and those that are only described."""

from dialogs.choices import CHECK, PRACTISE
from dialogs.events import Chose
from dialogs.finding_words import described_told
from dialogs.flow import Flow, Move, Reply, Scene, Step, aside, enter, go
from dialogs.flows.screening.subject import SITUATION, flow_of
from dialogs.screen import Choice, Screen
from dialogs.text import say

ORDER = (SITUATION, "danger")  # first; the others follow in the order of their ids
WHICH = (
    say("screening", "Which questions do you want to ask?"),
    say("screening", "Each says first where it comes from, for whom it was made, and what it cannot say."),
)
TRAUMA = Choice("trauma", say("screening", "Signs of trauma: how to read them"))  # a page: no questions, no score
PRACTISE_A_CASE = Choice("exercise", PRACTISE)
ABSENT = Choice("absent", say("screening", "Published instruments that are not here"))
NOT_HERE = say("screening", "These are described only. None of their questions are here.")
LIST = Choice("list", say("screening", "Back to the list"))


def _show(scene: Scene) -> Screen:
    known = scene.library.instruments
    ids = (*ORDER, *sorted(set(known) - set(ORDER)))
    offered = (Choice(name, CHECK if name == SITUATION else known[name].title) for name in ids if name in known)
    return Screen(WHICH, (*offered, TRAUMA, PRACTISE_A_CASE, ABSENT))


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "trauma":
            return enter("information", "page/trauma_signs")
        case "exercise":
            return enter("exercise")
        case "absent":
            return go("absent")
        case chosen:
            return enter(flow_of(scene.library.instruments[chosen]))


def _show_absent(scene: Scene) -> Screen:
    told = (line for described in scene.library.described.values() for line in described_told(described))
    return Screen((NOT_HERE, *told), (LIST,))


def _take_absent(_: Scene, reply: Reply) -> Move | None:
    return go("choose") if isinstance(reply, Chose) else None


FLOW = Flow(
    "instruments",
    (Step("choose", _show, _take), Step("absent", _show_absent, _take_absent, aside)),
    alone=True,
)
