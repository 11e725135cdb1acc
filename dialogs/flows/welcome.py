"""The first two screens: in which language, and who is there. Says what this is, who answers and what is kept."""

from dataclasses import replace

from dialogs.asking import languages
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, switch
from dialogs.screen import Screen
from dialogs.text import say
from dialogs.whom import ASKED, WHO, audience


def _show_language(scene: Scene) -> Screen:
    return Screen((say("welcome", "Which language is easiest for you?"),), languages(scene))


def _take_language(scene: Scene, reply: Reply) -> Move | None:
    language = reply.choice if isinstance(reply, Chose) else reply.text.strip().casefold()
    if language in scene.library.languages:  # its code, typed, chooses it too
        return replace(answer(language), language=language)
    return None


ABOUT = (
    say("welcome", "Here you find information about your rights, and a way to ask for help."),
    say(
        "welcome",
        "A program answers. It does not ask your name. Your answers are deleted 30 minutes after your last message.",
    ),
    say("welcome", "You can stop at any time. Does somebody look at this device? Then use “Hide and leave”."),
    ASKED,
)


def _take_who(scene: Scene, reply: Reply) -> Move | None:
    who = audience(reply)
    return replace(switch("told" if scene.session.told else "menu"), audience=who) if who else None


FLOW = Flow(
    "welcome",
    (
        Step("language", _show_language, _take_language),
        Step("who", lambda _: Screen(ABOUT, WHO), _take_who),
    ),
)
