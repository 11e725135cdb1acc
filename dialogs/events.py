"""What reaches the engine. Each event carries its time and whether the coordination can be written to."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogs import agenda
from dialogs.purposes import Purpose
from dialogs.understanding import NOTHING, Understanding

CommandName = Literal["start", "menu", "language", "help", "hide", "erase"]
Holder = Literal["person", "professional"]
WAIT_MINUTES = 15  # too many wrong receipts within these, and no other one is tried before they have passed


@dataclass(frozen=True, slots=True)
class Standing:
    """How a request stands now. `reason`, `alternative`: why it was declined, and what fits instead (ids, or "").

    `takes`: whether a message can be sent to it. `unshown`: the language of the person's receipt while nobody saw it.
    `look_on`: the working day (YYYY-MM-DD) after it arrived, on which there is first something to look for, or "".
    `ping`: whether the person is to be written to once, when there is something new. `speaks`: the person's languages (ISO codes).
    `without`: the purposes that the person does not agree to (any more); `until`: the last day of what they agree to.
    """

    state: str = ""
    reason: str = ""
    alternative: str = ""
    takes: bool = True
    unshown: str = ""
    look_on: str = ""
    without: tuple[Purpose, ...] = ()
    until: str = ""
    speaks: tuple[str, ...] = ()
    ping: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptSeen:
    """What the host found when a text looked like a receipt.

    `mistyped`: the check does not fit; `unknown`: no such referral; `wait`: too many tries; `busy`: too many people are
    opening receipts; `open`: the rest is filled. `messages` are the coordination's as they were sealed
    (dialogs/letters.py), oldest first; `safe_word`: by which it is known on the telephone, or "". `sign_up`: the receipt
    is of a training, and the rest of it. `number`: how many its holder has had; `last`: the day (YYYY-MM-DD) on which it
    was opened before, or "".
    """

    outcome: Literal["open", "mistyped", "unknown", "wait", "busy"]
    referral: str = ""
    holder: Holder = "person"
    standing: Standing = Standing()
    liaison: bool = False
    messages: tuple[str, ...] = ()
    safe_word: str = ""
    sign_up: agenda.Standing | None = None
    number: int = 1
    last: str = ""


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """What the host found when a text looked like a professional code.

    `mistyped`: the check does not fit; `unknown`: it opens nothing (any more); `wait`: too many tries; `open`: it is in
    force, and `number` is its place in the database.
    """

    outcome: Literal["open", "mistyped", "unknown", "wait"]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """First contact, or /start."""

    at: int
    sealing: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Free text, already redacted. `receipt` is set when the text was a receipt, `code` when it was a professional code.

    `text` is then empty. `shared`: it came with something that is not opened (words under a photo).
    """

    at: int
    text: str
    understanding: Understanding = NOTHING
    receipt: ReceiptSeen | None = None
    sealing: bool = False
    shared: bool = False
    code: CodeSeen | None = None


@dataclass(frozen=True, slots=True)
class Chose:
    """A tap. `turn`: the turn in which the button was shown."""

    at: int
    choice: str
    turn: int
    sealing: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A command typed as such (/menu)."""

    at: int
    command: CommandName
    sealing: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """A photo, voice, contact or place: never downloaded."""

    at: int
    sealing: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """The words of an earlier message were changed. What spoke of danger or was a receipt comes as `Said`."""

    at: int
    sealing: bool = False


Event: TypeAlias = Started | Said | Chose | Asked | Shared | Edited
