"""Consent, given by the person themself, in a language that they read. Its result is that language (`ar`, or `ar.whole`), or `no`."""

from dialogs.agreement import Sent, in_short, words
from dialogs.asking import languages
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, aside, done, go
from dialogs.flows.referral.review import sent
from dialogs.screen import Choice, Screen
from dialogs.text import say

AGREE = Choice("yes", say("consent", "I agree"), intent="affirm")
ALL = Choice("all", say("consent", "Read everything first"))
WHOLE = "whole"  # the step with all of it
REFUSE = Choice("no", say("consent", "I do not agree"), intent="deny")


def _show_language(scene: Scene) -> Screen:
    return Screen(
        (
            say("consent", "The person must read this and decide. In which language?"),
            say("consent", "Then hand over the device, or read it aloud."),
        ),
        languages(scene),
        alone=True,
    )


def _take_language(scene: Scene, reply: Reply) -> Move | None:
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
    return Screen(in_short(_sent(scene)), (AGREE, REFUSE, ALL), language=_language(scene))


def _show_whole(scene: Scene) -> Screen:
    return Screen(words(_sent(scene)), (AGREE, REFUSE), language=_language(scene))


def _take_text(scene: Scene, reply: Reply) -> Move | None:
    """The decision: its language and, after a point, whether all of it was read."""
    if not isinstance(reply, Chose):
        return None
    if reply.choice == "all":
        return go("whole")
    whole = f".{WHOLE}" if scene.frame.step == WHOLE else ""
    return done(f"{_language(scene)}{whole}" if reply.choice == "yes" else "no")


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
        Step(WHOLE, _show_whole, _take_text, aside),
    ),
    resumable=True,
)
