"""The definition, tried out: one act, one means, one purpose, an example of them, and the law's words for each."""

from dialogs.age import TOLD_AGES
from dialogs.choices import CHECK
from dialogs.events import Chose
from dialogs.evidence import cited
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, aside, done, enter, go, switch
from dialogs.learning import Definition, Element, Piece
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

NONE = "none"  # instead of an element: there is none
AGE = (
    say("explainer", "The law looks at three things: what was done, how, and why. You choose, and I show an example."),
    say("explainer", "First: how old is the person in the example?"),
)
ASKED: dict[Piece, Text] = {
    "act": say("explainer", "What was done? Choose an act."),
    "means": say("explainer", "How was it done? Choose a means."),
    "purpose": say("explainer", "Why was it done? Choose a purpose."),
}
NOTHING: dict[Piece, Text] = {
    "act": say("explainer", "No act"),
    "means": say("explainer", "No means"),
    "purpose": say("explainer", "No purpose"),
}
STORY_OF_NONE: dict[Piece, Text] = {
    "act": say("explainer", "Nobody recruits, moves or takes in the person."),
    "means": say("explainer", "Nobody threatens, lies, uses power or weakness, or promises anything."),
    "purpose": say("explainer", "Nobody wants to exploit the person."),
}
LACKING: dict[Piece, Text] = {
    "act": say("explainer", "The act is missing: this article does not describe it. Another law may forbid it."),
    "means": say(
        "explainer", "The means is missing: for an adult, the article asks for one. Another law may forbid it."
    ),
    "purpose": say(
        "explainer",
        "The purpose is missing: this article does not describe it. Helping across a border is another law.",
    ),
}
EXAMPLE = say("explainer", "An invented example:")
WHOLE = say("explainer", "One act, one means, one purpose: this is what the article describes.")
WHOLE_MINOR = say("explainer", "Under 18, an act and a purpose are enough: no means is needed.")
NOBODY = say("explainer", "This says nothing about a real person.")
OTHERWISE = say("explainer", "With this change, the answer is another one.")
AS_BEFORE = say("explainer", "With this change, the answer stays the same.")
CHANGES: dict[str, Choice] = {
    "act": Choice("change_act", say("explainer", "Change the act")),
    "means": Choice("change_means", say("explainer", "Change the means")),
    "purpose": Choice("change_purpose", say("explainer", "Change the purpose")),
    "age": Choice("change_age", say("explainer", "Change the age")),
}
LAW = Choice("law", say("explainer", "Read the law's words"))
EXAMPLE_AGAIN = Choice("example", say("explainer", "Back to the example"))
AGAIN = Choice("again", say("explainer", "Begin anew"))
FINISH = Choice("finish", say("explainer", "Finish"))


def explainer(definition: Definition) -> Flow:
    """The flow over the elements of the article."""
    pieces = (_piece_step(definition, piece) for piece in ASKED)
    return Flow(
        "explainer",
        (
            Step("age", lambda _: Screen(AGE, TOLD_AGES), _take),
            *pieces,
            Step("result", lambda scene: _result(scene, definition), _take_result),
            Step("law", lambda scene: _law(scene, definition), _take_law, aside),
        ),
    )


def _take(_: Scene, reply: Reply) -> Move | None:
    return answer(reply.choice) if isinstance(reply, Chose) else None


def _piece_step(definition: Definition, piece: Piece) -> Step:
    options = tuple(Choice(element.id, element.name) for element in definition.pieces[piece])
    screen = Screen((ASKED[piece],), (*options, Choice(NONE, NOTHING[piece])))
    return Step(piece, lambda _: screen, _take, lambda scene: piece in _looked_at(scene))


def _looked_at(scene: Scene) -> tuple[Piece, ...]:
    """A minor needs no means (225-4-1 II)."""
    return ("act", "purpose") if scene.answer("age") == "minor" else ("act", "means", "purpose")


def _lacking(scene: Scene) -> tuple[Piece, ...]:
    return tuple(piece for piece in _looked_at(scene) if scene.answer(piece) == NONE)


def _chosen(scene: Scene, definition: Definition) -> tuple[Element, ...]:
    found = (definition.element(piece, scene.answer(piece) or "") for piece in _looked_at(scene))
    return tuple(element for element in found if element)


def _story(scene: Scene, definition: Definition, piece: Piece) -> Text:
    element = definition.element(piece, scene.answer(piece) or "")
    return element.story if element else STORY_OF_NONE[piece]


def _outcome(scene: Scene) -> tuple[Text, ...]:
    if lacking := _lacking(scene):
        return tuple(LACKING[piece] for piece in lacking)
    return (WHOLE_MINOR if scene.answer("age") == "minor" else WHOLE,)


def _state(scene: Scene) -> str:
    """The outcome as a word, to see whether a change changes it."""
    return ",".join(_lacking(scene)) or "whole"


def _result(scene: Scene, definition: Definition) -> Screen:
    looked_at = _looked_at(scene)
    before = scene.answer("before")
    changed = () if before is None else (AS_BEFORE if before == _state(scene) else OTHERWISE,)
    stories = tuple(_story(scene, definition, piece) for piece in looked_at)
    changes = tuple(choice for name, choice in CHANGES.items() if name in (*looked_at, "age"))
    text = (EXAMPLE, *stories, *_outcome(scene), *changed, NOBODY)
    return Screen(text, (LAW, *changes, Choice("check", CHECK), AGAIN, FINISH))


def _take_result(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "law":
            return go("law")
        case "check":
            return enter("screening")
        case "again":
            return switch("explainer")
        case "finish":
            return done()
        case change:
            return go(change.removeprefix("change_"), before=_state(scene))


def _law(scene: Scene, definition: Definition) -> Screen:
    quoted = tuple(
        say("explainer", "{name}: « {law} »", name=element.name, law=element.law)
        for element in _chosen(scene, definition)
    )
    minors = (say("explainer", "Under 18: « {law} »", law=definition.minors),)
    source = cited(definition.source, definition.checked_on, definition.status)
    return Screen((*quoted, *(minors if scene.answer("age") == "minor" else ()), source), (EXAMPLE_AGAIN,))


def _take_law(_: Scene, reply: Reply) -> Move | None:
    return go("result") if isinstance(reply, Chose) else None
