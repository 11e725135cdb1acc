"""What is there to learn with: the check of an offer, the definition in pieces, invented cases with worked answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.instrument import Answer, Minor
from dialogs.text import Text

Piece = Literal["act", "means", "purpose"]


@dataclass(frozen=True, slots=True)
class OfferQuestion:
    """One question on an offer of work or of a journey. `warns`: the answer that is a warning, told as `warning`.

    `ask`: what to find out when the answer is not known.
    """

    id: str
    text: Text
    why: Text
    warns: Answer
    warning: Text
    ask: Text


@dataclass(frozen=True, slots=True)
class OfferCheck:
    """The questions on an offer in the order asked, what to do before one goes, and who can tell of a company or a visa (`look_up`)."""

    source: str
    status: str
    checked_on: str
    questions: tuple[OfferQuestion, ...]
    steps: tuple[Text, ...]
    look_up: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One act, means or purpose: a sentence of an invented example, and the law's words for it, not translated."""

    id: str
    name: Text
    story: Text
    law: str


@dataclass(frozen=True, slots=True)
class Definition:
    """The article in pieces. `minors`: its words on minors, not translated."""

    article: str
    minors: str
    source: str
    status: str
    checked_on: str
    pieces: Mapping[Piece, tuple[Element, ...]]

    def element(self, piece: Piece, name: str) -> Element | None:
        """The element of that id, or None."""
        return next((element for element in self.pieces[piece] if element.id == name), None)


@dataclass(frozen=True, slots=True)
class Worked:
    """The worked answer to one question of the situation check, and its reason."""

    answer: Answer
    because: Text


@dataclass(frozen=True, slots=True)
class Exercise:
    """An invented case. `worked`: by question id; what is not in it was asked about in the case and denied."""

    id: str
    title: Text
    order: int
    adult: bool
    facts: tuple[Text, ...]
    worked: Mapping[str, Worked]
    comment: Text

    @property
    def minor(self) -> Minor:
        """Whether the rule for minors holds."""
        return "no" if self.adult else "yes"


@dataclass(frozen=True, slots=True)
class Learning:
    """All of it; `exercises` by id, in the order of the list."""

    offer: OfferCheck
    definition: Definition
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
