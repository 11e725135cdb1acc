"""The screen the person is at, with the buttons that every screen has: emergency, back, menu, leave."""

from dataclasses import replace

from dialogs import bilingual
from dialogs.choices import NOT_HERE
from dialogs.flow import Flows, Scene, Step
from dialogs.library import Library
from dialogs.screen import Choice, Screen
from dialogs.session import Session
from dialogs.stack import top
from dialogs.text import say

SOS = Choice("sos", say("buttons", "Danger: get help now"), role="danger")
BACK = Choice("back", say("buttons", "Back"), role="back", intent="go_back")
MENU = Choice("menu", say("buttons", "Menu"), role="menu", intent="open_menu")
LEAVE = Choice("leave", say("buttons", "Hide and leave"), role="leave", intent="quick_exit")
TONGUE = Choice("tongue", say("unspoken", "What works in my language"))
SPEAK = "speak-"  # before the code of a language that is offered
SYSTEM = {
    choice.id for choice in (SOS, BACK, MENU, LEAVE, TONGUE, bilingual.HAND, bilingual.hand_back(""), bilingual.PAIR)
}


def step_of(session: Session, flows: Flows) -> Step:
    """The step the person is at."""
    frame = top(session)
    return flows[frame.flow].step(frame.step)


def present(session: Session, flows: Flows, library: Library) -> Screen:
    """The screen to show now."""
    scene = Scene(session, top(session), library)
    screen = step_of(session, flows).show(scene)
    if session.beside is not None:
        return _of_two(screen, scene, flows, session.beside)
    return replace(screen, choices=(*screen.choices, *_offered(session, screen, library), *_system(session)))


def _offered(session: Session, screen: Screen, library: Library) -> tuple[Choice, ...]:
    """The way into another language that was just written, or back into the one just left."""
    name = library.languages.get(session.heard)
    if session.heard and name is None:
        return () if NOT_HERE in screen.choices or top(session).flow == "unspoken" else (TONGUE,)
    shown = (screen.language or session.spoken, *(choice.id for choice in screen.choices))
    if name is None or session.heard in shown:
        return ()
    return (Choice(f"{SPEAK}{session.heard}", say("name", "{name}", name=name)),)


def _of_two(screen: Screen, scene: Scene, flows: Flows, language: str) -> Screen:
    """The same where two read together: both halves, or the person's while the device is turned to them."""
    session, flow = scene.session, flows[scene.frame.flow]
    pair = () if flow.name == "bilingual" else (bilingual.PAIR,)
    if screen.alone or screen.asks_contact or flow.alone:
        return replace(screen, choices=(*screen.choices, *pair, *_system(session)), alone=True)
    theirs = bilingual.of_person(flow.step(scene.frame.step), scene, screen)
    if session.turned:
        hand_back = bilingual.hand_back(scene.library.languages.get(session.language, session.language))
        ways = (hand_back, *pair, *_system(session))
        return replace(theirs, choices=(*theirs.choices, *ways), language=language)
    ways = (bilingual.HAND, *pair, *_system(session))
    return bilingual.both(replace(screen, choices=(*screen.choices, *ways)), theirs, language)


def _system(session: Session) -> tuple[Choice, ...]:
    frame = top(session)
    first = len(session.stack) == 1 and not frame.trail
    shown = {
        "sos": frame.flow != "crisis",
        "back": not (first and frame.flow == "welcome"),
        "menu": frame.flow not in ("menu", "welcome"),
        "leave": True,
    }
    return tuple(choice for choice in (SOS, BACK, MENU, LEAVE) if shown[choice.id])
