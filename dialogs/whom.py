"""Whom it is about: asked where it matters and nobody has said it."""

from dataclasses import replace

from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, answer
from dialogs.screen import Choice, Screen
from dialogs.session import Audience
from dialogs.text import Text, say

WHO = (
    Choice("person", say("welcome", "It is for me"), intent="for_me"),
    Choice("other", say("welcome", "I am worried about somebody")),
    Choice("professional", say("welcome", "I am a professional")),
)
ASKED = say("welcome", "Who is it for?")
AUDIENCES: dict[str, Audience] = {"person": "person", "other": "other", "professional": "professional"}
THANKS = say("told", "Thank you for telling me.")
NOT_YOUR_FAULT = say("told", "Thank you for telling me. It is not your fault.")
IF_IT_WAS_YOU = say("told", "Thank you for telling me. If it happened to you, it is not your fault.")


def audience(reply: Reply) -> Audience | None:
    """Who somebody says they are, by a tap."""
    return AUDIENCES.get(reply.choice) if isinstance(reply, Chose) else None


def kind_word(scene: Scene) -> Text:
    """The first words to somebody who tells of something grave: no fault is theirs, where it may be about them."""
    words = {"person": NOT_YOUR_FAULT, None: IF_IT_WAS_YOU}
    return words.get(scene.session.audience, THANKS)


def _take(_: Scene, reply: Reply) -> Move | None:
    who = audience(reply)
    return replace(answer(who), audience=who) if who else None


def _unknown(scene: Scene) -> bool:
    return scene.session.audience is None or scene.answer("whom") is not None


ASKED_FIRST = Step("whom", lambda _: Screen((ASKED,), WHO), _take, _unknown)
