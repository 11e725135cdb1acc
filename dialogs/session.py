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
    something. `minor_told`: an age under 18 was spoken of; a person is then taken to be that young. `warned`: a
    professional has seen the numbers for a threat. `at` is the last contact (Unix seconds). `puzzled` counts texts not understood in a row.
    """

    language: str
    at: int
    turn: int = 0
    audience: Audience | None = None
    stack: tuple[Frame, ...] = ()
    puzzled: int = 0
    minor_told: bool = False
    warned: bool = False
    sealing: bool = False
    expired: bool = False
    ended: bool = False

    @property
    def spoken(self) -> str:
        """The language of who holds the device: the person's while they read the agreement, else the session's."""
        place = self._read_by_the_person()
        return self.language if place is None else self.stack[place].answer("language") or self.language

    def in_language(self, language: str) -> "Session":
        """The same conversation, in another language for who holds the device."""
        place = self._read_by_the_person()
        if place is None:
            return replace(self, language=language)
        frame = self.stack[place].with_answer("language", language)
        return replace(self, stack=(*self.stack[:place], frame, *self.stack[place + 1 :]))

    def _read_by_the_person(self) -> int | None:
        """Where in the stack the agreement lies that a professional hands over, when nothing but digressions cover it."""
        for place in range(len(self.stack) - 1, -1, -1):
            frame = self.stack[place]
            if frame.flow == "menu":
                return None
            if frame.flow == "consent":
                return place if frame.step == "text" and frame.answer("language") else None
        return None
