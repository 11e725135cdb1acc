"""Reading together in two languages: who is with the person, which language, and the person's own first screen.

Source of the advice: facts §6 safe.order (no friend or relative as an interpreter; accompanied: postpone) and safe.who
(choose and prepare interpreters), which the page on interviews cites.
"""

from dataclasses import replace

from dialogs.bilingual import GIVE_BACK
from dialogs.choices import BY_TELEPHONE, GO_ON, NOT_HERE
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, aside, done, enter, go, keep, onward
from dialogs.numbers import dial, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

COMPANY = (
    Choice("alone", say("bilingual", "Nobody: the person is alone with me")),
    Choice("child", say("bilingual", "A child")),
    Choice("companion", say("bilingual", "A friend, relative or partner who would interpret")),
    Choice("watched", say("bilingual", "Somebody who watches, or speaks for them")),
    Choice("interpreter", say("bilingual", "A professional interpreter")),
)
WHO = (
    say("bilingual", "Is somebody with the person now?"),
    say("bilingual", "A companion may be the one who exploits, or may tell others what is said."),
)
FREELY = say("bilingual", "In front of them, the person cannot speak freely.")
SEEN_ALONE = say("bilingual", "See the person alone first, for an ordinary reason. Do not show why.")
ADVICE: dict[str, tuple[Text, ...]] = {
    "child": (
        say("bilingual", "A child should not interpret, and should not hear these questions."),
        say("bilingual", "Is there a safe place nearby for the child? Ask the person what they prefer."),
        BY_TELEPHONE,
    ),
    "companion": (
        say("bilingual", "Please let no companion interpret: no friend, no relative, no partner."),
        say("bilingual", "They may leave things out or change them. They may be the one who exploits."),
        FREELY,
        SEEN_ALONE,
        BY_TELEPHONE,
        say("bilingual", "If you cannot see the person alone now, postpone."),
    ),
    "watched": (
        say("bilingual", "Please do not begin now."),
        FREELY,
        say("bilingual", "Do not question the companion, and do not show what you suspect."),
        SEEN_ALONE,
        say("bilingual", "If you cannot see the person alone now, postpone."),
    ),
    "interpreter": (
        say("bilingual", "Ask the interpreter first: do they know the person, or people around them?"),
        say("bilingual", "If so, take another one. Agree that all of it stays private."),
        say("bilingual", "Speak to the person, not to the interpreter. The screen shows both of you the same."),
    ),
}
IN_DANGER = say("bilingual", "Is there danger now? Call:")
NEEDS = {"child": ("minor",), "companion": ("threat", "silent"), "watched": ("threat", "silent"), "interpreter": ()}
ALONE_NOW = Choice("alone", say("bilingual", "The person is alone with me now: go on"))
OUT_OF_HEARING = Choice("onward", say("bilingual", "The child does not hear us: go on"))
ONWARD = Choice("onward", say("bilingual", "Go on"), intent="affirm")
POSTPONE = Choice("postpone", say("bilingual", "Postpone"))
WAYS_ON = {
    "child": (OUT_OF_HEARING, POSTPONE),
    "companion": (ALONE_NOW, POSTPONE),
    "watched": (ALONE_NOW, POSTPONE),
    "interpreter": (ONWARD,),
}
POSTPONED = (
    say("bilingual", "End as you end any ordinary meeting. Do not show why, and do not show this screen."),
    say("bilingual", "Agree on another time, for an ordinary reason. The person should be able to come alone."),
    say("bilingual", "Leave nothing in writing about this, on paper or on a telephone."),
)
FINISH = Choice("finish", say("bilingual", "Finish"))
WHICH = (
    say("bilingual", "Which language does the person read? Tap it, or write its name."),
    say("bilingual", "Somebody who does not read needs a professional interpreter."),
)
NO_SCREENS = say("bilingual", "There are no screens in that language yet. Is there another one that the person reads?")
SAME = say("bilingual", "You read this language already. Is there another one that the person reads?")
HELLO = (
    say("bilingual", "Here a program shows every sentence twice: for you, and for the professional beside you."),
    say("bilingual", "You can skip any question, and stop at any time. You need not say why."),
    say("bilingual", "The translation can have mistakes. If something is strange, please say so."),
)
UNDERSTOOD = Choice("understood", say("bilingual", "I understand"), intent="affirm")
WRONG = Choice("wrong", say("bilingual", "This is not my language"))
UNWANTED = Choice("unwanted", say("bilingual", "I do not want this"), intent="deny")
ENDED = say("bilingual", "The screens are in one language again.")
CHANGE = Choice("change", say("bilingual", "Another language for the person"))
END = Choice("end", say("bilingual", "One language only"))


def _advised(scene: Scene) -> str:
    return scene.answer("company") or "companion"


def _show_advice(scene: Scene) -> Screen:
    company = _advised(scene)
    numbers = scene.library.helplines_for(scene.session.at, *NEEDS[company])
    danger = (IN_DANGER, *lines(numbers)) if numbers else ()
    return Screen((*ADVICE[company], *danger), (*WAYS_ON[company], *dial(numbers)), alone=True)


def _take_company(_: Scene, reply: Reply) -> Move | None:
    return answer(reply.choice) if isinstance(reply, Chose) else None


def _take_advice(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "postpone":
            return go("postpone")
        case "alone":
            return onward(company="alone")
        case _:
            return answer("onward")


def _show_postpone(scene: Scene) -> Screen:
    numbers = scene.library.helplines_for(scene.session.at, "threat", "silent")
    return Screen((*POSTPONED, IN_DANGER, *lines(numbers)), (FINISH, *dial(numbers)), alone=True)


def _take_postpone(_: Scene, reply: Reply) -> Move | None:
    return done() if isinstance(reply, Chose) else None


def _show_language(scene: Scene) -> Screen:
    others = (pair for pair in scene.library.languages.items() if pair[0] != scene.session.language)
    names = (Choice(code, say("name", "{name}", name=name)) for code, name in others)
    return Screen(WHICH, (*names, NOT_HERE), alone=True)


def _take_language(scene: Scene, reply: Reply) -> Move | None:
    if isinstance(reply, Chose):
        return enter("unspoken") if reply.choice == NOT_HERE.id else _together(reply.choice)
    named = [entity.value for entity in reply.understanding.entities if entity.kind == "language"]
    code = named[0] if named else reply.text.strip().casefold()
    if code == scene.session.language:
        return keep(code, Screen((SAME,)))
    if code in scene.library.languages:
        return _together(code)
    return keep(code, Screen((NO_SCREENS,))) if named else None


def _together(language: str) -> Move:
    return replace(go("hello", language=language), beside=language)


def _take_hello(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "wrong":
            return go("language")
        case "unwanted":
            return _apart(scene)
        case _:
            return done()


def _apart(scene: Scene) -> Move:
    """One language again, the professional's: a person who holds the device is asked for it."""
    asked = (Screen((GIVE_BACK,), language=scene.session.beside),) if scene.session.turned else ()
    return replace(done("", *asked, Screen((ENDED,))), beside="")


def _show_settings(scene: Scene) -> Screen:
    names = (scene.library.languages.get(code or "", "") for code in (scene.session.language, scene.session.beside))
    read = tuple(name for name in names if name)
    return Screen((say("bilingual", "The screens are in: {languages}", languages=read),), (GO_ON, CHANGE, END))


def _take_settings(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return {"change": go("language"), "end": _apart(scene)}.get(reply.choice, done())


FLOW = Flow(
    "bilingual",
    (
        Step("company", lambda _: Screen(WHO, COMPANY, alone=True), _take_company),
        Step("advice", _show_advice, _take_advice, lambda scene: scene.answer("company") in ADVICE),
        Step("language", _show_language, _take_language, expects=frozenset(("change_language",))),
        Step("hello", lambda _: Screen(HELLO, (UNDERSTOOD, WRONG, UNWANTED)), _take_hello),
        Step("postpone", _show_postpone, _take_postpone, aside),
        Step("settings", _show_settings, _take_settings, aside),
    ),
)
