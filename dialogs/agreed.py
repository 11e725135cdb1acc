"""Behind the person's receipt: what they agreed to, purpose by purpose, to take back or to give again."""

from dataclasses import replace
from datetime import timedelta

from dialogs import agreement
from dialogs.commands import Command, Consent, GiveConsent, WithdrawConsent
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, go
from dialogs.library import day_of
from dialogs.purposes import ASKED_AGAIN, NEEDED, STANDS, STANDS_MONTHS, Purpose
from dialogs.screen import Choice, Screen
from dialogs.text import Day, Text, say

AGREED = Choice("agreed", say("receipt", "What I agreed to"))
NO_MESSAGES = say("receipt", "You said no to messages. The coordination cannot write to you here.")
RUNS_OUT = say("receipt", "After that day it is deleted, unless you say yes again.")
TOLD: dict[Purpose, tuple[Text, Text]] = {
    "contact": (
        say("receipt", "Messages behind this receipt: yes."),
        say("receipt", "Messages behind this receipt: no."),
    ),
    "statistics": (
        say("receipt", "Counted in figures about many people: yes."),
        say("receipt", "Counted in figures about many people: no."),
    ),
}
LONGER_TEXT = (
    say("receipt", "The coordination may go on with your request for {months} months more.", months=STANDS_MONTHS),
    say("receipt", "You can take it back at any time with your receipt."),
)
LONGER = Choice("longer", say("receipt", "Yes, {months} months more", months=STANDS_MONTHS))
SILENCE = Choice("silence", say("receipt", "No more messages"))
ALLOW_TEXT = (
    say("receipt", "The coordination may write to you behind this receipt. Nobody calls you."),
    say("receipt", "You can stop this at any time."),
)
ALLOW = Choice("allow", say("receipt", "Allow messages"))
UNCOUNT = Choice("uncount", say("receipt", "Do not count my request"))
COUNT = Choice("count", say("receipt", "My request may be counted"))
TO_REQUEST = Choice("request", say("receipt", "Back to the request"))
SURE = (
    say("receipt", "No more messages? What you wrote and what the coordination wrote to you is then deleted."),
    say("receipt", "Your request goes on. This receipt still shows how it stands."),
    say("receipt", "What somebody has already read, they may remember."),
)
YES = Choice("yes", say("receipt", "Yes, delete the messages"), intent="affirm")
NO = Choice("no", say("receipt", "No, keep them"), intent="deny")
COUNT_YES = Choice("yes", say("consent", "Yes, it may be counted"), intent="affirm")
COUNT_NO = Choice("no", say("consent", "No, do not count it"), intent="deny")


def without(scene: Scene, purpose: Purpose) -> bool:
    """Whether the opened request is one whose person does not agree to a purpose (any more)."""
    return purpose in (scene.answer("without") or "").split(",")


def silent(scene: Scene) -> bool:
    """Whether messages are closed to who holds the receipt: the person's own choice; a professional has theirs."""
    return scene.answer("holder") == "person" and without(scene, "contact")


def _show(scene: Scene) -> Screen:
    until = scene.answer("until") or ""
    lines = [no if without(scene, purpose) else yes for purpose, (yes, no) in TOLD.items()]
    if until:
        lines = [_worked_on(until), RUNS_OUT, *lines]
    messages = ALLOW if without(scene, "contact") else SILENCE
    figures = COUNT if without(scene, "statistics") else UNCOUNT
    longer = LONGER_TEXT if _ends_soon(scene) else ()
    return Screen((*lines, *longer), (*((LONGER,) if longer else ()), messages, figures, TO_REQUEST))


def _worked_on(until: str) -> Text:
    day = Day(until, short=True)
    return say("receipt", "Your request: you agreed that the coordination works on it, until {day}.", day=day)


def _ends_soon(scene: Scene) -> bool:
    until = scene.answer("until") or ""
    return bool(until) and until <= (day_of(scene.session.at) + timedelta(seconds=ASKED_AGAIN)).isoformat()


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "silence" | "count":
            return go(reply.choice)
        case "allow":
            return _given(scene, (*ALLOW_TEXT, ALLOW.label), "contact")
        case "longer":
            until = day_of(scene.session.at + STANDS).isoformat()
            return _given(scene, (*LONGER_TEXT, LONGER.label), NEEDED, until)
        case "uncount":
            return _changed(scene, "statistics", WithdrawConsent(_referral(scene), "statistics"))
        case _:
            return go("open")


def _given(scene: Scene, text: tuple[Text, ...], purpose: Purpose, until: str = "") -> Move:
    consent = Consent(text, scene.session.spoken, agreement.VERSION, (purpose,))
    return _changed(scene, purpose, GiveConsent(_referral(scene), consent), until)


def _changed(scene: Scene, purpose: Purpose, command: Command, until: str = "") -> Move:
    """Back to the list, as it is once the command is done."""
    listed = [p for p in (scene.answer("without") or "").split(",") if p and p != purpose]
    left = ",".join((*listed, *((purpose,) if isinstance(command, WithdrawConsent) else ())))
    moved = go("agreed", without=left, until=until or scene.answer("until") or "")
    return replace(moved, commands=(command,))


def _referral(scene: Scene) -> str:
    return scene.answer("referral") or ""


def _take_silence(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "no":
        return go("agreed")
    return _changed(scene, "contact", WithdrawConsent(_referral(scene), "contact"))


def _take_count(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "no":
        return go("agreed")
    command = GiveConsent(_referral(scene), agreement.counted(scene.session.spoken, later=True))
    return _changed(scene, "statistics", command)


STEPS: tuple[Step, ...] = (
    Step("agreed", _show, _take),
    Step("silence", lambda _: Screen(SURE, (YES, NO)), _take_silence),
    Step("count", lambda _: Screen(agreement.STATISTICS[1:], (COUNT_YES, COUNT_NO)), _take_count),
)
