"""What is written behind a receipt: free words with their language, an answer of the coordination, a button's reply."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogs.text import Text, say

Kind: TypeAlias = Literal["text", "answer", "reply"]
MARK = "\x01"  # no typed text holds it: what is typed is cleaned of control characters

REPLIES: dict[str, Text] = {
    "yes": say("receipt", "Yes"),
    "no": say("receipt", "No"),
    "interpreter": say("receipt", "I need an interpreter"),
    "call": say("receipt", "Call me through the professional"),
    "unsafe": say("receipt", "I am not safe any more"),
}
"""What a person can reply with one tap: each side reads it in their own language."""
URGENT = "unsafe"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message. `said`: the words, or the id of a reply or of an answer; `language`: of free words, "" if not known."""

    said: str
    kind: Kind = "text"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that the coordination can send as it is. `reviewed`: languages in which a native speaker read it."""

    id: str
    text: Text
    reviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """Every answer and every reply, by its id, in a language that has no screens. `reviewed`: a native speaker read them."""

    answers: Mapping[str, str]
    replies: Mapping[str, str]
    reviewed: bool = False


def stored(letter: Letter) -> str:
    """A letter as it is sealed."""
    return MARK.join(("", letter.kind, letter.language, letter.said))


def read(sealed: str) -> Letter:
    """A letter from what was sealed; words without a mark are free words."""
    parts = sealed.split(MARK, 3)
    match parts:
        case ["", "text" | "answer" | "reply" as kind, language, said]:
            return Letter(said, kind, language)
        case _:
            return Letter(sealed)
