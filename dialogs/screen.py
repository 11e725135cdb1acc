"""What a person sees, on any channel."""

from dataclasses import dataclass
from typing import Literal

from dialogs.text import Text

Role = Literal["answer", "link", "hand", "danger", "back", "menu", "leave"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. With `url` (tel:, sms:, https:) it is a link and never an answer; with role `hand` it turns the device.

    `intent`: the intent that, typed, means this choice (affirm for "Yes").
    """

    id: str
    label: Text
    url: str | None = None
    role: Role = "answer"
    intent: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """Paragraphs and choices. Only the last screen of a turn has choices.

    `language`: shown in this language whatever the session's is (a consent read by the person beside a professional).
    `discreet`: once answered, a channel that keeps messages edits the answer away.
    `asks_contact`: asks for the professional's own work number, which is therefore not redacted but sealed.
    `once`: holds a value that is shown once and never repainted.
    `asks_receipt`: asks for parts of a receipt, which are compared and kept nowhere, and therefore not redacted either.
    `verbatim`: what is typed here is a message, and never one of its answers, though it says the same.
    `deliberate`: its answers are given by a tap or by a plain word, and never by what a text is only like.
    `alone`: where two read together, this is for the professional alone.
    `beside`: the same for the person beside the professional, its choices in the same order.
    """

    text: tuple[Text, ...]
    choices: tuple[Choice, ...] = ()
    asks_text: bool = False
    language: str | None = None
    discreet: bool = False
    once: bool = False
    asks_contact: bool = False
    asks_receipt: bool = False
    verbatim: bool = False
    deliberate: bool = False
    alone: bool = False
    beside: "Screen | None" = None
