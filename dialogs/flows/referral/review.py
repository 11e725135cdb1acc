"""What will be sent, read again before it is: the lines, a change, a word more."""

from dialogs.age import AGES, known_age
from dialogs.agreement import Sent
from dialogs.asking import MAX_FIELD, TOO_LONG_FIELD, UNKNOWN, YES, asks
from dialogs.commands import NO_SHELTER
from dialogs.events import Chose, Said
from dialogs.flow import Move, Reply, Scene, again, answer, go
from dialogs.flows.referral import calling, gate
from dialogs.flows.referral.fields import OPTIONS, UNSAID, place_names
from dialogs.flows.referral.roof import safe_until
from dialogs.screen import Choice, Screen
from dialogs.text import Day, Text, say

REVIEW = say("referral", "Please read this again. It is what will be sent.")
REDACTED = say("referral", "Names and numbers that I found are left out. Look again: I may have missed some.")
APPROVE = Choice("ok", say("referral", "This is right: go on"), intent="affirm")
RECONSIDER = Choice("ok", say("referral", "I changed my mind: go on to the agreement"), intent="affirm")
EDIT = Choice("edit", say("referral", "Change an answer"), intent="deny")
NO_NOTE = Choice("no_note", say("referral", "Leave out what I wrote"))
ADDED = say("referral", "I added this to your own words below.")
NOT_KEPT = say("referral", "I did not keep these words: nobody can open them yet.")
TAP_TO_CHANGE = say("referral", "To change something, tap “Change an answer”.")
ASKED_FIRST = say("referral", "You answered this first. The request stands on it, and does not repeat it:")
UNSENT = {
    "person": say("referral", "Not sent: your name, your number, and the rest of this conversation."),
    "professional": say(
        "referral", "Not sent: the person's name, and the rest of this conversation, a check and its finding included."
    ),
}
UNTRANSLATED = say(
    "referral", "Your free words are not translated. The person hears what they say from you, before they agree."
)
DECIDES = say("referral", "The agreement comes next. The person reads it in their language, and decides.")
UNSAFE_NOW = say("referral", "No. Help is needed now.")
LABELS: dict[str, Text] = {
    "age": say("referral", "Age"), "emergency": say("referral", "Safe now"), "languages": say("referral", "Languages"),
    "interpreter": say("referral", "Interpreter"), "urgency": say("referral", "Help needed"),
    "roof": say("referral", "Safe place to sleep"), "department": say("referral", "Département"),
    "avoid": say("referral", "To avoid"), "gender": say("referral", "Kind of place"), "forms": say("referral", "Exploitation"),
    "needs": say("referral", "Needs"), "pregnancy": say("referral", "Pregnant"), "dependants": say("referral", "Coming along"),
    "status": say("referral", "Papers"), "complaint": say("referral", "Complaint"), "wishes": say("referral", "Wishes"),
    "callback": say("referral", "Call back"), "call_slots": say("referral", "When to call back"),
    "call_interpreter": say("referral", "Interpreter for the call"), "note": say("referral", "Written in free words"),
}  # fmt: skip
CONDITIONS: dict[str, Text] = {
    "together": say("referral", "With the person"), "emergency": say("referral", "Safe now"),
    "danger": say("referral", "Danger or great difficulty"), "distance": say("referral", "Far away from here"),
    "informed": say("referral", "Knows the scheme, and wants it"),
}  # fmt: skip
TOLD: dict[str, Text] = {
    "together": YES.label, "yes": YES.label, "handled": YES.label, "unsafe": UNSAFE_NOW,
    "unsure": UNKNOWN.label, "unknown": UNKNOWN.label,
    "advice": say("referral", "No: advice, without a place"),
}  # fmt: skip
SHOWN = {"age": AGES, "call_slots": calling.TIMES, "call_interpreter": calling.NEEDED} | OPTIONS
FREE = ("note", "callback", "call_slots", "call_interpreter")  # sealed


def free(scene: Scene, step: str) -> str | None:
    """What was written at a step that may be left out."""
    text = scene.answer(step)
    return None if text in (None, UNSAID.id) else text


def several(scene: Scene, step: str) -> tuple[str, ...]:
    """The ids chosen at a step with several answers."""
    return tuple(part for part in scene.chosen(step) if part not in ("none", UNSAID.id))


def spoken(scene: Scene) -> tuple[str, ...]:
    """The person's languages: those named, else the one they use here; a professional uses their own."""
    return several(scene, "languages") or (() if scene.professional else (scene.session.language,))


def wishes(scene: Scene) -> tuple[str, ...]:
    """What the person wishes, and advice where no place is asked for."""
    return tuple(dict.fromkeys((*several(scene, "wishes"), *(("advice",) if gate.advice_only(scene) else ()))))


def sent(scene: Scene) -> Sent:
    """What the request holds, for who agrees to it. Free words are told in kind, not in full."""
    child = known_age(scene) == "minor"
    return Sent(
        lines=tuple(_line(scene, step) for step in LABELS if step not in FREE and _told(scene, step)),
        purpose="child" if child else "advice" if gate.advice_only(scene) else "place",
        professional=scene.professional,
        note=free(scene, "note") is not None,
        contact=free(scene, "callback") is not None,
        writes=scene.session.sealing,
    )


def _value(scene: Scene, step: str) -> str | Text | tuple[str | Text, ...]:
    given = _ids(scene, step)
    if given == (UNSAID.id,):
        return UNSAID.label
    if step in CONDITIONS:
        return TOLD.get(scene.answer(step) or "", "")
    day = safe_until(scene) if step == "roof" else None
    if day and day != NO_SHELTER:
        return say("referral", "{roof}, until {day}", roof=_label(step, given[0]), day=Day(day))
    if step in ("department", "avoid"):
        return place_names(scene, given)
    if step not in SHOWN:
        return scene.answer(step) or ""
    labels = {choice.id: choice.label for choice in SHOWN[step]}
    return tuple(labels[part] for part in given if part in labels) or say("referral", "nothing")


def _label(step: str, choice: str) -> Text:
    return next(option.label for option in SHOWN[step] if option.id == choice)


def _ids(scene: Scene, step: str) -> tuple[str, ...]:
    if step == "age":
        return (known_age(scene) or "unknown",)
    if step == "languages":
        return spoken(scene)
    return wishes(scene) if step == "wishes" else scene.chosen(step)


def _line(scene: Scene, step: str) -> Text:
    return say("referral", "{label}: {value}", label=(LABELS | CONDITIONS)[step], value=_value(scene, step))


def _told(scene: Scene, step: str) -> bool:
    match step:
        case "age" | "languages":
            return True
        case "emergency":
            return gate.unsafe(scene)
        case "note" | "callback":
            return free(scene, step) is not None
        case "call_slots" | "call_interpreter":
            return calling.called_back(scene) and scene.answer(step) is not None
        case "wishes":
            return bool(scene.answer("wishes") or wishes(scene))
        case _:
            return scene.answer(step) is not None


def show_review(scene: Scene) -> Screen:
    """All lines, and what to do with them."""
    told = [step for step in LABELS if _told(scene, step)]
    redacted = (REDACTED,) if "[" in (free(scene, "note") or "") else ()
    drop = (NO_NOTE,) if _told(scene, "note") else ()
    approve = RECONSIDER if scene.answer("refused") else APPROVE
    lines = (_line(scene, step) for step in told)
    return Screen((REVIEW, *lines, *redacted, *_first(scene), *_unsent(scene)), (approve, EDIT, *drop), alone=True)


def _first(scene: Scene) -> tuple[Text, ...]:
    """The conditions that were asked before the request began, as they were answered."""
    asked = [step for step in CONDITIONS if scene.answer(step) and not (step in LABELS and _told(scene, step))]
    return (ASKED_FIRST, *(_line(scene, step) for step in asked)) if asked else ()


def _unsent(scene: Scene) -> tuple[Text, ...]:
    if not scene.professional:
        return (UNSENT["person"],)
    note = (UNTRANSLATED,) if free(scene, "note") else ()
    return (UNSENT["professional"], *note, DECIDES)


def take_review(scene: Scene, reply: Reply) -> Move | None:
    """Approve, change, leave out; words typed here join the note."""
    if isinstance(reply, Said):
        return _added(scene, reply)
    match reply.choice:
        case "edit":
            return go("edit")
        case "no_note":
            return go("review", note=UNSAID.id)
        case _:
            return answer("ok")


def _added(scene: Scene, reply: Said) -> Move | None:
    text = reply.text.strip()
    if not text or asks(reply, "ask_rights"):
        return None
    if not scene.session.sealing:
        return again(NOT_KEPT, TAP_TO_CHANGE)
    note = "\n".join(filter(None, (free(scene, "note"), text)))
    return again(TOO_LONG_FIELD) if len(note) > MAX_FIELD else go("review", Screen((ADDED,)), note=note)


def show_edit(scene: Scene) -> Screen:
    """Every answer that can be changed."""
    steps = dict.fromkeys((*CONDITIONS, *LABELS))
    told = (step for step in steps if step in ("age", "languages") or scene.answer(step) is not None)
    return Screen(
        (say("referral", "Which answer do you want to change?"),),
        tuple(Choice(f"edit-{step}", (LABELS | CONDITIONS)[step]) for step in told),
        alone=True,
    )


def take_edit(scene: Scene, reply: Reply) -> Move | None:
    """To the question whose answer is to change."""
    if not isinstance(reply, Chose):
        return None
    step = reply.choice.removeprefix("edit-")
    if step != "languages":
        return go(step)
    now = ",".join(spoken(scene))
    return go(step, **{step: now or "none", f"{step}/ticks": now})
