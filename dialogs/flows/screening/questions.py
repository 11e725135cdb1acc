"""One step for each question of an instrument, and the pause between them."""

from dialogs.asking import ANSWERS
from dialogs.choices import FINISH, HOW_TO_ASK, WHY
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, again, answer, aside, done, go
from dialogs.flows.screening.subject import is_asked, left
from dialogs.instrument import Instrument, Question
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

PAUSE = Choice("pause", say("screening", "Pause or stop"), intent="pause")
GO_ON = Choice("go_on", say("screening", "Go on with the questions"), intent="affirm")
SO_FAR = Choice("so_far", say("screening", "See what was learnt so far"))
PAUSED = (
    say("screening", "Take the time you need. Your answers stay here for 30 minutes."),
    say("screening", "You can also stop now and see what was learnt so far."),
)
LAST = say("screening", "This is the last question.")
DOUBTFUL = say("screening", "This row may be weaker in the original than in the copy that was read.")


def question_step(question: Question, instrument: Instrument) -> Step:
    """The step that asks one question of an instrument."""

    def show(scene: Scene) -> Screen:
        text = (_progress(scene, instrument), asked(scene, question), *_source(scene, question))
        return Screen(text, (*ANSWERS, *_helps(scene, question, instrument), PAUSE), discreet=True)

    def take(_: Scene, reply: Reply) -> Move | None:
        return _taken(reply, question, instrument)

    return Step(question.id, show, take, lambda scene: is_asked(scene, instrument, question))


def asked(scene: Scene, question: Question) -> Text:
    """The question in the words of who reads it."""
    return question.professional if scene.professional else question.plain or question.professional


def _taken(reply: Reply, question: Question, instrument: Instrument) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "why":
            return again(question.why) if question.why else None
        case "how":
            guidance = instrument.guidance(question)
            return again(guidance, alone=True) if guidance else None
        case "pause":
            return go("pause")
        case _:
            return answer(reply.choice)


def _progress(scene: Scene, instrument: Instrument) -> Text:
    before = [q for q in instrument.questions if scene.answer(q.id) is not None and q.id != scene.frame.step]
    after = left(scene, instrument) - (scene.answer(scene.frame.step) is None)
    if after <= 0:
        return LAST
    return say("screening", "Question {place}. At most {count} more.", place=len(before) + 1, count=after)


def _source(scene: Scene, question: Question) -> tuple[Text, ...]:
    if not scene.professional:
        return ()
    words = say("screening", "(The source words this in English: “{words}”)", words=question.source_words)
    law = say("screening", "({law})", law=question.source)
    return (words if question.source_words else law, *((DOUBTFUL,) if question.doubtful else ()))


def _helps(scene: Scene, question: Question, instrument: Instrument) -> tuple[Choice, ...]:
    if scene.professional:
        why = (WHY,) if scene.session.beside is not None and question.why else ()
        return (*why, HOW_TO_ASK) if instrument.guidance(question) else why
    return (WHY,) if question.why else ()


def _take_pause(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return {"go_on": go(""), "so_far": go("finding"), "finish": done()}[reply.choice]


PAUSE_STEP = Step("pause", lambda _: Screen(PAUSED, (GO_ON, SO_FAR, FINISH)), _take_pause, aside)
