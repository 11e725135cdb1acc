"""What can be printed: a professional's finding, and the whole text of a page of information."""

from dialogs.flows import information
from dialogs.flows.screening import printing
from dialogs.library import Library
from dialogs.paper import Section
from dialogs.session import Session


def printed(session: Session, library: Library) -> tuple[Section, ...] | None:
    """The sheet at which a professional now stands, or None."""
    return printing.printed(session, library) or information.printed(session, library)


def printable(flow: str, step: str) -> bool:
    """Whether the step of a professional has a sheet."""
    return step == printing.NAME or (flow == information.FLOW.name and step.startswith(information.COPIED))
