"""A professional signs up for a training: what they work for, a work contact that is sealed, approval, a receipt."""

import re
from dataclasses import replace

from dialogs.agenda import CONTACT_DAYS, ORGANISATIONS, Training
from dialogs.agenda_words import short
from dialogs.asking import one_of, text_of, words
from dialogs.commands import SignUp
from dialogs.events import Chose
from dialogs.flow import A_NUMBER, Flow, Move, Reply, Scene, Step, done, go, switch
from dialogs.handing import shown_once
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

ORGANISATION = say("training", "Where do you work?")
CONTACT = (
    say("training", "On which work e-mail or telephone can the coordination reach you?"),
    say("training", "Only your own work contact. No name is needed."),
    say("training", "It is sealed: only the coordination can open it, and may write or call you."),
    say("training", "It is deleted {count} days after the training, or when you cancel.", count=CONTACT_DAYS),
)
NO_CONTACT = say("training", "I find no e-mail and no telephone number in this. Please write one of them.")
REVIEW = say("training", "Please read this again. It is what will be sent.")
SEAT = say("training", "A seat is free for you.")
WAITING = say("training", "All seats are taken. You would be number {count} on the waiting list.")
APPROVE = Choice("ok", say("training", "Sign up now"), intent="affirm")
CHANGE = Choice("change", say("training", "Change my contact"), intent="deny")
NOT_NOW = Choice("not_now", say("training", "Do not sign up"))
TOO_LATE = say("training", "Nobody can sign up for this training now. Nothing was sent.")
BACK = Choice("back_to_list", say("training", "All training days"))
SIGNED_UP = say("training", "You are signed up.")
ON_THE_LIST = say("training", "You are on the waiting list: number {count}.")

E_MAIL = re.compile(r"[^\s@,;:<>()\[\]\"]+@[^\s@,;:<>()\[\]\"]+\.[^\s@.,;:<>()\[\]\"]{2,}")
NUMBER = re.compile(r"\+?\d(?:[ .\-/()\u00a0\u202f]{0,2}\d){8,14}")
LONGEST = 200  # characters of a contact


def contact_in(text: str) -> str:
    """The e-mail addresses and telephone numbers of a text, and nothing else of it; "" when there are none."""
    found = [match[0].rstrip(".") for pattern in (E_MAIL, NUMBER) for match in pattern.finditer(text)]
    return ", ".join(found)[:LONGEST]


def _read(_: Scene, text: str) -> str | Text:
    return contact_in(text) or NO_CONTACT


def _training(scene: Scene) -> Training | None:
    """The training, while this conversation may sign up for it."""
    found = scene.library.training(scene.answer("training") or "")
    may = scene.professional and scene.session.sealing
    return found if found and may and found.takes(scene.session.at) else None


def _open(scene: Scene) -> bool:
    return _training(scene) is not None


def _line(label: Text, value: str | Text) -> Text:
    return say("training", "{label}: {value}", label=label, value=value)


def _sentence(training: Training, seat: Text, waiting: Text) -> Text:
    return seat if training.free else replace(waiting, values=(("count", training.waiting + 1),))


def _show_review(scene: Scene) -> Screen:
    training = _training(scene)
    if training is None:
        return Screen((TOO_LATE,), (BACK,))
    sent = (
        _line(say("training", "You work for"), ORGANISATIONS[scene.answer("organisation") or "other"]),
        _line(say("training", "Work contact"), scene.answer("contact") or ""),
    )
    text = (REVIEW, *short(training, scene.library), *sent, _sentence(training, SEAT, WAITING))
    return Screen(text, (APPROVE, CHANGE, NOT_NOW))


def _take_review(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    training = _training(scene)
    if training is None:
        return switch("agenda", "list")
    match reply.choice:
        case "change":
            return go("contact")
        case "ok":
            return _signed(scene, training)
        case _:
            return done()


def _signed(scene: Scene, training: Training) -> Move:
    head = _sentence(training, SIGNED_UP, ON_THE_LIST)
    receipt = Screen((head, *shown_once("professional")), once=True, alone=True)
    sent = SignUp(training.id, scene.answer("organisation") or "other", scene.answer("contact") or "")
    return replace(switch("signed_up", "kept", receipt), commands=(sent,))


FLOW = Flow(
    "sign_up",
    (
        one_of(
            "organisation", words(ORGANISATION), [Choice(name, label) for name, label in ORGANISATIONS.items()], _open
        ),
        text_of(
            "contact", words(*CONTACT), (), _open, _read, contact=True, expects=frozenset((A_NUMBER, "change_language"))
        ),
        Step("review", _show_review, _take_review, covers=True),
    ),
    sends=True,  # nothing invented lies under it
    alone=True,
)
