"""An offer of work or of a journey, looked at before one goes: warnings with reasons, safe steps, never "this is safe"."""

from dialogs.asking import ANSWERS, SKIP, one_of, words
from dialogs.choices import ASK_FOR_HELP, BEGIN, CHECK, FINISH, FOR_ANOTHER, OFFER, WHY
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, again, answer, aside, done, enter, go, switch
from dialogs.helpline import Helpline
from dialogs.learning import OfferCheck, OfferQuestion
from dialogs.numbers import dial, fitting, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

INTRO = (
    say("job_offer", "Did somebody offer you work, or a journey? I ask some questions before you decide."),
    say("job_offer", "You can skip any of them. At the end you read what warns, and what you can do."),
    say("job_offer", "No answer here can show that an offer is safe."),
)
ENOUGH = Choice("enough", say("job_offer", "Stop here: see the warnings"))
WARNINGS = say("job_offer", "This warns, in your answers:")
NO_WARNING = say("job_offer", "I see no warning in your answers. That does not mean that the offer is safe.")
NEVER_SAFE = say("job_offer", "Where nothing else warns, there may still be a danger. I cannot know that.")
UNSAID = say("job_offer", "I know too little to warn. That does not mean that the offer is safe.")
FIND_OUT = say("job_offer", "Find this out before you decide:")
DO = say("job_offer", "What you can do:")
ALREADY = say("job_offer", "Have you already left, or begun? Then look at the situation, or ask for help.")
WHERE = say("job_offer", "Are you in France now?")
PLACES = (
    Choice("france", say("job_offer", "Yes, in France")),
    Choice("europe", say("job_offer", "No, in another country of the European Union")),
    Choice("elsewhere", say("job_offer", "No, in another country of the world")),
    SKIP,
)
NEEDS = {"france": ("rights",), "europe": ("abroad",)}  # what fits where one is; 112 is of the European Union only
ELSEWHERE = say("job_offer", "In danger, call the emergency number of the country where you are.")
LOOK_UP = Choice("look_up", say("job_offer", "Check the company or the visa"))
BACK_TO_IT = Choice("result", say("job_offer", "Back to the warnings"))
LOOKED_UP = say("job_offer", "How to check, and who can tell:")
AGAIN = Choice("again", say("job_offer", "Look at another offer"))


def job_offer(check: OfferCheck) -> Flow:
    """The flow of the check, one step for each question."""
    return Flow(
        "job_offer",
        (
            Step("intro", _show_intro, lambda _, reply: answer("yes") if isinstance(reply, Chose) else None),
            one_of("where", words(WHERE), PLACES),
            *(_question(question, check) for question in check.questions),
            Step("result", lambda scene: _result(scene, check), _take_result),
            Step(
                "look_up",
                lambda _: Screen((LOOKED_UP, *_listed(check.look_up)), (BACK_TO_IT,)),
                lambda _, reply: go("result") if isinstance(reply, Chose) else None,
                aside,
            ),
        ),
        {"check_job_offer": ""},
        OFFER,
        resumable=True,
    )


def _show_intro(scene: Scene) -> Screen:
    another = () if scene.session.audience == "person" else (FOR_ANOTHER,)
    return Screen((*INTRO, *another), (BEGIN,))


def _question(question: OfferQuestion, check: OfferCheck) -> Step:
    number, count = check.questions.index(question) + 1, len(check.questions)
    place = say("job_offer", "Question {place} of {count}", place=number, count=count)

    def take(_: Scene, reply: Reply) -> Move | None:
        if not isinstance(reply, Chose):
            return None
        ways = {"why": again(question.why), "enough": go("result")}
        return ways.get(reply.choice) or answer(reply.choice)

    screen = Screen((place, question.text), (*ANSWERS, WHY, ENOUGH), discreet=True)
    return Step(question.id, lambda _: screen, take)


def _listed(texts: tuple[Text, ...]) -> tuple[Text, ...]:
    return tuple(say("job_offer", "– {line}", line=text) for text in texts)


def _told(scene: Scene, check: OfferCheck) -> tuple[Text, ...]:
    """The warnings with their reasons; without any, that this shows nothing."""
    warned = tuple(q for q in check.questions if scene.answer(q.id) == q.warns)
    if not warned:
        answered = any(scene.answer(q.id) in ("yes", "no") for q in check.questions)
        return (NO_WARNING if answered else UNSAID,)
    told = tuple(say("job_offer", "– {warning} {why}", warning=q.warning, why=q.why) for q in warned)
    return (WARNINGS, *told, NEVER_SAFE)


def _result(scene: Scene, check: OfferCheck) -> Screen:
    unknown = tuple(q.ask for q in check.questions if scene.answer(q.id) in ("unknown", "skipped", None))
    find_out = (FIND_OUT, *_listed(unknown)) if unknown else ()
    numbers = _numbers(scene)
    local = (ELSEWHERE,) if scene.answer("where") == "elsewhere" else ()
    text = (*_told(scene, check), *find_out, DO, *_listed(check.steps), ALREADY, *local, *lines(numbers))
    return Screen(
        text,
        (LOOK_UP, Choice("check", CHECK), Choice("help_me", ASK_FOR_HELP), *dial(numbers), AGAIN, FINISH),
        discreet=True,
    )


def _numbers(scene: Scene) -> tuple[Helpline, ...]:
    """What fits where somebody is: outside the European Union only what can be called from there."""
    where = scene.answer("where") or ""
    found = fitting(scene, *NEEDS.get(where, ("rights", "abroad")))
    return tuple(h for h in found if h.number.startswith("+")) if where == "elsewhere" else found


def _take_result(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    if reply.choice == LOOK_UP.id:
        return go("look_up")
    ways = {"check": enter("screening"), "help_me": enter("referral"), "again": switch("job_offer"), "finish": done()}
    return ways[reply.choice]
