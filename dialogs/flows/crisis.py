"""Danger: a kind word and the numbers that fit, at once, from everywhere. Source of the order: facts §6 safe.crisis."""

from dialogs.choices import GO_ON, HUMAN
from dialogs.danger import NEEDS, short
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, aside, done, enter, go, switch
from dialogs.helpline import Helpline
from dialogs.numbers import answered, dial, fitting, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say
from dialogs.whom import kind_word

FIRST = say("crisis", "Is there danger now? These numbers are free, day and night.")
WORDS: dict[str, tuple[Text, ...]] = {
    "threat": (
        say("crisis", "If you or somebody is in danger now, call the police or the emergency number."),
        say("crisis", "You cannot speak? Write a text message to the number for it."),
    ),
    "medical": (say("crisis", "Somebody is hurt or very ill: call the emergency doctors now."),),
    "suicide": (say("crisis", "What you write sounds very hard. You deserve help now."),),
    "minor": (say("crisis", "Children and young people under 18 have a special right to protection."),),
}
ANSWERED: dict[str, tuple[Text, ...]] = {  # said where a number of theirs is shown; else that there are others
    "suicide": (say("crisis", "You can talk to somebody at once, without giving your name."),),
    "minor": (say("crisis", "People who protect children answer day and night, free of charge."),),
}
FRENCH_ONLY = "suicide_3114"
FIRST_FEW = 4  # numbers to tap; the others stand in a line, and behind a choice with what they are for
MORE = Choice("more", say("crisis", "More numbers"))
ALL = say("crisis", "All the numbers, and what they are for:")
ELSEWHERE = say(
    "crisis", "These numbers are for France. Elsewhere, call the emergency number of the country where you are."
)
ERASE = Choice("erase", say("crisis", "Erase this conversation"))
YOURS = say("crisis", "It is you who decides. Nobody is told anything by this program.")


def _kinds(scene: Scene) -> tuple[str, ...]:
    return scene.chosen("kinds")


def _helplines(scene: Scene) -> tuple[Helpline, ...]:
    needs = [need for kind in _kinds(scene) or ("",) for need in NEEDS[kind]]
    first = fitting(scene, *needs)
    return (*first, *(h for h in scene.library.helplines.values() if h.permanent and h not in first))


def _spoken(scene: Scene) -> tuple[Text, ...]:
    kinds = _kinds(scene)
    if not kinds:
        return (FIRST,)
    kind = () if scene.professional or "suicide" in kinds else (kind_word(scene),)
    return (*kind, *dict.fromkeys(text for each in kinds for text in (*WORDS[each], *_promised(scene, each))))


def _promised(scene: Scene, kind: str) -> tuple[Text, ...]:
    """Who answers, where their number is shown; else what holds of the emergency numbers."""
    said = ANSWERED.get(kind, ())
    if said and not answered(scene, kind):
        return (FIRST,)
    return (*said, *(_in_french(scene) if kind == "suicide" else ()))


def _in_french(scene: Scene) -> tuple[Text, ...]:
    """Which number speaks French only, by its name: others may stand before it."""
    french = (h for h in scene.library.helplines_for(scene.session.at, "suicide") if h.id == FRENCH_ONLY)
    return tuple(
        say("crisis", "{number} speaks French only. In another language, call an emergency number.", number=short(h))
        for h in french
    )


def _abroad(scene: Scene) -> bool:
    """Whether somebody said in the check of an offer that they are outside the European Union."""
    return any(frame.answer("where") == "elsewhere" for frame in scene.session.stack)


def _show(scene: Scene) -> Screen:
    numbers = _helplines(scene)
    first, others = numbers[:FIRST_FEW], numbers[FIRST_FEW:]
    also = tuple(map(short, others))
    more = (say("crisis", "Also: {numbers}.", numbers=also),) if also else ()
    abroad = (ELSEWHERE,) if _abroad(scene) else ()
    yours = () if scene.professional else (YOURS,)
    return Screen((*abroad, *_spoken(scene), *more, *yours), (*dial(first), MORE, GO_ON, HUMAN, ERASE))


def _show_all(scene: Scene) -> Screen:
    numbers = _helplines(scene)
    return Screen((ALL, *lines(numbers)), (*dial(numbers), GO_ON, HUMAN))


def _take(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "human":
            return enter("human")
        case "erase":
            return enter("privacy", "erase")
        case "more":
            return go("all")
        case _:
            return _onward(scene)


def _onward(scene: Scene) -> Move:
    """Back to where the person was; who wrote of danger before anything else is asked what they want."""
    asked = scene.session.stack[-2:-1] and scene.session.stack[-2].flow == "welcome"
    return switch("told") if asked and scene.session.told else done()


FLOW = Flow("crisis", (Step("numbers", _show, _take), Step("all", _show_all, _take, aside)))
