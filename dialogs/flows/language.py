"""Another language, at any step, without losing anything."""

from dataclasses import replace

from dialogs.asking import languages
from dialogs.choices import ANOTHER_LANGUAGE
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, done
from dialogs.screen import Screen
from dialogs.text import say


def _take(scene: Scene, reply: Reply) -> Move | None:
    if isinstance(reply, Chose) and reply.choice in scene.library.languages:
        return replace(done(), language=reply.choice)
    return None


FLOW = Flow(
    "language",
    (Step("choose", lambda s: Screen((say("language", "Choose your language."),), languages(s)), _take),),
    {"change_language": "choose"},
    ANOTHER_LANGUAGE,
)
