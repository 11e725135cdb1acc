"""Handing over new receipts, one page each: their words are known to the host alone, and are shown once.

A professional's comes with the sending. The person's is made when they look at it (decision 16), so that nothing that
breaks in between can lose it: until then the professional's receipt leads to it too.
"""

from dataclasses import replace

from dialogs.choices import ERASE
from dialogs.commands import IssueReceipt
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, done, enter, go
from dialogs.screen import Choice, Screen
from dialogs.session import Frame, Session
from dialogs.text import Later, Text, say

SENT = say("receipt", "The request is sent.")
LATER = (
    say("receipt", "Look for the answer from tomorrow on. It can take several days."),
    say("receipt", "If it gets worse, do not wait: call an emergency number."),
)
SHOWN = say("receipt", "The receipt was shown once. It cannot be shown again.")
SAFE_WORD = (
    say("receipt", "The coordination says these two words first when you speak by telephone."),
    say("receipt", "If somebody does not know them, hang up."),
)
KEPT = (
    SHOWN,
    say("receipt", "Keep it where nobody else looks, or learn it by heart."),
    say("receipt", "With it you can see the answer, here or on another device."),
    *LATER,
)
OWN = (say("receipt", "Write it down before you go on: it is not shown again."),)
OVER = (
    say("receipt", "Now hand over the device: the next page belongs to the person, and is in their language."),
    say("receipt", "Their own receipt follows there. If something breaks off now, your receipt leads to it too."),
    *LATER,
)
THEIRS = (
    say("receipt", "This part is for you alone."),
    say("receipt", "The next page shows your own receipt, only once. Have paper ready, or learn it by heart."),
    say("receipt", "With it you see the answers. Only you can take the request back."),
)
NEXT = Choice("next", say("receipt", "I have written it down: to the person's page"), intent="affirm")
SHOW = Choice("show", say("receipt", "Show my receipt"), intent="affirm")
UNWRITTEN = Choice("lost", say("receipt", "I did not write it down"), intent="lost_it")
FINISHED = Choice("finished", say("receipt", "I have kept it"), intent="affirm")


def shown_to(holder: str, language: str | None = None, *, safe_word: bool = False) -> Screen:
    """The page of a new receipt; `language`: of the person beside a professional, who has it for themself.

    `safe_word`: whether one was agreed with the coordination.
    """
    sent = () if language else (SENT,)
    agreed = say("receipt", "Your safe words: {words}", words=Later(f"receipt.{holder}.safe_word"))
    safe = (agreed, *SAFE_WORD) if safe_word else ()
    return Screen((*sent, *shown_once(holder), *safe), once=True, language=language, alone=holder == "professional")


def shown_anew(holder: str, language: str | None = None) -> Screen:
    """The page of a receipt that takes the place of an older one; `language` as in `shown_to`."""
    return Screen(shown_once(holder), once=True, language=language, alone=holder == "professional")


def shown_once(holder: str) -> tuple[Text, ...]:
    """The words of a new receipt, which only the host knows, for the person or the professional."""
    heads = {
        "person": say(
            "receipt", "This is your receipt. Write it down now, where nobody else looks. It is shown only now."
        ),
        "professional": say("receipt", "This is your own receipt, for you as a professional. It is shown only now."),
    }
    return (
        heads[holder],
        say("receipt", "Words: {words}", words=Later(f"receipt.{holder}.words")),
        say("receipt", "Or numbers: {digits}", digits=Later(f"receipt.{holder}.digits")),
    )


def waiting(session: Session, referral: str) -> Session:
    """The same conversation, knowing for which referral the person's receipt is still to be shown."""
    return replace(session, stack=tuple(_knowing(frame, referral) for frame in session.stack))


def _knowing(frame: Frame, referral: str) -> Frame:
    return frame.with_answer("referral", referral) if (frame.flow, frame.step) == ("receipt", "own") else frame


def _take_own(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return go("practise_own" if scene.answer("marks") else "over")


def _take_over(_: Scene, reply: Reply) -> Move | None:
    """The person now has the device: the professional's receipt is not replaced from there."""
    return go("hand", marks="", made="") if isinstance(reply, Chose) else None


def _show_hand(scene: Scene) -> Screen:
    text, choice = (THEIRS, SHOW) if scene.answer("unshown") else ((SHOWN,), FINISHED)
    return Screen(text, (choice,), language=scene.answer("language"))


def _take_hand(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == FINISHED.id:
        return _kept(scene)
    shown = shown_to("person", scene.answer("language") or scene.session.language)
    issued = IssueReceipt(scene.answer("referral") or "")
    return replace(go("kept", shown, unshown=""), commands=(issued,))


def _take_kept(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == ERASE.id:
        return enter("privacy", "erase")
    if reply.choice == UNWRITTEN.id:
        return go("lost")
    return _kept(scene)


def _kept(scene: Scene) -> Move:
    """Who has kept their receipt tries it once, where it was made in this conversation (dialogs/practising.py)."""
    return go("practise") if scene.answer("marks") else done()


def _show_kept(scene: Scene) -> Screen:
    """On a professional's device, what there is to erase is not the person's."""
    erase = () if scene.professional else (ERASE,)
    return Screen(KEPT, (FINISHED, UNWRITTEN, *erase), language=scene.answer("language"))


STEPS: tuple[Step, ...] = (
    Step("own", lambda _: Screen(OWN, (FINISHED,), alone=True), _take_own),
    Step("over", lambda _: Screen(OVER, (NEXT,), alone=True), _take_over),
    Step("hand", _show_hand, _take_hand),
    Step("kept", _show_kept, _take_kept),
)
