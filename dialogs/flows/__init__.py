"""All flows, by name. A new flow is a module here and a line below."""

from dialogs.flow import Flow, Flows
from dialogs.flows import (
    agenda,
    bilingual,
    code,
    crisis,
    how,
    human,
    information,
    language,
    menu,
    own_age,
    privacy,
    receipt,
    referral,
    sign_up,
    signed_up,
    stopping,
    told,
    training,
    unspoken,
    welcome,
    whom,
)
from dialogs.flows.exercise import exercise
from dialogs.flows.explainer import explainer
from dialogs.flows.guess import guess
from dialogs.flows.job_offer import job_offer
from dialogs.flows.lessons import lessons
from dialogs.flows.referral import consent
from dialogs.flows.screening import screenings
from dialogs.library import Library

FIXED: tuple[Flow, ...] = (
    welcome.FLOW,
    menu.FLOW,
    language.FLOW,
    information.FLOW,
    referral.FLOW,
    consent.FLOW,
    receipt.FLOW,
    agenda.FLOW,
    sign_up.FLOW,
    signed_up.FLOW,
    code.FLOW,
    crisis.FLOW,
    privacy.FLOW,
    told.FLOW,
    human.FLOW,
    how.FLOW,
    stopping.FLOW,
    training.FLOW,
    unspoken.FLOW,
    bilingual.FLOW,
    whom.FLOW,
    own_age.FLOW,
)


def all_flows(library: Library) -> Flows:
    """Every flow by name; the steps of a screening come from the library's instrument."""
    flows = {flow.name: flow for flow in (*FIXED, *screenings(library), *_learning(library))}
    flows["guess"] = guess(flows)
    return flows


def _learning(library: Library) -> tuple[Flow, ...]:
    """What there is to learn with, where the library has it."""
    learning = library.learning
    study = (lessons(library.lessons),) if library.lessons else ()
    if learning is None:
        return study
    return (job_offer(learning.offer), explainer(learning.definition), exercise(learning, library), *study)
