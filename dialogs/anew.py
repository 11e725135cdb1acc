"""Behind a receipt: a new one for its holder, in the conversation that the old one opened. The old one then opens nothing."""

from dataclasses import replace

from dialogs.commands import ReplaceReceipt
from dialogs.events import Chose, Holder
from dialogs.flow import Move, Reply, Scene, Step, go
from dialogs.handing import shown_anew
from dialogs.screen import Choice, Screen
from dialogs.text import Day, Text, say

RENEW = Choice("renew", say("receipt", "Make a new receipt"))
SURE = (
    say("receipt", "Make a new receipt? The old one then opens nothing any more, for anybody."),
    say("receipt", "Do this when somebody else may know it. Have paper ready, or learn it by heart."),
    say("receipt", "Messages that are there now are not behind the new one. Read them first."),
)
YES = Choice("yes", say("receipt", "Yes, make a new one"), intent="affirm")
NO = Choice("no", say("receipt", "No, keep the old one"), intent="deny")
FIRST_TIME = say("receipt", "This receipt was not opened before.")


def last_opened(day: str) -> Text:
    """When a receipt was opened before: a day, or "" for never."""
    if not day:
        return FIRST_TIME
    return say("receipt", "This receipt was last opened on {day}. Was it not you? Make a new one.", day=Day(day))


def _show(scene: Scene) -> Screen:
    return Screen(SURE, (YES, NO), deliberate=True, alone=scene.answer("holder") == "professional")


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "no":
        return go("open")
    holder: Holder = "professional" if scene.answer("holder") == "professional" else "person"
    number = int(scene.answer("number") or 0)
    replaced = ReplaceReceipt(scene.answer("referral") or "", holder, number)
    theirs = scene.session.beside if holder == "person" else None
    known = {"language": theirs} if theirs else {}
    kept = go("kept", shown_anew(holder, theirs), number=str(number + 1), **known)
    return replace(kept, commands=(replaced,))


STEPS: tuple[Step, ...] = (Step("renew", _show, _take),)
