"""The first two screens: in which language, and who is there. Says what this is, who answers and what is kept."""

from dataclasses import replace

from dialogs.asking import languages
from dialogs.events import Chose
from dialogs.flow import Flow, Move, Reply, Scene, Step, answer, switch
from dialogs.screen import Choice, Screen
from dialogs.session import Audience
from dialogs.text import say

WHO = (
    Choice("person", say("welcome", "It is for me"), intent="for_me"),
    Choice("other", say("welcome", "I am worried about somebody")),
    Choice("professional", say("welcome", "I am a professional")),
)


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
    say("welcome", "Who is it for?"),
)


def _take_who(_: Scene, reply: Reply) -> Move | None:
    audiences: dict[str, Audience] = {"person": "person", "other": "other", "professional": "professional"}
    if isinstance(reply, Chose) and reply.choice in audiences:
        return replace(switch("menu"), audience=audiences[reply.choice])
    return None


FLOW = Flow(
    "welcome",
    (
        Step("language", _show_language, _take_language),
        Step("who", lambda _: Screen(ABOUT, WHO), _take_who),
    ),
)
