"""Another language, at any step, without losing anything."""

from dataclasses import replace

from dialogs.asking import languages
from dialogs.choices import ANOTHER_LANGUAGE, NOT_HERE
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done, switch
from dialogs.screen import Screen
from dialogs.text import say


def _show(scene: Scene) -> Screen:
    return Screen((say("language", "Choose your language."),), (*languages(scene), NOT_HERE))


def _take(scene: Scene, reply: Reply) -> Move | None:
    if isinstance(reply, Chose) and reply.choice == NOT_HERE.id:
        return switch("unspoken")
    if isinstance(reply, Chose) and reply.choice in scene.library.languages:
        return replace(done(), language=reply.choice)
    return None


FLOW = Flow(
    "language",
    (Step("choose", _show, _take),),
    {"change_language": "choose"},
    ANOTHER_LANGUAGE,
)
