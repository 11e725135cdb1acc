"""The screen the person is at, with the buttons that every screen has: emergency, back, menu, leave."""

from dataclasses import replace

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
SYSTEM = {choice.id for choice in (SOS, BACK, MENU, LEAVE)}


def step_of(session: Session, flows: Flows) -> Step:
    """The step the person is at."""
    frame = top(session)
    return flows[frame.flow].step(frame.step)


def present(session: Session, flows: Flows, library: Library) -> Screen:
    """The screen to show now."""
    screen = step_of(session, flows).show(Scene(session, top(session), library))
    return replace(screen, choices=(*screen.choices, *_system(session)))


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
