"""What was heard in a text, and the answers that it gives or takes back at the present question."""

from dataclasses import dataclass
from typing import Literal

from dialogs.answering import answered, corrected
from dialogs.asking import NO, UNKNOWN, YES
from dialogs.events import Said
from dialogs.flow import Move
from dialogs.screen import Screen
from dialogs.stack import top
from dialogs.text import say
from dialogs.walk import Walk

PLAINLY = say("engine", "Is that a yes, a no, or “I don’t know”? Please tap it below.")
THANKS = say("engine", "Thank you for telling me. You do not have to tell more here.")
STORIES = frozenset(
    {"report_exploitation", "check_job_offer", "start_screening"}
)  # told of the very thing that is asked
CHANGED = say("engine", "You can change your last answer here.")
INSTEAD = {"deny": "skip_question", "about_me": "for_me", "reconsider": "affirm"}  # where no button says just this


@dataclass(frozen=True, slots=True)
class Heard:
    """What to do about a text: tap a choice, follow a move, open the menu, or only say the notes."""

    kind: Literal["tap", "move", "menu", "note"]
    choice: str = ""
    move: Move = Move("again")
    notes: tuple[Screen, ...] = ()
    puzzled: int = 0


def taken_back(walk: Walk, event: Said) -> Heard | None:
    """After a "no", "wait, yes": back to that question, or to what may be changed; the tap there decides."""
    said = corrected(event.text)
    frame = top(walk.session)
    before = {YES.id: "affirm", NO.id: "deny"}.get(frame.answer(frame.trail[-1]) or "") if frame.trail else None
    if said is None or walk.screen.asks_text:
        return None
    change = next((choice.id for choice in walk.screen.choices if choice.intent == "reconsider"), None)
    if change and said == "affirm":
        return Heard("tap", choice=change)
    if before is None or not any(choice.id == "back" for choice in walk.screen.choices):
        return None
    if before != said:
        return Heard("tap", choice="back", notes=(Screen((CHANGED,)),))
    return Heard("note", notes=(Screen((PLAINLY,)),)) if YES in walk.screen.choices else None


def asks_plainly(walk: Walk) -> bool:
    """Whether yes, no and "I don't know" are the choices."""
    return {YES, NO, UNKNOWN} <= set(walk.screen.choices)


def answers_plainly(walk: Walk, event: Said) -> bool:
    """Whether a text is wholly an answer to a question with yes, no and "I don't know", or half of one."""
    return asks_plainly(walk) and answered(event.text) is not None


def told_between(walk: Walk, intent: str | None) -> Heard | None:
    """A story told where yes or no is asked: thanked for, and asked again, so that nobody is led away from the questions."""
    if not asks_plainly(walk) or intent not in STORIES:
        return None
    thanks = () if walk.session.audience == "professional" else (THANKS,)
    return Heard("note", notes=(Screen((*thanks, PLAINLY)),))


def answered_plainly(walk: Walk, event: Said) -> Heard | None:
    """A plain answer in words where yes, no and "I don't know" are the choices; what only half says so asks again."""
    if not asks_plainly(walk):
        return None
    said = answered(event.text)
    if said == "unclear":
        return Heard("note", notes=(Screen((PLAINLY,)),))
    tapped = choice_of(walk, said)
    return Heard("tap", choice=tapped) if tapped else None


def choice_of(walk: Walk, intent: str | None) -> str | None:
    """The choice of the present screen that says an intent, or what comes nearest to it."""
    found = next((choice.id for choice in walk.screen.choices if intent and choice.intent == intent), None)
    return found or (choice_of(walk, INSTEAD[intent]) if intent in INSTEAD else None)
