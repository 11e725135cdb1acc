"""Before the first question: what the questions are worth, and the age."""

from dialogs.age import AGES, age_told
from dialogs.asking import for_each
from dialogs.choices import BEGIN, TOGETHER
from dialogs.events import Chose
from dialogs.finding_words import before_use
from dialogs.flow import Move, Reply, Scene, Step, answer, enter
from dialogs.flows.screening.subject import ALL
from dialogs.instrument import Instrument
from dialogs.numbers import lines
from dialogs.screen import Choice, Screen
from dialogs.text import say

START_ALL = Choice(ALL, say("screening", "Begin, and ask every question"))
INTRO = (
    say("screening", "I ask some questions, one by one. You can skip any of them, or stop."),
    say("screening", "The answers show what a trained person should look at. They decide nothing about anybody."),
    say("screening", "The questions follow a French law on trafficking. They are for everybody, of any age."),
    say("screening", "Nobody has measured how often they are right. They do not replace a talk with a trained person."),
    say("screening", "Answer for now, for before, and for what somebody plans."),
    say("screening", "Only answer if nobody who frightens you can see this screen."),
)
HOW_ASKED = say("screening", "Only what can still change the finding is asked. You can also ask every question.")
AGE = for_each(say("screening", "How old are you?"), say("screening", "How old is the person?"))
CHILD = say("screening", "Under 18, people who protect children can help, day and night:")


def intro_step(instrument: Instrument) -> Step:
    """For whom the questions are, how far they were validated, what they cannot say, and where they come from."""

    def show(scene: Scene) -> Screen:
        if not scene.professional:
            return Screen(INTRO, (BEGIN,))
        two = (TOGETHER,) if scene.session.beside is None else ()
        return Screen((instrument.title, *before_use(instrument), HOW_ASKED), (BEGIN, START_ALL, *two))

    return Step("intro", show, _take_intro)


def _take_intro(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return enter("bilingual") if reply.choice == TOGETHER.id else answer(reply.choice)


def _take_age(scene: Scene, reply: Reply) -> Move | None:
    told = age_told(reply)
    numbers = scene.library.helplines_for(scene.session.at, "minor")
    note = (Screen((CHILD, *lines(numbers))),) if told == "minor" else ()
    return answer(told, *note) if told else None


AGE_STEP = Step("age", lambda scene: Screen(AGE(scene), AGES, discreet=True), _take_age, expects=frozenset(("minor",)))
