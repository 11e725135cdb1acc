"""A new receipt is tried once before leaving: its second and its fifth word, or group of numbers.

The words lie in no session. What the host leaves there is one byte of each of the four that may be asked (decision 33).
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b

from dialogs.commands import ReplaceReceipt, ReplaceSignUpReceipt
from dialogs.events import Chose, Holder
from dialogs.flow import Move, Reply, Scene, Step, again, done, go, keep
from dialogs.handing import UNWRITTEN, shown_anew, shown_once
from dialogs.screen import Choice, Screen
from dialogs.session import Session
from dialogs.text import Text, say
from dialogs.typed import ALIKE, bare

ASKED = (1, 4)  # the second and the fifth, counted from 0
LETTERS = 4  # a word of the lists is known by its first letters
GROUP = 3
SHOWN_AT = frozenset((("receipt", "kept"), ("receipt", "own"), ("signed_up", "kept")))  # flow and step
ASKED_AT = frozenset((("receipt", "practise"), ("receipt", "practise_own"), ("signed_up", "practise")))

ASK = (
    say("receipt", "Try it once now, with what you wrote down or learned."),
    say("receipt", "Write the second and the fifth word. Or the second and the fifth group of numbers."),
)
TWO = say("receipt", "Please write two, one after the other: the second and the fifth.")
WRONG = {
    (False, True): say("receipt", "The fifth is right. The second is another one."),
    (True, False): say("receipt", "The second is right. The fifth is another one."),
    (False, False): say("receipt", "These are others than the second and the fifth. Count from the first one."),
}
LOOK = say("receipt", "Look again at what you wrote down. Nothing is lost yet.")
RIGHT = say("receipt", "That is right. You can open your request with this receipt.")
HELD = ("seat", "confirmed", "waiting")
SKIP = Choice("skip", say("receipt", "Go on without trying"), intent="skip_question")
ANOTHER = Choice("another", say("receipt", "Show me a new receipt instead"))
ANOTHER_TOLD = say("receipt", "Here you can still get a new receipt. The one before then opens nothing.")


@dataclass(frozen=True, slots=True)
class Fresh:
    """A receipt that was just shown, and what may be tried of it: the host alone knows its words.

    `referral` is "" for a sign-up's, and `sign_up` for a request's.
    """

    referral: str
    holder: Holder
    number: int
    words: str
    digits: str
    sign_up: str = ""


def keeping(session: Session, fresh: Fresh) -> Session:
    """The same conversation, at the page of a new receipt, able to try it and to replace it; unchanged elsewhere."""
    frame = session.stack[-1] if session.stack else None
    if frame is None or (frame.flow, frame.step) not in SHOWN_AT:
        return session
    marks = ",".join(_mark(part) for parts in (fresh.words.split(), fresh.digits.split()) for part in _asked(parts))
    made = ("sign_up", fresh.sign_up) if fresh.sign_up else ("made", f"{fresh.referral} {fresh.holder} {fresh.number}")
    known = frame.with_answer("marks", marks).with_answer(*made)
    return replace(session, stack=(*session.stack[:-1], known))


def _asked(parts: list[str]) -> tuple[str, str]:
    second, fifth = ASKED
    return parts[second], parts[fifth]


def _mark(part: str) -> str:
    """One byte of a word's first letters, or of a group: too little to guess the rest by."""
    return blake2b(_plain(part)[:LETTERS].encode(), digest_size=1, person=b"practice").hexdigest()


def _plain(text: str) -> str:
    figures = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return bare("".join(figures).translate(ALIKE))


def _parts(text: str) -> list[str]:
    """The words of a text, or its groups of three figures, however they are set apart."""
    typed = _plain(text).split()
    if not all(part.isdecimal() for part in typed):
        return typed
    figures = "".join(typed)
    return [figures[start : start + GROUP] for start in range(0, len(figures), GROUP)]


def _compared(marks: str, parts: list[str]) -> tuple[bool, bool]:
    """Whether the second and the fifth are right: as words or as numbers, in either order."""
    known = marks.split(",")
    pairs = [(known[0], known[1]), (known[2], known[3])] if len(known) == 2 * len(ASKED) else []
    typed = [_mark(part) for part in parts]
    if len(typed) != len(ASKED):
        return False, False
    found = [(typed[one] == pair[0], typed[other] == pair[1]) for pair in pairs for one, other in ((0, 1), (1, 0))]
    return max(found, key=sum, default=(False, False))


def made(session: Session) -> tuple[str, Holder, int] | None:
    """The receipt that this conversation may still replace: its request, its holder, which one of theirs; or None."""
    frame = next((frame for frame in session.stack if frame.flow == "receipt" and frame.answer("made")), None)
    if frame is None:
        return None
    referral, holder, number = (frame.answer("made") or "").split()
    return referral, "professional" if holder == "professional" else "person", int(number)


def taken(session: Session) -> Session:
    """The same conversation, where that receipt was replaced by somebody else: nothing of it is left here."""
    stack = (f.with_answer("made", "").with_answer("marks", "") if f.answer("made") else f for f in session.stack)
    return replace(session, stack=tuple(stack))


def pair(session: Session, text: str) -> bool:
    """Whether a text is two parts, or one, where two are asked for: words of a receipt are like anything."""
    frame = session.stack[-1]
    return (frame.flow, frame.step) in ASKED_AT and len(_parts(text)) <= len(ASKED)


def passed(session: Session, text: str) -> bool:
    """Whether a text is the two that are asked for: surely the answer, whatever else it is like."""
    return pair(session, text) and all(_compared(session.stack[-1].answer("marks") or "", _parts(text)))


def may_replace(scene: Scene) -> bool:
    """Whether the receipt was made in this conversation, so that another one can be shown instead."""
    return bool(scene.answer("made")) or (bool(scene.answer("sign_up")) and scene.answer("state") in HELD)


def practice(step: str, onward: Callable[..., Move], lost: Callable[[Scene], Move], *, alone: bool = False) -> Step:
    """The step that tries a receipt. `onward`: the move from it, with notes; `lost`: where it was not written down.

    `alone`: it is the professional's own, and not read by the person beside them.
    """

    def show(scene: Scene) -> Screen:
        tried = scene.chosen(f"{step}/ticks") and may_replace(scene)
        told: tuple[Text, ...] = (ANOTHER_TOLD,) if tried else ()
        ways = (SKIP, *((ANOTHER,) if tried else ()), UNWRITTEN)
        language = _language(scene, alone=alone)
        return Screen((*ASK, *told), ways, asks_text=True, asks_receipt=True, language=language, alone=alone)

    def take(scene: Scene, reply: Reply) -> Move | None:
        if not isinstance(reply, Chose):
            return _compared_with(scene, reply.text, onward, alone=alone)
        if reply.choice == ANOTHER.id:
            return another(scene) or onward()
        return lost(scene) if reply.choice == UNWRITTEN.id else onward()

    return Step(step, show, take)


def _language(scene: Scene, *, alone: bool) -> str | None:
    return None if alone else scene.answer("language")


def _compared_with(scene: Scene, text: str, onward: Callable[..., Move], *, alone: bool) -> Move:
    parts, language, marks = _parts(text), _language(scene, alone=alone), scene.answer("marks") or ""
    if not marks:  # nothing to compare with any more
        return onward()
    if len(parts) != len(ASKED):
        return replace(again(), notes=(Screen((TWO,), language=language, alone=alone),))
    right = _compared(marks, parts)
    if all(right):
        return onward(Screen((RIGHT,), language=language, alone=alone))
    return keep("tried", Screen((WRONG[right], LOOK), language=language, alone=alone))


def another(scene: Scene) -> Move | None:
    """A new receipt in the place of the one that was made here; None where there is none to replace any more."""
    if scene.frame.flow == "signed_up":
        return _another_of_sign_up(scene) if may_replace(scene) else None
    before = made(scene.session)
    return _another_of_request(scene, ReplaceReceipt(*before)) if before else None


def _another_of_request(scene: Scene, replaced: ReplaceReceipt) -> Move:
    opened = {"number": str(replaced.number + 1)} if scene.answer("number") else {}
    own = scene.frame.step == "practise_own"
    screen = shown_anew(replaced.holder, _language(scene, alone=own))
    shown = go("own" if own else "kept", screen, marks="", made="", **opened)
    return replace(shown, commands=(replaced,))


def _another_of_sign_up(scene: Scene) -> Move:
    shown = go("kept", Screen(shown_once("professional"), once=True, alone=True), marks="")
    return replace(shown, commands=(ReplaceSignUpReceipt(scene.answer("sign_up") or ""),))


def at_once(scene: Scene) -> Move:
    """Who did not write it down is shown another one; nowhere to go where that is too late."""
    return another(scene) or again(LOOK)


STEPS: tuple[Step, ...] = (
    practice("practise", lambda *notes: done("", *notes), lambda _: go("lost")),
    practice("practise_own", lambda *notes: go("over", *notes), at_once, alone=True),
)
OF_SIGN_UP = practice("practise", lambda *notes: done("", *notes), at_once, alone=True)
