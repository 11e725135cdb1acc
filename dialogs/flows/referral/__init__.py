"""A request to the coordination: conditions, triage by buttons, an optional note, approval, consent, sending."""

from dataclasses import replace
from datetime import timedelta

from dialogs.agreement import given
from dialogs.asking import text_of, words
from dialogs.commands import SubmitReferral, Triage
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, call, go, switch
from dialogs.flows.referral import fields, gate
from dialogs.flows.referral.fields import OPTIONS, ROOF_DAYS, UNSAID
from dialogs.flows.referral.gate import of_professional, ready
from dialogs.handing import shown_once
from dialogs.library import day_of
from dialogs.screen import Choice, Screen
from dialogs.text import Text, say

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
REVIEW = say("referral", "Please read this again. It is what will be sent.")
REDACTED = say("referral", "Names and numbers that I found are left out.")
APPROVE = Choice("ok", say("referral", "This is right: go on"), intent="affirm")
EDIT = Choice("edit", say("referral", "Change an answer"), intent="deny")
NO_NOTE = Choice("no_note", say("referral", "Leave out what I wrote"))
NOTHING_SENT = say("referral", "Nothing was sent.")
TO_CONSENT = Choice("read", say("referral", "Read the agreement"), intent="affirm")
BEFORE_CONSENT = say("referral", "Last step: the agreement. Without it nothing is sent.")
LABELS: dict[str, Text] = {
    "age": say("referral", "Age"), "languages": say("referral", "Languages"), "interpreter": say("referral", "Interpreter"),
    "urgency": say("referral", "Help needed"), "roof": say("referral", "Safe place to sleep"), "department": say("referral", "Département"),
    "avoid": say("referral", "To avoid"), "gender": say("referral", "Kind of place"), "forms": say("referral", "Exploitation"),
    "needs": say("referral", "Needs"), "pregnancy": say("referral", "Pregnant"), "dependants": say("referral", "Coming along"),
    "status": say("referral", "Papers"), "complaint": say("referral", "Complaint"), "wishes": say("referral", "Wishes"),
    "callback": say("referral", "Call back"), "note": say("referral", "Written in free words"),
}  # fmt: skip
SHOWN = {"age": gate.AGES} | OPTIONS


def _sealed(scene: Scene) -> bool:
    return ready(scene) and scene.session.sealing


def _value(scene: Scene, step: str) -> str | Text | tuple[str | Text, ...]:
    given = scene.answer(step) or ""
    if given == UNSAID.id:
        return UNSAID.label
    if step in ("department", "avoid"):
        return tuple(f"{code} {scene.library.departments.get(code, '')}".strip() for code in given.split(","))
    if step not in SHOWN:
        return given
    labels = {choice.id: choice.label for choice in SHOWN[step]}
    return tuple(labels[part] for part in given.split(",") if part in labels) or say("referral", "nothing")


def _line(scene: Scene, step: str) -> Text:
    return say("referral", "{label}: {value}", label=LABELS[step], value=_value(scene, step))


def _told(scene: Scene, step: str) -> bool:
    unwritten = step in ("note", "callback") and scene.answer(step) == UNSAID.id
    return scene.answer(step) is not None and not unwritten


def _show_review(scene: Scene) -> Screen:
    told = [step for step in LABELS if _told(scene, step)]
    redacted = (REDACTED,) if "[" in (_free(scene, "note") or "") else ()
    drop = (NO_NOTE,) if _told(scene, "note") else ()
    return Screen((REVIEW, *(_line(scene, step) for step in told), *redacted), (APPROVE, EDIT, *drop))


def _take_review(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "edit":
            return go("edit")
        case "no_note":
            return go("review", note=UNSAID.id)
        case _:
            return answer("ok")


def _editable(scene: Scene) -> tuple[str, ...]:
    return tuple(step for step in LABELS if scene.answer(step) is not None)


def _show_edit(scene: Scene) -> Screen:
    return Screen(
        (say("referral", "Which answer do you want to change?"),),
        tuple(Choice(f"edit-{step}", LABELS[step]) for step in _editable(scene)),
    )


def _take_edit(_: Scene, reply: Reply) -> Move | None:
    return go(reply.choice.removeprefix("edit-")) if isinstance(reply, Chose) else None


def _take_consent(_: Scene, reply: Reply) -> Move | None:
    return call("consent") if isinstance(reply, Chose) else None


def _consented(scene: Scene, value: str) -> Move:
    """What the person decided: nothing is sent without a yes."""
    if value == "no":
        return go("review", Screen((NOTHING_SENT,)))
    holders = ("professional", "person") if scene.professional else ("person",)
    shown = tuple(
        Screen(shown_once(h), once=True, language=value if scene.professional and h == "person" else None)
        for h in holders
    )
    return replace(switch("receipt", "kept", *shown), commands=(_submit(scene, value),))


def _submit(scene: Scene, language: str) -> SubmitReferral:
    return SubmitReferral(triage(scene), given(language), _free(scene, "note"), _free(scene, "callback"))


def _free(scene: Scene, step: str) -> str | None:
    text = scene.answer(step)
    return None if text in (None, UNSAID.id) else text


def _several(scene: Scene, step: str) -> tuple[str, ...]:
    return tuple(part for part in scene.chosen(step) if part not in ("none", UNSAID.id))


def _safe_until(scene: Scene) -> str | None:
    days = ROOF_DAYS.get(scene.answer("roof") or "")
    return None if days is None else (day_of(scene.session.at) + timedelta(days=days)).isoformat()


def triage(scene: Scene) -> Triage:
    """The clear fields, from the answers."""
    urgency, age = scene.answer("urgency"), scene.answer("age")
    return Triage(
        referrer="professional" if scene.professional else "self",
        urgency="immediate" if urgency == "immediate" else "soon" if urgency == "soon" else "normal",
        age_group="minor" if age == "minor" else "adult" if age == "adult" else "unknown",
        gender=scene.answer("gender") or "unsaid",
        department=_free(scene, "department"),
        avoid=_several(scene, "avoid"),
        languages=_several(scene, "languages") or (scene.session.language,),
        interpreter=scene.answer("interpreter") or "unknown",
        forms=_several(scene, "forms"),
        needs=_several(scene, "needs"),
        pregnancy=scene.answer("pregnancy") or "unsaid",
        dependants=_several(scene, "dependants"),
        status=scene.answer("status") or "unknown",
        complaint=scene.answer("complaint") or "unknown",
        wishes=_several(scene, "wishes"),
        safe_until=_safe_until(scene),
    )


def _contact(scene: Scene) -> bool:
    return of_professional(scene) and scene.session.sealing


def _never(_: Scene) -> bool:
    return False


FLOW = Flow(
    "referral",
    say("menu", "Ask for help"),
    (
        *gate.STEPS,
        *fields.STEPS,
        text_of("callback", words(*CALLBACK), (UNSAID,), _contact, contact=True),
        text_of("note", words(*BEFORE_NOTE), (UNSAID,), _sealed),
        Step("review", _show_review, _take_review, ready, covers=True),
        Step("edit", _show_edit, _take_edit, _never),
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
    resumable=True,
)
