"""The question of age: tapped, or written as a number."""

import re
from collections.abc import Callable
from unicodedata import decimal

from dialogs.asking import Words
from dialogs.events import Chose
from dialogs.flow import Move, Reply, Scene, Step, always, answer
from dialogs.screen import Choice, Screen
from dialogs.text import say
from dialogs.typed import grown

ADULT, OLDEST = 18, 120  # years
TOLD_AGES = (
    Choice("adult", say("screening", "18 or older")),
    Choice("minor", say("screening", "Under 18")),
)
AGES = (
    *TOLD_AGES,
    Choice("unknown", say("screening", "I don't know"), intent="not_sure"),
)


def known_age(scene: Scene) -> str | None:
    """The age answered in this flow, or what a person told of themself before."""
    told = scene.session.minor_told and scene.session.audience == "person"
    return scene.answer("age") or ("minor" if told else None)


def age_told(reply: Reply) -> str | None:
    """`adult`, `minor` or `unknown`: tapped, or read from an age that was written."""
    if isinstance(reply, Chose):
        return reply.choice
    told = [entity.value for entity in reply.understanding.entities if entity.kind == "age"]
    bare = "".join(str(decimal(c)) if c.isdecimal() else c for c in reply.text.strip(" .!-"))
    years = told[0] if len(told) == 1 else bare
    if not re.fullmatch(r"[0-9]{1,3}", years) or not 1 <= int(years) <= OLDEST:
        if grown(reply.text):
            return "adult"
        return "minor" if "minor" in reply.understanding.danger else None
    return "minor" if int(years) < ADULT else "adult"


def age_of(step: str, question: Words, when: Callable[[Scene], bool] = always) -> Step:
    """The question of age, which may also be answered by a number."""

    def take(_: Scene, reply: Reply) -> Move | None:
        told = age_told(reply)
        return answer(told) if told else None

    return Step(step, lambda scene: Screen(question(scene), AGES), take, when, expects=frozenset(("minor",)))
