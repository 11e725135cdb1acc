"""Before the first question: what the questions are worth, and the age."""

from dialogs.age import AGES, age_taken, age_told
from dialogs.asking import for_each
from dialogs.choices import BEGIN, FOR_ANOTHER, TOGETHER
from dialogs.events import Chose
from dialogs.finding_words import before_use
from dialogs.flow import Move, Reply, Scene, Step, again, answer, enter
from dialogs.flows.screening.subject import ALL
from dialogs.instrument import Instrument
from dialogs.numbers import CHILD, answered, led, lines
from dialogs.screen import Choice, Screen
from dialogs.text import say

START_ALL = Choice(ALL, say("screening", "Begin, and ask every question"))
INTRO = (
    say("screening", "Can somebody who frightens you see this screen? Then do this later."),
    say("screening", "I ask short questions, one by one. You can skip each one, pause or stop."),
    say("screening", "At the end you read what your answers point to, and who can help."),
    say("screening", "They decide nothing about you. Nobody has measured how often they are right."),
    say("screening", "Answer for now, for before, and for what somebody plans."),
)
WORTH = Choice("worth", say("screening", "What are these questions worth?"))
WORDS_OF_WORTH = (
    say("screening", "The questions follow a French law on trafficking. They are for everybody, of any age."),
    say("screening", "They were not tested in a study. They do not replace a talk with a trained person."),
)
HOW_ASKED = say("screening", "Only what can still change the finding is asked. You can also ask every question.")
AGE = for_each(say("screening", "How old are you?"), say("screening", "How old is the person?"))


def intro_step(instrument: Instrument) -> Step:
    """For whom the questions are, how far they were validated, what they cannot say, and where they come from."""

    def show(scene: Scene) -> Screen:
        if not scene.professional:
            another = () if scene.session.audience == "person" else (FOR_ANOTHER,)
            limits = (instrument.plain_limits,) if instrument.plain_limits else ()
            return Screen((*INTRO, *limits, *another), (BEGIN, WORTH))
        two = (TOGETHER,) if scene.session.beside is None else ()
        return Screen((instrument.title, *before_use(instrument), HOW_ASKED), (BEGIN, START_ALL, *two))

    return Step("intro", show, _take_intro)


def _take_intro(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == TOGETHER.id:
        return enter("bilingual")
    return again(*WORDS_OF_WORTH) if reply.choice == WORTH.id else answer(reply.choice)


def _take_age(scene: Scene, reply: Reply) -> Move | None:
    told = age_told(reply)
    return age_taken(scene, told, *((_protected(scene),) if told == "minor" else ())) if told else None


def _protected(scene: Scene) -> Screen:
    """Who protects children; where their number is not shown, the emergency numbers."""
    numbers = scene.library.helplines_for(scene.session.at, "minor") if answered(scene, "minor") else ()
    return Screen((*led(scene, "minor", CHILD), *lines(numbers)))


AGE_STEP = Step("age", lambda scene: Screen(AGE(scene), AGES, discreet=True), _take_age, expects=frozenset(("minor",)))
