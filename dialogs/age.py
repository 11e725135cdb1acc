"""The question of age: tapped, or written as a number."""

import re
from collections.abc import Callable
from unicodedata import decimal

from dialogs import typed
from dialogs.asking import Words
from dialogs.events import Chose, Said
from dialogs.flow import Move, Reply, Scene, Step, always, answer, call
from dialogs.screen import Choice, Screen
from dialogs.text import say

OWN_AGE = "own_age"  # the flow that asks which of two ages is right
ADULT, OLDEST = 18, 120  # years
TOLD_AGES = (
    Choice("adult", say("screening", "18 or older"), intent="of_age"),
    Choice("minor", say("screening", "Under 18")),
)
AGES = (
    *TOLD_AGES,
    Choice("unknown", say("screening", "I don't know"), intent="not_sure"),
)


def known_age(scene: Scene) -> str | None:
    """What a person told of themself, or else the age answered in this flow."""
    return "minor" if told_young(scene) else scene.answer("age")


def told_young(scene: Scene) -> bool:
    """Whether a person has told of themself, in words or by a tap, that they are under 18."""
    return scene.session.minor_told and scene.session.audience == "person"


def age_taken(scene: Scene, told: str, *notes: Screen) -> Move:
    """The answer at the question of age; of age after all is believed once it is asked again."""
    return call(OWN_AGE) if told == "adult" and told_young(scene) else answer(told, *notes)


def age_told(reply: Reply) -> str | None:
    """`adult`, `minor` or `unknown`: tapped, or read from an age that was written."""
    if isinstance(reply, Chose):
        return reply.choice
    told = [entity.value for entity in reply.understanding.entities if entity.kind == "age"]
    bare = "".join(str(decimal(c)) if c.isdecimal() else c for c in reply.text.strip(" .!-"))
    years = told[0] if len(told) == 1 else typed.years(bare) or bare
    if not re.fullmatch(r"[0-9]{1,3}", years) or not 1 <= int(years) <= OLDEST:
        if typed.grown(reply.text):
            return "adult"
        return "minor" if "minor" in reply.understanding.danger else None
    return "minor" if int(years) < ADULT else "adult"


def tells_child(said: Said) -> bool:
    """Whether a text surely tells an age under 18, and no other number."""
    return "minor" in set(said.understanding.danger) - set(said.understanding.unsure)


def age_of(step: str, question: Words, when: Callable[[Scene], bool] = always) -> Step:
    """The question of age, which may also be answered by a number."""

    def take(scene: Scene, reply: Reply) -> Move | None:
        told = age_told(reply)
        return age_taken(scene, told) if told else None

    return Step(step, lambda scene: Screen(question(scene), AGES), take, when, expects=frozenset(("minor",)))
