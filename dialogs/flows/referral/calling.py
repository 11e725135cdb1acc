"""When the coordination can call a professional back, by voice: coarse times, and whether an interpreter is needed."""

from dialogs.asking import UNKNOWN, one_of, some_of, words
from dialogs.call import SLOTS
from dialogs.flow import Scene, Step
from dialogs.flows.referral.fields import UNSAID
from dialogs.flows.referral.gate import of_professional
from dialogs.screen import Choice
from dialogs.text import say

WHEN = (
    say("referral", "The coordination calls back through the switchboard of your service, never the person."),
    say("referral", "When are you there, with the person if they wish? Tap each time that fits."),
)
INTERPRETER = say("referral", "Is an interpreter needed for the call?")
TIMES = tuple(Choice(name, label) for name, label in SLOTS.items())
NEEDED = (
    Choice("needed", say("referral", "Yes, an interpreter is needed")),
    Choice("not_needed", say("referral", "No")),
    UNKNOWN,
)


def called_back(scene: Scene) -> bool:
    """Whether a professional gave a number to be called back on."""
    sealed = of_professional(scene) and scene.session.sealing
    return sealed and scene.answer("callback") not in (None, UNSAID.id)


STEPS: tuple[Step, ...] = (
    some_of("call_slots", words(*WHEN), TIMES, called_back, alone=True),
    one_of("call_interpreter", words(INTERPRETER), NEEDED, called_back, alone=True),
)
