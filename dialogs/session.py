"""Where one conversation stands: frozen, stored whole."""

from dataclasses import dataclass, replace
from typing import Literal

Audience = Literal["person", "professional", "other"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One flow under way: its present step, its answers by step in the order given, the steps that led here.

    `called`: the flow's result is the answer of the frame below.
    """

    flow: str
    step: str
    answers: tuple[tuple[str, str], ...] = ()
    trail: tuple[str, ...] = ()
    called: bool = False

    def answer(self, step: str) -> str | None:
        """The answer given at `step`, or None."""
        return next((value for name, value in self.answers if name == step), None)

    def with_answer(self, step: str, value: str) -> "Frame":
        """The same frame with this answer, in its old place when there was one."""
        if self.answer(step) is None:
            return replace(self, answers=(*self.answers, (step, value)))
        return replace(self, answers=tuple((n, value if n == step else v) for n, v in self.answers))


@dataclass(frozen=True, slots=True)
class Session:
    """Everything the engine remembers of a conversation.

    `stack`: flows under way, the present one last; empty is the menu. `turn` grows by one with each turn that changes
    something. `at` is the last contact (Unix seconds). `puzzled` counts texts not understood in a row.
    """

    language: str
    at: int
    turn: int = 0
    audience: Audience | None = None
    stack: tuple[Frame, ...] = ()
    puzzled: int = 0
    minor_told: bool = False
    sealing: bool = False
    expired: bool = False
    ended: bool = False
