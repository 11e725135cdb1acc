"""The situation check: questions on act, means and purpose (Code pénal 225-4-1), then a finding that gives its reasons."""

from dialogs.age import AGES, age_told
from dialogs.asking import NO, SKIP, UNKNOWN, YES, for_each
from dialogs.choices import CHECK, request, rights
from dialogs.events import Chose
from dialogs.finding import Finding, find
from dialogs.finding_words import outcome_told, part_told, provenance
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, done, enter, switch
from dialogs.instrument import Instrument, Minor, Question, questions_for
from dialogs.library import Library
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

START = Choice("start", say("screening", "Begin"), intent="affirm")
INTRO = (
    say("screening", "I ask some questions, one by one. You can skip any of them, or stop."),
    say("screening", "The answers show what a trained person should look at. They decide nothing about anybody."),
    say("screening", "Answer for now, for before, and for what somebody plans."),
    say("screening", "Only answer if nobody who frightens you can see this screen."),
)
INTRO_LAW = (
    say("screening", "The questions follow article 225-4-1 of the Code pénal: an act, a means, a purpose."),
    say("screening", "The result names the elements with signs and the answers behind them. It is not a verdict."),
)
AGE = for_each(say("screening", "How old are you?"), say("screening", "How old is the person?"))
WHO = say(
    "screening",
    "In practice, police and gendarmes identify victims formally. Labour inspectors can record the offence. Associations can advise you first.",
)
OTHER_LAW = say(
    "screening", "Work without pay, under threat or in bad conditions is forbidden too, even without the other parts."
)
NO_MEANS = say("screening", "Under 18, no means is needed: the law protects children more.")
AGE_OPEN = say("screening", "The age is not known. Under 18, no means would be needed.")
AGAIN = Choice("again", say("screening", "Do the check again"))
TO_MENU = Choice("finish", say("screening", "Finish: delete these answers"))
CHILD = say("screening", "Under 18, people who protect children can help, day and night:")


def _show_intro(scene: Scene) -> Screen:
    return Screen(INTRO_LAW if scene.professional else INTRO, (START,))


def _take_intro(_: Scene, reply: Reply) -> Move | None:
    return answer("yes") if isinstance(reply, Chose) else None


def _take_age(scene: Scene, reply: Reply) -> Move | None:
    told = age_told(reply)
    numbers = scene.library.helplines_for(scene.session.at, "minor")
    note = (Screen((CHILD, *lines(numbers))),) if told == "minor" else ()
    return answer(told, *note) if told else None


def _progress(scene: Scene, question: Question, instrument: Instrument) -> Text:
    asked = questions_for(instrument, _minor(scene))
    place = asked.index(question) + 1 if question in asked else 1
    return say("screening", "Question {place} of {count}", place=place, count=len(asked))


def _question(question: Question, instrument: Instrument) -> Step:
    def show(scene: Scene) -> Screen:
        plain = scene.session.audience == "person" and question.plain
        text = plain or question.professional
        law = (say("screening", "({law})", law=question.source),) if scene.professional else ()
        return Screen((_progress(scene, question, instrument), text, *law), (YES, NO, UNKNOWN, SKIP), discreet=True)

    def take(_: Scene, reply: Reply) -> Move | None:
        return answer(reply.choice) if isinstance(reply, Chose) else None

    def asked(scene: Scene) -> bool:
        return question in questions_for(instrument, _minor(scene))

    return Step(question.id, show, take, asked)


def _minor(scene: Scene) -> Minor:
    age = scene.answer("age")
    return "yes" if age == "minor" else "no" if age == "adult" else "unknown"


def _age_line(finding: Finding) -> tuple[Text, ...]:
    return {"yes": (NO_MEANS,), "unknown": (AGE_OPEN,), "no": ()}[finding.minor]


def _finding(scene: Scene, instrument: Instrument) -> Screen:
    finding = find(instrument, dict(scene.frame.answers), _minor(scene))
    text = tuple(line for part in finding.parts for line in part_told(instrument, part))
    exploited = any(e.part.id == "purpose" and e.yes for e in finding.parts)
    other = (OTHER_LAW,) if exploited and finding.outcome != "signs" else ()
    numbers = scene.library.helplines_for(scene.session.at, "minor" if finding.minor == "yes" else "rights")
    onward = (request(professional=scene.professional), rights(professional=scene.professional))
    return Screen(
        (
            *outcome_told(instrument, finding),
            *text,
            *_age_line(finding),
            *other,
            WHO,
            provenance(instrument),
            *lines(numbers),
        ),
        (*onward, *dial(numbers), AGAIN, TO_MENU),
        discreet=True,
    )


def _take_finding(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "rights":
            return enter("information", "page/rights")
        case "again":
            return switch("screening")
        case "finish":
            return done()
        case _:
            age = scene.answer("age")
            return enter("referral", age=age) if age else enter("referral")


def screening(library: Library) -> Flow:
    """The flow of the situation check, one step for each question of the instrument."""
    instrument = library.instruments["situation"]
    return Flow(
        "screening",
        (
            Step("intro", _show_intro, _take_intro),
            Step(
                "age",
                lambda scene: Screen(AGE(scene), AGES, discreet=True),
                _take_age,
                expects=frozenset(("minor",)),
            ),
            *(_question(question, instrument) for question in instrument.questions),
            Step("finding", lambda scene: _finding(scene, instrument), _take_finding),
        ),
        {"start_screening": ""},
        CHECK,
        resumable=True,
    )
