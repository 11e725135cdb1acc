"""The agenda: the trainings to come, and one of them. For professionals; others read the page about training."""

from dialogs.agenda import Training
from dialogs.agenda_words import ANNOUNCED, calendar, label, line, told
from dialogs.choices import HUMAN
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, aside, done, enter, go
from dialogs.screen import Choice, Screen
from dialogs.text import say

MOST_LISTED = 12
NONE = (
    say("training", "No training day is announced here now."),
    say("training", "Nothing is sent to you. Look here again, or ask the coordination."),
)
WHICH = say("training", "These training days are announced. Which one do you want to see?")
NOT_FOR_YOU = say("training", "Training days are for professionals who may meet victims.")
GONE = say("training", "This training is not announced any more.")
NOBODY_READS = say("training", "You cannot sign up here now: nobody could open your contact.")
SIGN_UP = Choice("sign_up", say("training", "Sign up"))
WAIT = Choice("sign_up", say("training", "Sign up for the waiting list"))
ABOUT = Choice("about", say("training", "What the training is"))
LIST = Choice("list", say("training", "All training days"))
FINISH = Choice("finish", say("training", "Close"))


def _coming(scene: Scene) -> list[Training]:
    listed = [training for training in scene.library.agenda or () if training.coming(scene.session.at)]
    return listed[:MOST_LISTED]


def _show_list(scene: Scene) -> Screen:
    if not scene.professional:
        return Screen((NOT_FOR_YOU,), (ABOUT, FINISH))
    coming = _coming(scene)
    if not coming:
        return Screen(NONE, (ABOUT, HUMAN, FINISH))
    ways = (Choice(f"day-{one.id}", label(one)) for one in coming)
    return Screen((WHICH, *map(line, coming)), (*ways, ABOUT, FINISH))


def _training(scene: Scene) -> Training | None:
    found = scene.library.training(scene.argument)
    return found if found and found.coming(scene.session.at) and scene.professional else None


def _show_day(scene: Scene) -> Screen:
    training = _training(scene)
    if training is None:
        return Screen((GONE,), (LIST, FINISH))
    takes = training.takes(scene.session.at)
    closed = (NOBODY_READS,) if takes and not scene.session.sealing else ()
    way = () if closed or not takes else (SIGN_UP,) if training.free else (WAIT,)
    text = (*told(training, scene.library), ANNOUNCED, *closed)
    return Screen(text, (*way, calendar(training, scene.session.spoken), LIST, FINISH))


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    kind, _, name = reply.choice.partition("-")
    match kind:
        case "day":
            return go(f"day/{name}")
        case "sign_up":
            return enter("sign_up", training=scene.argument)
        case "about":
            return enter("information", "page/training")
        case "human":
            return enter("human")
        case "list":
            return go("list")
        case _:
            return done()


FLOW = Flow("agenda", (Step("list", _show_list, _take), Step("day", _show_day, _take, aside)), alone=True)
