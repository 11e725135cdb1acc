"""What there is to learn for those who meet victims at work: lessons, cases to practise with, and what the training is."""

from dialogs import choices
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done, enter
from dialogs.screen import Choice, Screen
from dialogs.text import say

WAYS: dict[str, tuple[str, str]] = {
    "agenda": ("agenda", "list"),
    "lessons": ("lessons", ""),
    "exercise": ("exercise", ""),
    "about": ("information", "page/training"),
    "courses": ("information", "page/courses_and_work"),
}
LABELS = {
    "agenda": choices.AGENDA.label,
    "lessons": say("training", "Lessons: seven short modules"),
    "exercise": choices.PRACTISE,
    "about": say("training", "What the network's training is"),
    "courses": say("training", "Courses and work, for yourself"),
}
PROFESSIONAL = ("lessons", "exercise", "agenda", "about")
ANYBODY = ("courses", "about", "lessons")  # who asks for a course may well mean one for themself
FOR_WORK = say("training", "This is for people who may meet victims of trafficking in their work.")
FINISH = Choice("finish", say("training", "Finish"))


def _show(scene: Scene) -> Screen:
    ways = PROFESSIONAL if scene.professional else ANYBODY
    return Screen((FOR_WORK,), (*(Choice(way, LABELS[way]) for way in ways), FINISH))


def _take(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return done() if reply.choice == "finish" else enter(*WAYS[reply.choice])


FLOW = Flow(
    "training",
    (Step("choose", _show, _take),),
    {"ask_training": "choose"},
    say("training", "Training for professionals"),
    choices.TRAINING,
    alone=True,
)
