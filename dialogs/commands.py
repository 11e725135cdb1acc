"""What the engine asks of its host. All are performed in the turn's transaction."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogs.events import Holder
from dialogs.letters import Letter
from dialogs.purposes import Purpose
from dialogs.text import Text

NO_SHELTER = "0001-01-01"  # instead of a day: there is no shelter at all; it sorts before all days
DAYS_SAFE = {"tonight": 1, "days": 3, "week": 7, "month": 30}  # how long a roof is safe, as buttons tell it
Urgency = Literal["immediate", "soon", "normal"]
AgeGroup = Literal["adult", "minor", "unknown"]
Referrer = Literal["professional", "self"]


@dataclass(frozen=True, slots=True)
class Triage:
    """The clear fields of a referral (docs/threat-model.md): all that a stolen database tells.

    `department` and `avoid` are codes ("06", "2A", "974"); `languages` are ISO codes; `safe_until` is a day
    (YYYY-MM-DD, in Paris), NO_SHELTER when there is none at all, or None when not known; the other strings are ids
    listed in dialogs/flows/referral/fields.py.
    """

    referrer: Referrer
    urgency: Urgency = "normal"
    age_group: AgeGroup = "unknown"
    gender: str = "unsaid"
    department: str | None = None
    avoid: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: str = "unknown"
    forms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    pregnancy: str = "unsaid"
    dependants: tuple[str, ...] = ()
    status: str = "unknown"
    complaint: str = "unknown"
    wishes: tuple[str, ...] = ()
    safe_until: str | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What was agreed to: the sentences shown, in which language, for what; the host stores the hash of their words."""

    text: tuple[Text, ...]
    language: str
    version: str
    purposes: tuple[Purpose, ...] = ("search", "contact")


@dataclass(frozen=True, slots=True)
class SubmitReferral:
    """Put a referral in the queue. `note`, `callback` and `call` are sealed to the coordination, never stored in clear.

    `also`: what was asked and agreed to apart from the request itself.

    Makes the receipt of who sends it. A professional's referral gets the person's by `IssueReceipt`.
    """

    triage: Triage
    consent: Consent
    note: str | None = None
    callback: str | None = None
    call: str | None = None
    also: tuple[Consent, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueReceipt:
    """Make the person's receipt of a professional's referral, to be shown in this turn: they have the device now."""

    referral: str


@dataclass(frozen=True, slots=True)
class ReplaceReceipt:
    """Make a new receipt for who holds number `number` of theirs, to be shown in this turn; the old one dies."""

    referral: str
    holder: Holder
    number: int


@dataclass(frozen=True, slots=True)
class ReplaceSignUpReceipt:
    """Make a new receipt of a sign-up that was made in this conversation, to be shown in this turn; the old one dies."""

    sign_up: str


@dataclass(frozen=True, slots=True)
class PostMessage:
    """A receipt's holder writes to the coordination. `urgent`: it spoke of danger, and the queue may know that."""

    referral: str
    holder: Holder
    letter: Letter
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class DecideOnProposal:
    """The person agrees to what the coordination proposed, or does not, or not any more."""

    referral: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class WithdrawReferral:
    """The person takes the request back: what was sealed is made unreadable, what was answered is emptied."""

    referral: str


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """The person agrees to a purpose of a request that was sent, again or for the first time."""

    referral: str
    consent: Consent


@dataclass(frozen=True, slots=True)
class WithdrawConsent:
    """The person takes one purpose back; what was sealed for it alone is made unreadable. The request goes on."""

    referral: str
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class AskForPing:
    """The person wants one message here, where they write from, when there is something new."""

    referral: str


@dataclass(frozen=True, slots=True)
class CutPing:
    """The person does not want it any more: where to write is forgotten."""

    referral: str


@dataclass(frozen=True, slots=True)
class SignUp:
    """Take a seat at a training, or the next place on its waiting list; makes one receipt, for a professional.

    `organisation`: an id of dialogs/agenda.py. `contact` is sealed to the coordination, never stored in clear.
    """

    training: str
    organisation: str
    contact: str


@dataclass(frozen=True, slots=True)
class CancelSignUp:
    """Give a seat, or a place on a waiting list, back: the contact is made unreadable."""

    sign_up: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase the stored conversation."""


@dataclass(frozen=True, slots=True)
class Hide:
    """Take what can be taken off the device's screen (Telegram: delete messages; web: go to a neutral page)."""


Command: TypeAlias = (
    SubmitReferral
    | IssueReceipt
    | ReplaceReceipt
    | ReplaceSignUpReceipt
    | PostMessage
    | DecideOnProposal
    | WithdrawReferral
    | GiveConsent
    | WithdrawConsent
    | AskForPing
    | CutPing
    | SignUp
    | CancelSignUp
    | Forget
    | Hide
)
