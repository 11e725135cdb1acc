"""The conditions of the scheme, asked before a place is: and what fits instead where one is missing.

Source: facts §3 (adult; presumed victim; in danger locally or very vulnerable; wants distance; informed and agreeing;
the immediate emergency handled locally; not an emergency service) and the network's own page of October 2020.
"""

from collections.abc import Callable

from dialogs.age import age_of, known_age
from dialogs.asking import NO, UNKNOWN, YES, for_each, one_of, words
from dialogs.choices import HUMAN, rights
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, answer, enter, go, onward
from dialogs.numbers import dial, led, lines
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

TOGETHER = (
    Choice("together", say("referral", "The person is with me and wants this")),
    Choice("absent", say("referral", "The person is not here, or does not know")),
)
YES_NO = (YES, NO, UNKNOWN)
SCHEME = (
    say(
        "referral",
        "The network looks for a safe place far away, for adults. People there help with rights, papers and health.",
    ),
    say("referral", "Living there has rules that protect everybody. One agrees to them freely, and can leave."),
)
NOT_AN_EMERGENCY = say(
    "referral", "The network is not an emergency service. It looks for a place in days, not in hours."
)


UNMET = {
    "together": ("absent",),
    "emergency": ("no", "unknown"),  # who is not sure to be safe sees the numbers first
    "danger": ("no",),
    "distance": ("no",),
    "informed": ("no",),
}
CONDITIONS = tuple(UNMET)
PLACES = ("danger", "distance", "informed")  # conditions of a place far away


def missing(scene: Scene) -> str | None:
    """The first condition that is not met, by its step; None when none is known to be missing."""
    return next((step for step, values in UNMET.items() if scene.answer(step) in values), None)


def ready(scene: Scene) -> bool:
    """Whether the conditions allow to go on to the request."""
    return missing(scene) is None


def advice_only(scene: Scene) -> bool:
    """Whether a request goes on for advice nearby, without a place."""
    return any(scene.answer(step) == "advice" for step in PLACES)


def unsafe(scene: Scene) -> bool:
    """Whether the request goes on although the person is not safe now."""
    return scene.answer("emergency") == "unsafe"


def asked(step: str) -> Callable[[Scene], bool]:
    """Whether a condition is asked: until an earlier one is missing, and those of a place only for a place."""
    place = CONDITIONS.index(step)

    def when(scene: Scene) -> bool:
        if step in PLACES and not _for_a_place(scene, step):
            return False
        unmet = missing(scene)
        return unmet is None or CONDITIONS.index(unmet) >= place

    return when


def _for_a_place(scene: Scene, step: str) -> bool:
    """Not for a minor, nor after a place was given up; who is not safe has already told of the danger."""
    given_up = any(scene.answer(earlier) == "advice" for earlier in PLACES[: PLACES.index(step)])
    return known_age(scene) != "minor" and not given_up and not (step == "danger" and unsafe(scene))


def ready_adult(scene: Scene) -> bool:
    """The same, for somebody who is not known to be a minor."""
    return ready(scene) and known_age(scene) != "minor"


def of_professional(scene: Scene) -> bool:
    """Whether the request is made by a professional and may go on."""
    return scene.professional and ready(scene)


def _about_another(scene: Scene) -> bool:
    return scene.session.audience != "person"


def _age_reached(scene: Scene) -> bool:
    """About somebody else the age comes first: a child is protected, present or not. Oneself, safety comes first."""
    return _about_another(scene) or scene.answer("emergency") not in (None, *UNMET["emergency"])


def _age_asked(scene: Scene) -> bool:
    return _age_reached(scene) and (scene.answer("age") is not None or known_age(scene) is None)


EMERGENCY = for_each(
    say("referral", "Are you safe right now?"),
    say("referral", "Is the immediate emergency handled: is the person safe right now?"),
)
AGE = for_each(
    say("referral", "How old are you? The help is not the same for children."),
    say("referral", "How old is the person? The help is not the same for children."),
)
DANGER = for_each(
    say("referral", "Are you in danger where you live, or in great difficulty?"),
    say("referral", "Is the person in danger where they are, or very vulnerable?"),
)
DISTANCE = for_each(
    say("referral", "Do you want to go and live far away from here?"),
    say("referral", "Does the person want to live far away from here?"),
)


def _informed(scene: Scene) -> tuple[Text, ...]:
    mine = say("referral", "Is this something that you want?")
    theirs = say("referral", "Does the person know the scheme, and agree to it fully? You can read them these lines.")
    return (*SCHEME, NOT_AN_EMERGENCY, mine if scene.session.audience == "person" else theirs)


CCEM = say(
    "referral", "For work without pay or work in a house: the association CCEM (Comité contre l'esclavage moderne)."
)
INSTEAD: dict[str, tuple[Text, ...]] = {
    "together": (
        say("referral", "A request is made together with the person: it is their decision."),
        say("referral", "Meet them alone, in a safe place, with an interpreter who is not a friend or a relative."),
        say("referral", "Say what exists, leave the choice to them, and come back here together."),
        say("referral", "Do not confront anybody. Do not collect proof. It could put the person in danger."),
    ),
    "emergency": (
        say("referral", "Safety comes first. Call now: the network cannot come tonight."),
        say("referral", "For a roof tonight, the emergency housing service of the département (SIAO) can help."),
    ),
    "danger": (
        say("referral", "The network's places are for danger or great difficulty. Other help fits here:"),
        say(
            "referral", "a support association near you, and for a roof the housing service of the département (SIAO)."
        ),
        CCEM,
    ),
    "distance": (
        say("referral", "The network's places are far away. Help nearby fits better:"),
        say("referral", "a support association of your département, the housing service (SIAO), a social worker."),
        CCEM,
    ),
    "informed": (
        say("referral", "Nobody has to accept this. Rights and help stay the same."),
        say("referral", "One can read about the rights, talk to somebody, and come back on another day."),
    ),
}
PROSECUTOR = say(
    "referral", "Inform the département's unit for worrying information (CRIP), or the prosecutor when it is urgent."
)
ABSENT_CHILD = say("referral", "Under 18, child protection comes first, whether the person is here or not.")
NUMBERS = {
    "emergency": ("threat", "silent", "medical", "roof"),
    "together": ("rights",),
    "danger": ("rights", "roof"),
    "distance": ("rights", "roof"),
}
CHANGE = Choice("change", say("referral", "My answer was another one"), intent="reconsider")
SAFE_NOW = Choice("go_on", say("referral", "It is handled now: go on"))
NOT_SURE = Choice("unsure", say("referral", "Go on with the request"))
UNSAFE = Choice("unsafe", say("referral", "I am not safe, but I want to send the request"))
UNSAFE_THERE = Choice("unsafe", say("referral", "The person is not safe, but wants to send the request"))
ADVICE = Choice("advice", say("referral", "Ask the coordination for advice, without a place"))
ADVISED = say("referral", "A person of the coordination can also advise you. You can ask for it without a place.")


def _young(scene: Scene) -> bool:
    return known_age(scene) in ("minor", "unknown")


def _show_instead(scene: Scene) -> Screen:
    what = missing(scene) or "informed"
    child = _young(scene) if what == "together" else what == "emergency" and known_age(scene) != "adult"
    numbers = scene.library.helplines_for(
        scene.session.at, *(("minor",) if child else ()), *NUMBERS.get(what, ("rights",))
    )
    words = INSTEAD[what]
    if child and what == "together":
        words = (ABSENT_CHILD, *((PROSECUTOR,) if scene.professional else ()), *words[1:])
    advised = (ADVISED,) if what in PLACES else ()
    elsewhere = (rights(professional=scene.professional), HUMAN)
    ways = (*dial(numbers), *_onward(scene, what), *elsewhere)
    return Screen((*words, *lines(numbers), *advised), ways, alone=what == "together")


def _onward(scene: Scene, what: str) -> tuple[Choice, ...]:
    """How to go on truthfully: nobody has to change an answer to reach a person."""
    if what in PLACES:
        return (ADVICE, CHANGE)
    if what != "emergency":
        return (CHANGE,)
    if scene.answer("emergency") == "unknown":
        return (NOT_SURE,)
    return (UNSAFE if scene.session.audience == "person" else UNSAFE_THERE, SAFE_NOW)


AFTER = {"go_on": "handled", "unsure": "unsure", "unsafe": "unsafe"}


def _take_instead(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    what = missing(scene) or "informed"
    match reply.choice:
        case "rights":
            return enter("information", "page/rights")
        case "human":
            return enter("human")
        case "advice":
            return onward(**{what: "advice"})
        case "change":
            return go(what)
        case _:
            return onward(emergency=AFTER[reply.choice])


MINOR = (
    say("referral", "Under 18, child protection comes first: call now, day and night."),
    say(
        "referral",
        "The network's places are for adults. Your request goes to the coordination as a child protection liaison.",
    ),
)
MAYBE_YOUNG = say("referral", "If you are under 18, people who protect children can help you, day and night.")
MAYBE_MINOR = say(
    "referral", "As long as the age is not known, treat the person as a child: child protection comes first."
)
GO_ON = Choice("ok", say("referral", "Go on with the request"), intent="affirm")
OLDER = Choice("older", say("referral", "My age is another one"))


def _child_asked(scene: Scene) -> bool:
    unmet = missing(scene)
    return _young(scene) and _age_reached(scene) and (_about_another(scene) or unmet != "emergency")


def _show_child(scene: Scene) -> Screen:
    numbers = scene.library.helplines_for(scene.session.at, "minor")
    unsure = led(scene, "minor", MAYBE_YOUNG) if scene.session.audience == "person" else (MAYBE_MINOR,)
    first = (*led(scene, "minor", MINOR[0]), *MINOR[1:]) if known_age(scene) == "minor" else unsure
    more = (PROSECUTOR,) if scene.professional else ()
    remembered = (OLDER,) if scene.answer("age") is None else ()
    return Screen((*first, *more, *lines(numbers)), (*dial(numbers), GO_ON, *remembered))


def _take_child(_: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    return go("age") if reply.choice == "older" else answer("ok")


STEPS: tuple[Step, ...] = (
    age_of("age", AGE, _age_asked),
    Step("child", _show_child, _take_child, _child_asked, covers=True),
    one_of(
        "together",
        words(say("referral", "Is the person with you, and do they want this?")),
        TOGETHER,
        _about_another,
        alone=True,
    ),
    one_of("emergency", EMERGENCY, YES_NO, asked("emergency")),
    one_of("danger", DANGER, YES_NO, asked("danger")),
    one_of("distance", DISTANCE, YES_NO, asked("distance")),
    one_of("informed", _informed, (YES, NO), asked("informed")),
    Step("instead", _show_instead, _take_instead, lambda scene: missing(scene) is not None),
)
