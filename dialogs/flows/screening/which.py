"""What of a question was meant by a yes ("threats or force or lies": which?): ticked by a professional, told in the finding."""

from dataclasses import replace

from dialogs.asking import DONE, YES, ticked
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, go
from dialogs.instrument import Instrument, Question
from dialogs.screen import Choice, Screen
from dialogs.session import Frame
from dialogs.text import Text, say

ASKED = say("screening", "Which of these? Tick all that the answer speaks of. It is told in the finding.")
BEFORE = "which_"  # and the question's id: the step


def which_steps(instrument: Instrument) -> tuple[Step, ...]:
    """A step for each question that names several things."""
    return tuple(_step(question) for question in instrument.questions if question.kinds)


def way_in(scene: Scene, instrument: Instrument) -> tuple[Choice, ...]:
    """The way to say which, of each such question that a professional answered with yes."""
    if not scene.professional:
        return ()
    affirmed = (q for q in instrument.questions if q.kinds and scene.answer(q.id) == YES.id)
    return tuple(Choice(f"{BEFORE}{q.id}", say("screening", "Say which: {reason}", reason=q.reason)) for q in affirmed)


def apart(instrument: Instrument, frame: Frame) -> Instrument:
    """The instrument with what was ticked in its reasons."""
    return replace(instrument, questions=tuple(_told(question, frame) for question in instrument.questions))


def _told(question: Question, frame: Frame) -> Question:
    chosen = (frame.answer(f"{BEFORE}{question.id}") or "").split(",")
    kinds: tuple[Text, ...] = tuple(kind for place, kind in enumerate(question.kinds) if str(place) in chosen)
    if not kinds or frame.answer(question.id) != YES.id:
        return question
    return replace(question, reason=say("finding", "{reason} (here: {kinds})", reason=question.reason, kinds=kinds))


def _step(question: Question) -> Step:
    name = f"{BEFORE}{question.id}"
    options = tuple(Choice(str(place), kind) for place, kind in enumerate(question.kinds))

    def show(scene: Scene) -> Screen:
        chosen = scene.chosen(name)
        shown = tuple(ticked(option) if option.id in chosen else option for option in options)
        return Screen((ASKED, question.professional), (*shown, DONE), discreet=True, alone=True)

    def take(scene: Scene, reply: Reply) -> Move | None:
        if not isinstance(reply, Chose):
            return None
        if reply.choice == DONE.id:
            return go("finding")
        chosen = {*scene.chosen(name)} ^ {reply.choice}
        kept = ",".join(option.id for option in options if option.id in chosen)
        return go(name, **{name: kept or "none"})

    return Step(name, show, take, lambda scene: scene.answer(name) is not None)
