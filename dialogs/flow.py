"""What a flow is made of: steps that show a screen and take an answer, and the moves an answer leads to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from dialogs.commands import Command
from dialogs.events import Chose, Said
from dialogs.library import Library
from dialogs.screen import Screen
from dialogs.session import Audience, Frame, Session
from dialogs.text import Text

Reply: TypeAlias = Chose | Said
Kind = Literal["answer", "keep", "go", "enter", "call", "switch", "done", "again"]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a step may look at: the session, its own frame, the content."""

    session: Session
    frame: Frame
    library: Library

    def answer(self, step: str) -> str | None:
        """The answer given at `step` of this flow, or None."""
        return self.frame.answer(step)

    def chosen(self, step: str) -> tuple[str, ...]:
        """The ids ticked at a step with several answers; empty when none."""
        return tuple(filter(None, (self.frame.answer(step) or "").split(",")))

    @property
    def argument(self) -> str:
        """What the present step is about: `rights` in `page/rights`."""
        return self.frame.step.partition("/")[2]

    @property
    def professional(self) -> bool:
        """Whether the one who types said that they are a professional."""
        return self.session.audience == "professional"


@dataclass(frozen=True, slots=True)
class Move:
    """Where an answer leads. Made by the functions below, never by hand.

    `beside`: from now on two read together, the person in this language; empty, one reads alone again.
    """

    kind: Kind
    flow: str = ""
    step: str = ""
    value: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    notes: tuple[Screen, ...] = ()
    commands: tuple[Command, ...] = ()
    language: str | None = None
    audience: Audience | None = None
    ended: bool = False
    beside: str | None = None


A_NUMBER = "a number"  # a place's or a telephone's: likeness alone makes no age of it


def always(_: Scene) -> bool:
    """A step that is on every path."""
    return True


def aside(_: Scene) -> bool:
    """A step that is on no path: it is only gone to."""
    return False


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a flow.

    `show` makes the screen; `take` reads a tap or a text and says where it leads, or None when it means nothing here.
    `when`: whether the step is on the path, given the answers so far. `covers`: its answer speaks of all before it
    (an approval), so it is forgotten when any of them changes. `result`: where the result of a called flow leads;
    without it, the result is this step's answer. `expects`: kinds of danger and intents that are no more than the
    answer here, when a text is taken as one ("15" where an age is asked); A_NUMBER for one that only looks like an age.
    """

    id: str
    show: Callable[[Scene], Screen]
    take: Callable[[Scene, Reply], Move | None]
    when: Callable[[Scene], bool] = always
    covers: bool = False
    result: "Callable[[Scene, str], Move] | None" = None
    expects: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Flow:
    """Named steps, in the order in which they are asked.

    `intents`: which step answers an intent. `title` names the flow where it is offered as what an intent may mean;
    `to_professionals`: for them, where that is another one. `resumable`: the person's answers here are kept while they
    look elsewhere. `sends`: what is answered may be sent. `invented`: what is answered is of nobody, so that it is left
    for good where a flow that sends begins. `alone`: where two read together, it is for the professional alone.
    """

    name: str
    steps: tuple[Step, ...]
    intents: Mapping[str, str] = field(default_factory=dict)
    title: Text | None = None
    to_professionals: Text | None = None
    resumable: bool = False
    sends: bool = False
    invented: bool = False
    alone: bool = False

    def step(self, name: str) -> Step:
        """The step of that name, what follows a `/` being its argument.

        The first one for a name that is not: a session may have been stored by an older release.
        """
        wanted = name.partition("/")[0]
        return next((step for step in self.steps if step.id == wanted), self.steps[0])


Flows: TypeAlias = Mapping[str, Flow]


def answer(value: str, *notes: Screen) -> Move:
    """Record `value` for this step and go on to the next unanswered step of the path."""
    return Move("answer", value=value, notes=notes)


def keep(value: str, *notes: Screen) -> Move:
    """Record a part of an answer (a tick) and stay."""
    return Move("keep", value=value, notes=notes)


def go(step: str, *notes: Screen, **answers: str) -> Move:
    """To another step of this flow; `answers` are recorded first."""
    return Move("go", step=step, notes=notes, answers=tuple(answers.items()))


def onward(**answers: str) -> Move:
    """Record these answers, and go to the next unanswered step of the path."""
    return Move("go", answers=tuple(answers.items()))


def enter(flow: str, step: str = "", **answers: str) -> Move:
    """Into another flow, and back here afterwards."""
    return Move("enter", flow=flow, step=step, answers=tuple(answers.items()))


def call(flow: str, **answers: str) -> Move:
    """Into another flow whose result becomes this step's answer."""
    return Move("call", flow=flow, answers=tuple(answers.items()))


def switch(flow: str, step: str = "", *notes: Screen, **answers: str) -> Move:
    """Leave this flow for another one."""
    return Move("switch", flow=flow, step=step, notes=notes, answers=tuple(answers.items()))


def done(value: str = "", *notes: Screen, commands: tuple[Command, ...] = ()) -> Move:
    """This flow is over: back to where the person was, or to the menu. `value`: its result, for a caller."""
    return Move("done", value=value, notes=notes, commands=commands)


def end(*text: Text, commands: tuple[Command, ...]) -> Move:
    """The conversation is over; these words are the last."""
    return Move("done", notes=(Screen(text),), commands=commands, ended=True)


def again(*text: Text, alone: bool = False) -> Move:
    """Not readable as an answer: the same step, after these words. `alone`: words for the professional alone."""
    return Move("again", notes=(Screen(text, alone=alone),) if text else ())
