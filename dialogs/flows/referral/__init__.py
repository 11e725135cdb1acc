"""A request to the coordination: conditions, triage by buttons, an optional note, approval, consent, sending."""

from dataclasses import replace

from dialogs import call
from dialogs.age import known_age
from dialogs.agreement import counted, given
from dialogs.asking import text_of, words
from dialogs.choices import ASK_FOR_HELP, REFER
from dialogs.commands import SubmitReferral, Triage
from dialogs.events import Chose
from dialogs.flow import A_NUMBER, Flow, Move, Reply, Scene, Step, go, switch
from dialogs.flow import call as into
from dialogs.flows.referral import calling, fields, gate, unusual
from dialogs.flows.referral.fields import UNSAID
from dialogs.flows.referral.gate import of_professional, ready
from dialogs.flows.referral.review import (
    free,
    sent,
    several,
    show_edit,
    show_review,
    spoken,
    take_edit,
    take_review,
    wishes,
)
from dialogs.flows.referral.roof import safe_until
from dialogs.handing import shown_to
from dialogs.screen import Choice, Screen
from dialogs.text import say
from dialogs.whom import ASKED_FIRST

BEFORE_NOTE = (
    say("referral", "Is there something else that the coordination must know? You can skip this."),
    say(
        "referral", "Write no names, no birth date, no address, no phone number, nothing about the persons who exploit."
    ),
    say("referral", "You do not need to tell what happened. Only the coordination can open these words."),
)
CALLBACK = (
    say("referral", "Which service are you, and on which work number can the coordination call you back?"),
    say("referral", "Only your own work contact, never the person's. Only the coordination can open it."),
)
NOTHING_SENT = say("referral", "Nothing was sent.")
TO_CONSENT = Choice("read", say("referral", "Read the agreement"), intent="affirm")
BEFORE_CONSENT = say("referral", "Last step: the agreement. Without it nothing is sent.")


def _sealed(scene: Scene) -> bool:
    return ready(scene) and scene.session.sealing


def _take_consent(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    beside = scene.session.beside
    return into("consent") if beside is None else into("consent", language=beside)


def _consented(scene: Scene, value: str) -> Move:
    """What the person decided: nothing is sent without a yes."""
    if value == "no":
        return go("review", Screen((NOTHING_SENT,)), refused="yes")
    language = value.partition(",")[0].partition(".")[0]
    safe = scene.session.sealing
    if scene.professional:
        sent = switch("receipt", "own", shown_to("professional", safe_word=safe), language=language)
    else:
        sent = switch("receipt", "kept", shown_to("person", safe_word=safe))
    return replace(sent, commands=(_submit(scene, value),))


def _submit(scene: Scene, agreed: str) -> SubmitReferral:
    """`agreed`: the result of the consent flow."""
    read, _, count = agreed.partition(",")
    language, *how = read.split(".")
    note, callback = (free(scene, step) if scene.session.sealing else None for step in ("note", "callback"))
    consent = given(sent(scene), language, whole="whole" in how, silent="silent" in how)
    also = (counted(count),) if count else ()
    return SubmitReferral(triage(scene), consent, note, callback, _call(scene) if callback else None, also)


def _call(scene: Scene) -> str:
    return call.stored(call.Call(several(scene, "call_slots"), scene.answer("call_interpreter") or "unknown"))


def triage(scene: Scene) -> Triage:
    """The clear fields, from the answers."""
    urgency = "immediate" if gate.unsafe(scene) else scene.answer("urgency")
    age = known_age(scene)
    return Triage(
        referrer="professional" if scene.professional else "self",
        urgency="immediate" if urgency == "immediate" else "soon" if urgency == "soon" else "normal",
        age_group="minor" if age == "minor" else "adult" if age == "adult" else "unknown",
        gender=scene.answer("gender") or "unsaid",
        department=free(scene, "department"),
        avoid=several(scene, "avoid"),
        languages=spoken(scene),
        interpreter=scene.answer("interpreter") or "unknown",
        forms=several(scene, "forms"),
        needs=several(scene, "needs"),
        pregnancy=scene.answer("pregnancy") or "unsaid",
        dependants=several(scene, "dependants"),
        status=scene.answer("status") or "unknown",
        complaint=scene.answer("complaint") or "unknown",
        wishes=wishes(scene),
        safe_until=safe_until(scene),
    )


def _contact(scene: Scene) -> bool:
    return of_professional(scene) and scene.session.sealing


def _never(_: Scene) -> bool:
    return False


FLOW = Flow(
    "referral",
    (
        ASKED_FIRST,
        *gate.STEPS,
        *fields.STEPS,
        unusual.step(triage),
        text_of(
            "callback",
            words(*CALLBACK),
            (UNSAID,),
            _contact,
            contact=True,
            expects=frozenset((A_NUMBER, "change_language")),
        ),
        *calling.STEPS,
        text_of("note", words(*BEFORE_NOTE), (UNSAID,), _sealed, expects=frozenset(("change_language",))),
        Step("review", show_review, take_review, ready, covers=True),
        Step("edit", show_edit, take_edit, _never),
        Step(
            "consent",
            lambda _: Screen((BEFORE_CONSENT,), (TO_CONSENT,)),
            _take_consent,
            ready,
            covers=True,
            result=_consented,
        ),
    ),
    {"make_referral": ""},
    ASK_FOR_HELP,
    REFER,
    resumable=True,
    sends=True,
)
