"""Where one conversation stands: frozen, stored whole."""

from dataclasses import dataclass, replace
from typing import Literal

Audience = Literal["person", "professional", "other"]
READ_BY_THE_PERSON = (
    ("consent", "text"),
    ("consent", "whole"),
    ("consent", "statistics"),
    ("receipt", "hand"),
    ("receipt", "kept"),
    ("receipt", "practise"),
)  # on a professional's device


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
    `beside`: the language of the person who reads together with a professional; `turned`: the device is turned to them.
    `code`: the number of the professional code that was shown, while it is in force. `code_over`: it no longer is, and this
    was not yet said.
    `told`: something grave was told before anybody said who they are. `heard`: another language, offered on the present
    screen: that of the last sentence, or the one that was just left.
    """

    language: str
    at: int
    turn: int = 0
    audience: Audience | None = None
    stack: tuple[Frame, ...] = ()
    puzzled: int = 0
    minor_told: bool = False
    warned: bool = False
    told: bool = False
    heard: str = ""
    sealing: bool = False
    expired: bool = False
    ended: bool = False
    beside: str | None = None
    turned: bool = False
    code: int | None = None
    code_over: bool = False

    @property
    def spoken(self) -> str:
        """The language of who holds the device: the person's while it is turned to them or they read what is theirs."""
        if self.beside is not None:
            return self.beside if self.turned else self.language
        place = self._read_by_the_person()
        return self.language if place is None else self.stack[place].answer("language") or self.language

    def in_language(self, language: str) -> "Session":
        """The same conversation, in another language for who holds the device."""
        if self.beside is not None:
            return (
                self.with_beside(language) if self.turned else replace(self, language=language).with_beside(self.beside)
            )
        place = self._read_by_the_person()
        return replace(self, language=language) if place is None else self._agreed_in(place, language)

    def with_beside(self, language: str | None) -> "Session":
        """The same conversation, read together with somebody who reads `language`; alone again with None.

        There is nothing to show twice where both read the same.
        """
        place = self._read_by_the_person()
        session = self if place is None or language is None else self._agreed_in(place, language)
        if language is None or language == self.language:
            return replace(session, beside=None, turned=False)
        return replace(session, beside=language)

    def _agreed_in(self, place: int, language: str) -> "Session":
        frame = self.stack[place].with_answer("language", language)
        return replace(self, stack=(*self.stack[:place], frame, *self.stack[place + 1 :]))

    def _read_by_the_person(self) -> int | None:
        """Where in the stack lies what a professional hands over to read, when nothing but digressions cover it."""
        for place in range(len(self.stack) - 1, -1, -1):
            frame = self.stack[place]
            if frame.flow == "menu":
                return None
            if frame.flow in ("consent", "receipt"):
                theirs = (frame.flow, frame.step) in READ_BY_THE_PERSON
                return place if theirs and frame.answer("language") else None
        return None
