"""The finding as one text to copy; on the web it is also a page to print. Nothing of it is stored."""

from dialogs.choices import BACK_TO_IT
from dialogs.flow import Scene, Step, aside
from dialogs.flows.screening.coded import take
from dialogs.flows.screening.subject import answers_in, flow_of, minor_in
from dialogs.flows.screening.which import apart
from dialogs.instrument import Instrument
from dialogs.library import Library, day_of
from dialogs.paper import Section, as_text, sheet
from dialogs.screen import Choice, Screen
from dialogs.session import Frame, Session
from dialogs.stack import top
from dialogs.text import say

NAME = "paper"
PAPER = Choice(NAME, say("screening", "Text to copy or print"))


def paper_step(instrument: Instrument) -> Step:
    """The whole finding as text."""

    def show(scene: Scene) -> Screen:
        text = as_text(_sheet(instrument, scene.frame, scene.session.at))
        return Screen(text, (BACK_TO_IT,), discreet=True, alone=True)

    return Step(NAME, show, take, aside)


def printed(session: Session, library: Library) -> tuple[Section, ...] | None:
    """The sheet at which a professional now stands, or None."""
    frame = top(session) if session.stack else None
    if frame is None or frame.step != NAME or session.audience != "professional":
        return None
    instrument = next((one for one in library.instruments.values() if flow_of(one) == frame.flow), None)
    return _sheet(instrument, frame, session.at) if instrument is not None else None


def _sheet(instrument: Instrument, frame: Frame, at: int) -> tuple[Section, ...]:
    return sheet(
        apart(instrument, frame), answers_in(instrument, frame), minor_in(instrument, frame), day_of(at).isoformat()
    )
