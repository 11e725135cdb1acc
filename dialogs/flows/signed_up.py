"""What a sign-up's receipt opens: how it stands, the training as it is announced now, giving the seat back."""

from dataclasses import replace

from dialogs.agenda import Training
from dialogs.agenda_words import calendar, short, told
from dialogs.commands import CancelSignUp
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, aside, done, go, switch
from dialogs.practising import HELD, OF_SIGN_UP
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

STATES: dict[str, Text] = {
    "seat": say("training", "You are signed up: a seat is kept for you."),
    "confirmed": say("training", "You are signed up, and the coordination has confirmed your place."),
    "waiting": say("training", "You are on the waiting list: number {count}."),
    "cancelled": say("training", "You are not signed up any more. Your contact is deleted."),
    "removed": say("training", "The coordination took you off the list. Your contact is deleted."),
}
MOVES_UP = say("training", "When somebody cancels, the next one moves up. Write your receipt here again to see it.")
CALLED_OFF = say("training", "The coordination has cancelled this training.")
CHANGED = say("training", "The training was changed since you signed up. Read the days and the place again.")
OVER = say("training", "This training has begun or is over.")
NOT_THERE = say("training", "This training is not there any more.")
CANCEL = Choice("cancel", say("training", "Cancel my sign-up"))
AGAIN = Choice("again", say("training", "Write another receipt"))
AGENDA = Choice("agenda", say("training", "All training days"))
CLOSE = Choice("close", say("training", "Close"))
SURE = (
    say("training", "Cancel your sign-up? Your place then goes to the next one."),
    say("training", "This cannot be undone. You can sign up again, at the end of the list."),
)
YES = Choice("yes", say("training", "Yes, cancel it"), intent="affirm")
NO = Choice("no", say("training", "No, keep it"), intent="deny")
KEPT = (
    say("training", "The receipt was shown once. It cannot be shown again."),
    say("training", "Write it here to see how your sign-up stands, or to cancel it."),
    say("training", "Nothing is sent to you from here. The coordination has your contact."),
)
FINISHED = Choice("finished", say("receipt", "I have kept it"), intent="affirm")


def _training(scene: Scene) -> Training | None:
    return scene.library.training(scene.answer("training") or "")


def _may_cancel(scene: Scene) -> bool:
    training = _training(scene)
    coming = training is not None and training.coming(scene.session.at)
    return coming and scene.answer("state") in HELD


def _show_open(scene: Scene) -> Screen:
    training, state = _training(scene), scene.answer("state") or ""
    if training is None:
        return Screen((NOT_THERE,), (AGENDA, AGAIN, CLOSE))
    held = state in HELD  # who has just given a seat back is shown no count: it was read before
    about = (*_said(scene, training, state), *(told if held else short)(training, scene.library))
    cancel = (CANCEL,) if _may_cancel(scene) else ()
    file = (calendar(training, scene.session.spoken),) if held else ()
    return Screen(about, (*file, *cancel, AGENDA, AGAIN, CLOSE))


def _said(scene: Scene, training: Training, state: str) -> tuple[Text, ...]:
    """How it stands: what the coordination did first, then the holder's own place."""
    if training.state == "cancelled":
        return (CALLED_OFF,)
    if not training.coming(scene.session.at):
        return (OVER,)
    mine = STATES.get(state)
    if mine is not None and state == "waiting":
        mine = replace(mine, values=(("count", int(scene.answer("position") or 0)),))
    changed = (CHANGED,) if scene.answer("changed") == "yes" and state in HELD else ()
    return (*((mine,) if mine else ()), *((MOVES_UP,) if state == "waiting" else ()), *changed)


def _take_open(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "cancel":
            return go("cancel")
        case "agenda":
            return switch("agenda", "list")
        case "again":
            return switch("receipt", "enter")
        case _:
            return done()


def _take_cancel(scene: Scene, reply: Reply) -> Move | None:
    """Cancel, unless it has begun or was cancelled meanwhile."""
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "no" or not _may_cancel(scene):
        return go("open")
    cancelled = CancelSignUp(scene.answer("sign_up") or "")
    return replace(go("open", state="cancelled"), commands=(cancelled,))


def _take_kept(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return go("practise") if scene.answer("marks") else done()


FLOW = Flow(
    "signed_up",
    (
        Step("open", _show_open, _take_open),
        Step("cancel", lambda _: Screen(SURE, (YES, NO)), _take_cancel, aside),
        Step("kept", lambda _: Screen(KEPT, (FINISHED,)), _take_kept, aside),
        OF_SIGN_UP,
    ),  # not resumable: an opened sign-up is not left to the next person at the device
    alone=True,
)
