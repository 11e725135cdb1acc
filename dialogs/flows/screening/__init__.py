"""Screening: one flow for each instrument (before use, age, questions, finding), and the choice among them."""

from dialogs.choices import CHECK
from dialogs.flow import Flow
from dialogs.flows.screening import choosing
from dialogs.flows.screening.coded import changes_step
from dialogs.flows.screening.opening import AGE_STEP, intro_step
from dialogs.flows.screening.printing import paper_step
from dialogs.flows.screening.questions import PAUSE_STEP, question_step
from dialogs.flows.screening.result import behind_steps, finding_step
from dialogs.flows.screening.subject import SITUATION, flow_of
from dialogs.flows.screening.which import which_steps
from dialogs.instrument import Instrument
from dialogs.library import Library
from dialogs.whom import ASKED_FIRST


def screenings(library: Library) -> tuple[Flow, ...]:
    """The flow of each instrument of the library, and the choice among them."""
    return (*(_screening(instrument) for instrument in library.instruments.values()), choosing.FLOW)


def _screening(instrument: Instrument) -> Flow:
    situation = instrument.id == SITUATION
    age = (AGE_STEP,) if instrument.ages == "all" else ()
    return Flow(
        flow_of(instrument),
        (
            *((ASKED_FIRST,) if situation else ()),
            intro_step(instrument),
            *age,
            *(question_step(question, instrument) for question in instrument.questions),
            finding_step(instrument),
            *behind_steps(instrument),
            changes_step(instrument),
            paper_step(instrument),
            *which_steps(instrument),
            PAUSE_STEP,
        ),
        {"start_screening": ""} if situation else {},
        CHECK if situation else None,
        resumable=True,
    )
