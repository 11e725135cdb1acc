"""Two who read together: a professional, and the person beside them in another language (docs/decisions/0015)."""

from dataclasses import replace

from dialogs.flow import Scene, Step
from dialogs.screen import Choice, Screen
from dialogs.session import READ_BY_THE_PERSON, Session
from dialogs.text import say

HAND = Choice("hand", say("bilingual", "Turn to the person"), role="hand")
PAIR = Choice("pair", say("bilingual", "Two languages: change or end"), role="hand")
GIVE_BACK = say("bilingual", "This part is for the professional. Please give the device back.")


def hand_back(name: str) -> Choice:
    """The way back to both languages, which the professional knows by their own language's name."""
    return Choice("hand_back", say("bilingual", "Give back: {language}", language=name), role="hand")


BEHIND_A_RECEIPT = (
    "open",
    "reply",
    "write",
    "approve",
    "proposal",
    "withdraw",
    "agreed",
    "silence",
    "count",
    "renew",
)  # steps of its flow that show whose it is


def handed(session: Session) -> bool:
    """Whether what is shown belongs to the person alone: their receipt, and what it opened."""
    frame = session.stack[-1]
    if frame.flow != "receipt":
        return False
    theirs = frame.step in BEHIND_A_RECEIPT and frame.answer("holder") == "person"
    return theirs or (frame.flow, frame.step) in READ_BY_THE_PERSON


def of_person(step: Step, scene: Scene, screen: Screen) -> Screen:
    """What the person reads where the professional reads `screen`: the step as it is shown to a person.

    What has a language of its own is the person's already, word for word (the agreement, a receipt).
    """
    if screen.language is not None:
        return screen
    return step.show(replace(scene, session=replace(scene.session, audience="person")))


def of_professional(scene: Scene) -> Scene:
    """The scene of who acts, for a screen that depends on what will be sent: the person's half tells of the same."""
    if scene.session.beside is None:
        return scene
    return replace(scene, session=replace(scene.session, audience="professional"))


def both(screen: Screen, theirs: Screen, language: str) -> Screen:
    """A screen with its half for the person: their words, and a label of theirs for every choice."""
    labels = {choice.id: choice for choice in theirs.choices}
    choices = tuple(labels.get(choice.id, choice) for choice in screen.choices)
    return replace(screen, language=None, beside=replace(theirs, choices=choices, language=language))


def note(screen: Screen, session: Session) -> Screen:
    """Words above the present screen, for both who read, or for who holds the device."""
    if session.beside is None or screen.alone or screen.language is not None:
        return screen
    if session.turned:
        return replace(screen, language=session.beside)
    return both(screen, screen, session.beside)
