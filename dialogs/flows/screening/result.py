"""What the answers show, because of which of them; what to ask next, and what it cannot say."""

from dialogs import danger
from dialogs.choices import FINISH, request, rights
from dialogs.events import Chose
from dialogs.finding import Finding, find
from dialogs.finding_words import found_told, further_told, of_urgency, provenance
from dialogs.flow import Move, Reply, Scene, Step, aside, done, enter, go, onward, switch
from dialogs.flows.screening.questions import GO_ON
from dialogs.flows.screening.subject import ALL, age_in, answers_in, filled, flow_of, left, minor_in, settled
from dialogs.instrument import Instrument
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

FURTHER = Choice("further", say("screening", "What to ask next, and what this cannot say"))
BACK_TO_IT = Choice("finding", say("screening", "Back to what was learnt"))
ASK_ALL = Choice("ask_all", say("screening", "Ask the other questions too"))
DANGER = Choice("danger", say("screening", "Next: danger and urgency"))
AGAIN = Choice("again", say("screening", "Do the check again"))
NOT_ALL = say("screening", "Not all was asked. This is what was learnt so far.")


def finding_step(instrument: Instrument) -> Step:
    """The finding, of all answers or of those so far, and the ways on."""
    return Step("finding", lambda scene: _show(scene, instrument), lambda scene, reply: _take(scene, reply, instrument))


def further_step(instrument: Instrument) -> Step:
    """What to ask or check next, and what the finding cannot say."""

    def show(scene: Scene) -> Screen:
        answers, minor = answers_in(instrument, scene.frame), minor_in(instrument, scene.frame)
        told = further_told(instrument, answers, minor, scene.session.audience or "person")
        return Screen(told, (BACK_TO_IT,), discreet=True)

    def take(_: Scene, reply: Reply) -> Move | None:
        return go("finding") if isinstance(reply, Chose) else None

    return Step("further", show, take, aside)


def _show(scene: Scene, instrument: Instrument) -> Screen:
    answers, minor = answers_in(instrument, scene.frame), minor_in(instrument, scene.frame)
    finding = find(instrument, answers, minor)
    so_far = () if settled(scene, instrument) else (NOT_ALL,)
    emergency = _emergency(scene, instrument, finding)
    numbers = scene.library.helplines_for(scene.session.at, "minor" if minor == "yes" else "rights")
    return Screen(
        (*emergency, *so_far, *found_told(instrument, answers, minor), provenance(instrument), *lines(numbers)),
        (*_ways(scene, instrument), *dial(numbers), AGAIN, FINISH),
        discreet=True,
    )


def _emergency(scene: Scene, instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    """The numbers stand first where something cannot wait."""
    if not of_urgency(instrument) or finding.urgency != "immediate":
        return ()
    parts = {question.part for question in finding.urgent}
    kinds = tuple(kind for part, kind in (("health", "medical"), ("suicide", "suicide")) if part in parts)
    return (danger.line(scene.library, scene.session.at, kinds or ("threat",)),)


def _ways(scene: Scene, instrument: Instrument) -> tuple[Choice, ...]:
    more = (GO_ON,) if left(scene, instrument) else ()
    if not scene.professional:
        return (*more, request(professional=False), rights(professional=False), FURTHER)
    rest = (ASK_ALL,) if not more and scene.answer("intro") != ALL else ()
    urgency = () if of_urgency(instrument) else (DANGER,)
    return (*more, *rest, request(professional=True), *urgency, FURTHER, rights(professional=True))


def _take(scene: Scene, reply: Reply, instrument: Instrument) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "go_on":
            return go("")
        case "ask_all":
            return onward(intro=ALL)
        case "further":
            return go("further")
        case "rights":
            return enter("information", "page/rights")
        case "danger":
            return enter("danger", **age_in(instrument, scene.frame))
        case "again":
            return switch(flow_of(instrument))
        case "finish":
            return done()
        case _:
            return _referral(scene)


def _referral(scene: Scene) -> Move:
    age = scene.answer("age")
    if scene.professional:
        return enter("referral", **filled(scene))
    return enter("referral", age=age) if age else enter("referral")
