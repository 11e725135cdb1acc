"""How a request stands, for who holds a receipt of it: neutral words, which tell no place and no way there."""

from dialogs.flow import Scene
from dialogs.library import day_of
from dialogs.text import Day, Text, say

STATES = {
    "received": say("receipt", "The request has arrived. Nobody has taken it yet."),
    "acknowledged": say("receipt", "The request has arrived and is noted. Nobody has taken it yet."),
    "reopened": say("receipt", "The request is open again. Nobody has taken it yet."),
    "claimed": say("receipt", "A person of the coordination is working on it."),
    "evaluation": say("receipt", "A person of the coordination is looking at what would help."),
    "searching": say("receipt", "The coordination is looking for something that fits."),
    "place_offered": say("receipt", "The coordination makes a proposal. It is explained by voice only, never here."),
    "agreed": say("receipt", "The proposal was agreed to. How it goes on is said by voice only, never here."),
    "arrived": say("receipt", "The first step is done. The coordination stays in contact."),
    "follow_up": say("receipt", "The coordination stays in contact, and looks at what comes next."),
    "passed_on": say("receipt", "It was passed on to child protection."),
    "followed": say("receipt", "Child protection has taken it up. The coordination stays in contact."),
    "declined": say("receipt", "The coordination cannot take this request."),
    "transferred": say("receipt", "Another service goes on with it."),
    "contact_lost": say("receipt", "The coordination could reach nobody. Write a message, and it goes on."),
    "did_not_come": say("receipt", "What was planned did not take place. Write a message, and it goes on."),
    "closed": say("receipt", "The request is closed. Nobody reads new messages there."),
    "withdrawn": say("receipt", "The request was taken back. The answers and the messages are deleted."),
}
UNCLAIMED = ("received", "acknowledged", "reopened")
WAITS = say("receipt", "You can write now. Your message waits, sealed, until somebody of the coordination opens it.")
UNREAD = say("receipt", "Nobody can read messages yet. Look here again from tomorrow on.")
LATE = say("receipt", "It takes longer than we hoped. You can also reach a person now.")


def late(scene: Scene) -> bool:
    """Whether nobody has taken it, and the working day on which there was first something to look for is over."""
    look_on = scene.answer("look_on") or ""
    return _unclaimed(scene) and bool(look_on) and day_of(scene.session.at).isoformat() > look_on


def waiting(scene: Scene) -> tuple[Text, ...]:
    """While nobody has taken it: when to look again, and whether there is somebody who can read what is written."""
    if not _unclaimed(scene):
        return ()
    if scene.answer("takes") == "no":
        return (UNREAD,)
    day = scene.answer("look_on")
    when = say("receipt", "Look here again from {day} on: the next working day.", day=Day(day)) if day else None
    if late(scene):
        return (LATE, WAITS)
    return (when, WAITS) if when and scene.answer("state") == "acknowledged" else (WAITS,)


def _unclaimed(scene: Scene) -> bool:
    return (scene.answer("state") or "received") in UNCLAIMED
