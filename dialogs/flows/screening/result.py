"""What the answers show, because of which of them; what to ask next, and what it cannot say."""

from collections.abc import Callable

from dialogs import coding, danger
from dialogs.adaptive import worth_asking
from dialogs.choices import BACK_TO_IT, FINISH, request, rights
from dialogs.events import Chose
from dialogs.finding import Finding, PartFinding, find
from dialogs.finding_words import (
    NEXT_SHOWN,
    REASONS_SHOWN,
    TO_ASK,
    found_told,
    further_told,
    next_told,
    of_urgency,
    origin_told,
    provenance,
    reasons_told,
)
from dialogs.flow import Move, Reply, Scene, Step, aside, done, enter, go, onward, switch
from dialogs.flows.screening import coded, which
from dialogs.flows.screening.printing import PAPER
from dialogs.flows.screening.questions import GO_ON
from dialogs.flows.screening.subject import ALL, age_in, answers_in, filled, flow_of, left, minor_in, settled
from dialogs.instrument import Answers, Instrument, Minor
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

FURTHER = Choice("further", say("screening", "What to ask next, and what this cannot say"))
ASK_ALL = Choice("ask_all", say("screening", "Ask the other questions too"))
DANGER = Choice("danger", say("screening", "Next: danger and urgency"))
REASONS = Choice("reasons", say("screening", "All reasons"))
ORIGIN = Choice("origin", say("screening", "Where this comes from"))
NEXT = Choice("next", say("screening", "All questions that could change it"))
AGAIN = Choice("again", say("screening", "Do the check again"))
NOT_ALL = say("screening", "Not all was asked. This is what was learnt so far.")


def finding_step(instrument: Instrument) -> Step:
    """The finding, of all answers or of those so far, and the ways on."""
    return Step("finding", lambda scene: _show(scene, instrument), lambda scene, reply: _take(scene, reply, instrument))


def behind_steps(instrument: Instrument) -> tuple[Step, ...]:
    """What stands behind the finding: all reasons, what to ask next and what it cannot say, where it comes from."""
    shown: dict[str, Callable[[Scene], Screen]] = {
        "reasons": lambda scene: _aside(
            reasons_told(which.apart(instrument, scene.frame), *_of(scene, instrument), _reader(scene))
        ),
        "further": lambda scene: _further(scene, instrument),
        "next": lambda scene: _aside(_next(scene, instrument)),
        "origin": lambda _: _aside(origin_told(instrument)),
    }
    return tuple(Step(name, show, coded.take, aside) for name, show in shown.items())


def _of(scene: Scene, instrument: Instrument) -> tuple[Answers, Minor]:
    return answers_in(instrument, scene.frame), minor_in(instrument, scene.frame)


def _reader(scene: Scene) -> str:
    return scene.session.audience or "person"


def _aside(told: tuple[Text, ...]) -> Screen:
    return Screen(told, (BACK_TO_IT,), discreet=True)


def _further(scene: Scene, instrument: Instrument) -> Screen:
    answers, minor = _of(scene, instrument)
    asked_on = bool(left(scene, instrument))
    told = further_told(instrument, answers, minor, _reader(scene), asked_on=asked_on)
    more = (NEXT,) if len(worth_asking(instrument, answers, minor)) > NEXT_SHOWN else ()
    return Screen(told, (*more, ORIGIN, *coded.way_in(scene), BACK_TO_IT), discreet=True)


def _next(scene: Scene, instrument: Instrument) -> tuple[Text, ...]:
    return (TO_ASK, *next_told(instrument, *_of(scene, instrument), _reader(scene), most=None))


def _show(scene: Scene, instrument: Instrument) -> Screen:
    answers, minor = _of(scene, instrument)
    finding = find(instrument, answers, minor)
    so_far = () if settled(scene, instrument) else (NOT_ALL,)
    emergency = _emergency(scene, instrument, finding)
    numbers = scene.library.helplines_for(scene.session.at, "minor" if minor == "yes" else "rights")
    told = found_told(which.apart(instrument, scene.frame), answers, minor, _reader(scene))
    source = (provenance(instrument),) if scene.professional else ()
    return Screen(
        (*emergency, *so_far, *told, *source, *lines(numbers)),
        (*_ways(scene, instrument, finding), *dial(numbers), AGAIN, FINISH),
        discreet=True,
    )


def _emergency(scene: Scene, instrument: Instrument, finding: Finding) -> tuple[Text, ...]:
    """The numbers stand first where something cannot wait."""
    if not of_urgency(instrument) or finding.urgency != "immediate":
        return ()
    parts = {question.part for question in finding.urgent}
    kinds = tuple(kind for part, kind in (("health", "medical"), ("suicide", "suicide")) if part in parts)
    return (danger.line(scene.library, scene.session.at, kinds or ("threat",)),)


def _ways(scene: Scene, instrument: Instrument, finding: Finding) -> tuple[Choice, ...]:
    more = (GO_ON,) if left(scene, instrument) else ()
    if not scene.professional:
        reasons = (REASONS,) if any(_collapsed(part) for part in finding.parts) else ()
        return (*more, request(professional=False), rights(professional=False), *reasons, FURTHER)
    rest = (ASK_ALL,) if not more and scene.answer("intro") != ALL else ()
    urgency = () if of_urgency(instrument) else (DANGER,)
    behind = (REASONS, *(coded.way_in(scene) if coding.opens(scene.session) else ()), FURTHER, PAPER)
    kinds = which.way_in(scene, instrument)
    return (*more, *rest, *kinds, request(professional=True), *urgency, *behind, rights(professional=True))


def _collapsed(part: PartFinding) -> bool:
    """Whether the finding shows less of a part than there is to say."""
    return len(part.yes) > REASONS_SHOWN or any(question.doubtful for question in part.yes)


def _take(scene: Scene, reply: Reply, instrument: Instrument) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice.startswith(which.BEFORE):
        return go(reply.choice)
    match reply.choice:
        case "go_on":
            return go("")
        case "ask_all":
            return onward(intro=ALL)
        case "reasons" | "further" | "changes" | "paper":
            return go(reply.choice)
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
