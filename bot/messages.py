"""What passes the doors: `Incoming` from a channel, `Reply` back to it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from dialogs.events import CommandName, Holder
from dialogs.screen import Role

Channel = Literal["telegram", "web", "terminal"]
Direction = Literal["ltr", "rtl"]


class Button(Protocol):
    """A choice, in words or not yet."""

    @property
    def role(self) -> Role:
        """What it is for."""


AnyButton = TypeVar("AnyButton", bound=Button)


def both(label: str, beside: str | None) -> str:
    """A button's words for two who read together, each kept in its own direction; once where they are the same."""
    return label if beside is None or beside == label else f"\u2068{label}\u2069 · \u2068{beside}\u2069"


def numbered(choices: Sequence[AnyButton]) -> list[AnyButton]:
    """Those that can be chosen by a number, in its order from 1: the answers.

    What calls and what leads out have none: a child of 7 does not mean the seventh button.
    """
    return [choice for choice in choices if choice.role == "answer"]


@dataclass(frozen=True, slots=True)
class Tap:
    """A button: the turn it was shown in, and its id: a place would mean another once a button before it is gone."""

    turn: int
    choice: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a channel got, nothing decided. One of text, tap, command, shared is set; none means "started".

    `text` with `shared`: words that came with something that is not opened. `edited`: the text of an earlier message.

    `address`: where it came from (chat id, cookie); never stored in clear. `key`: the same for a repeat of the same
    message, so that it is dropped. `language`: what the device says. `origin`: the channel's own note, handed back
    with the reply (Telegram: which message a tap was on).
    """

    channel: Channel
    address: str
    key: str
    at: int
    language: str | None = None
    text: str | None = None
    tap: Tap | None = None
    command: CommandName | None = None
    shared: bool = False
    edited: bool = False
    origin: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """A button in words; `beside`: in those of the person who reads together with a professional."""

    id: str
    label: str
    url: str | None
    role: Role
    beside: str | None = None


@dataclass(frozen=True, slots=True)
class Half:
    """A screen's paragraphs for the person who reads together with a professional, their language and direction."""

    text: tuple[str, ...]
    language: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen in words: paragraphs, choices, and the language and direction they are in.

    `verbatim`: what is typed is a message; the answers that one tap gives come first.
    `beside`: the same for the person who reads together with a professional.
    """

    text: tuple[str, ...]
    choices: tuple[ShownChoice, ...]
    asks_text: bool
    language: str
    direction: Direction
    discreet: bool = False
    once: bool = False
    verbatim: bool = False
    beside: Half | None = None


@dataclass(frozen=True, slots=True)
class ShownReceipt:
    """A receipt in words and digits, on the one reply that shows it."""

    words: str
    digits: str
    holder: Holder


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A heading and its lines in words; `blank`: how many empty lines to write on."""

    heading: str
    lines: tuple[str, ...]
    blank: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet to print, made for one look at it and kept nowhere."""

    language: str
    sections: tuple[PrintedSection, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What one message led to. `delivery` names the outbox row to acknowledge once it has surely been sent.

    `turned`: the device is turned to the person beside a professional. `taken` is the label of the tapped choice;
    `ended` that the conversation is over (hidden or erased); `hide` that what can be removed from the device should be;
    `clear` are the ids of the messages to delete.
    """

    turn: int
    language: str
    flow: str
    step: str
    screens: tuple[Shown, ...]
    commands: tuple[str, ...] = ()
    receipts: tuple[ShownReceipt, ...] = ()
    taken: str | None = None
    taken_discreet: bool = False
    ended: bool = False
    hide: bool = False
    clear: tuple[int, ...] = ()
    repeated: bool = False
    turned: bool = False
    delivery: int | None = None
    origin: dict[str, str | int] = field(default_factory=dict)
