"""Consent, given by the person themself, in a language that they read, purpose by purpose.

Its result is `no`, or the language of what was read, with `whole` when that was all of it and `silent` when messages were
not agreed to; then, after a comma, the language in which counting was agreed to: `ar`, `ar.whole.silent`, `ar,ar`.
"""

from dialogs.agreement import STATISTICS, Sent, in_short, words
from dialogs.asking import languages
from dialogs.choices import NOT_HERE
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, aside, done, enter, go
from dialogs.flows.referral.review import sent
from dialogs.screen import Choice, Screen
from dialogs.text import say

AGREE = Choice("yes", say("consent", "I agree"), intent="affirm")
SILENT = Choice("silent", say("consent", "I agree, but without messages"))
ALL = Choice("all", say("consent", "Read everything first"))
OTHERS = say(
    "consent",
    "The agreement is in these languages only. In another one, a professional interpreter reads it aloud, sentence by sentence.",
)
WHOLE = "whole"  # the step with all of it
REFUSE = Choice("no", say("consent", "I do not agree"), intent="deny")
COUNT = Choice("yes", say("consent", "Yes, it may be counted"), intent="affirm")
NOT_COUNTED = Choice("no", say("consent", "No, do not count it"), intent="deny")


def _show_language(scene: Scene) -> Screen:
    return Screen(
        (
            say("consent", "The person must read this and decide. In which language?"),
            say("consent", "Then hand over the device, or read it aloud."),
            OTHERS,
        ),
        (*languages(scene), NOT_HERE),
        alone=True,
    )


def _take_language(scene: Scene, reply: Reply) -> Move | None:
    if isinstance(reply, Chose) and reply.choice == NOT_HERE.id:
        return enter("unspoken")
    if isinstance(reply, Chose):
        return answer(reply.choice) if reply.choice in scene.library.languages else None
    named = [entity.value for entity in reply.understanding.entities if entity.kind == "language"]
    return answer(named[0]) if named and named[0] in scene.library.languages else None


def _language(scene: Scene) -> str:
    return scene.session.beside or scene.answer("language") or scene.session.language


def _sent(scene: Scene) -> Sent:
    request = next((frame for frame in reversed(scene.session.stack) if frame.flow == "referral"), scene.frame)
    return sent(Scene(scene.session, request, scene.library))


def _show_text(scene: Scene) -> Screen:
    return Screen(in_short(_sent(scene)), (AGREE, SILENT, REFUSE, ALL), language=_language(scene))


def _show_whole(scene: Scene) -> Screen:
    return Screen(words(_sent(scene)), (AGREE, SILENT, REFUSE), language=_language(scene))


def _take_text(scene: Scene, reply: Reply) -> Move | None:
    """The decision on the request itself, and on messages."""
    if not isinstance(reply, Chose):
        return None
    match reply.choice:
        case "all":
            return go(WHOLE)
        case "no":
            return done("no")
        case _:
            read = (_language(scene), *((WHOLE,) if scene.frame.step == WHOLE else ()))
            return go("statistics", agreed=".".join((*read, *(("silent",) if reply.choice == "silent" else ()))))


def _show_statistics(scene: Scene) -> Screen:
    return Screen(STATISTICS, (COUNT, NOT_COUNTED), language=_language(scene))


def _take_statistics(scene: Scene, reply: Reply) -> Move | None:
    if not isinstance(reply, Chose):
        return None
    agreed = scene.answer("agreed") or _language(scene)
    return done(f"{agreed},{_language(scene)}" if reply.choice == "yes" else agreed)


FLOW = Flow(
    "consent",
    (
        Step(
            "language",
            _show_language,
            _take_language,
            lambda scene: scene.professional,
            expects=frozenset(("change_language",)),
        ),
        Step("text", _show_text, _take_text),
        Step("statistics", _show_statistics, _take_statistics),
        Step(WHOLE, _show_whole, _take_text, aside),
    ),
    resumable=True,
)
