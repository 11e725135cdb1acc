"""What one answer would change: a screen for professionals whose organisation has a code in force."""

from dialogs import coding
from dialogs.choices import BACK_TO_IT, CHANGES, HAVE_CODE
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, aside, enter, go
from dialogs.flows.screening.subject import answers_in, minor_in
from dialogs.instrument import Instrument
from dialogs.screen import Choice, Screen
from dialogs.sensitivity_words import changes_told


def way_in(scene: Scene) -> tuple[Choice, ...]:
    """To what one answer would change; or to the place for the code; a person is offered neither."""
    if coding.opens(scene.session):
        return (CHANGES,)
    return (HAVE_CODE,) if scene.professional else ()


def changes_step(instrument: Instrument) -> Step:
    """What one answer would change, while the code is in force."""

    def show(scene: Scene) -> Screen:
        if not coding.opens(scene.session):
            return Screen((coding.CLOSED,), (*way_in(scene), BACK_TO_IT), discreet=True, alone=True)
        told = changes_told(instrument, answers_in(instrument, scene.frame), minor_in(instrument, scene.frame))
        return Screen(told, (BACK_TO_IT,), discreet=True, alone=True)

    return Step("changes", show, take, aside)


def take(_: Scene, reply: Reply) -> Move | None:
    """Behind the finding, and back to it."""
    if not isinstance(reply, Chose):
        return None
    return enter("code") if reply.choice == "code" else go(reply.choice)
