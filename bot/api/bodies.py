"""What is sent to the API and what it answers, as models: they check each request, and make its description."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

from dialogs.commands import NO_SHELTER, AgeGroup, Referrer, Triage, Urgency
from dialogs.events import Holder
from dialogs.flows.referral.fields import LANGUAGES, OPTIONS
from services.places.capacity import WHO
from services.referrals.life import ALTERNATIVES, REASONS, STATES

DIGEST = "^[0-9a-f]{64}$"
DEPARTMENT = r"^(\d{2}|2[AB]|97\d)$"


class Body(BaseModel):
    """Frozen, and with no field that is not described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _one_of(ids: Iterable[str]) -> Any:
    """What is written beside a string that is one of `ids`."""
    known: list[Any] = list(dict.fromkeys(ids))
    return Field(pattern=f"^({'|'.join(map(re.escape, known))})$", json_schema_extra={"enum": known})


def _option(field: str) -> Any:
    return _one_of(choice.id for choice in OPTIONS[field])


Department = Annotated[str, Field(pattern=DEPARTMENT)]
Language = Annotated[str, _one_of(LANGUAGES)]
FEW = Field(max_length=12)


class TriageBody(Body):
    """The clear fields. All but `referrer` may be left out: what is not needed is better not sent."""

    referrer: Referrer
    urgency: Urgency = "normal"
    age_group: Annotated[AgeGroup, Field(description="An unknown age is treated as possibly a minor's.")] = "unknown"
    gender: Annotated[str, _option("gender")] = "unsaid"
    department: Annotated[Department | None, Field(description="Where the person is now.")] = None
    avoid: Annotated[tuple[Department, ...], Field(max_length=101, description="Where nobody may place them.")] = ()
    languages: Annotated[tuple[Language, ...], FEW] = ()
    interpreter: Annotated[str, _option("interpreter")] = "unknown"
    forms: Annotated[tuple[Annotated[str, _option("forms")], ...], FEW] = ()
    needs: Annotated[tuple[Annotated[str, _option("needs")], ...], FEW] = ()
    pregnancy: Annotated[str, _option("pregnancy")] = "unsaid"
    dependants: Annotated[tuple[Annotated[str, _option("dependants")], ...], FEW] = ()
    status: Annotated[str, _option("status")] = "unknown"
    complaint: Annotated[str, _option("complaint")] = "unknown"
    wishes: Annotated[tuple[Annotated[str, _option("wishes")], ...], FEW] = ()
    safe_until: Annotated[
        date | Literal["none"] | None,
        Field(
            description="The last safe night's day in Paris; `none`: no shelter at all; null: not known. "
            "Not exact: today's and 0, 1, 3, 7 or 30 days."
        ),
    ] = None

    def triage(self) -> Triage:
        """The same, as the queue takes it."""
        told = {name: getattr(self, name) for name in type(self).model_fields}
        until = NO_SHELTER if self.safe_until == "none" else self.safe_until and str(self.safe_until)
        return Triage(**told | {"safe_until": until})


class ConsentAsked(Body):
    """For which request words of consent are needed, and in which language the person reads them."""

    triage: TriageBody
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")]
    note: Annotated[bool, Field(description="Whether a note will be sealed.")] = False
    callback: Annotated[bool, Field(description="Whether a professional's contact will be sealed.")] = False


class Asking(Body):
    """A question that is asked apart, whole and unchanged."""

    text: tuple[str, ...]
    sha256: str


class ConsentWords(Body):
    """What the person must read, or hear, whole and unchanged, before they agree."""

    version: str
    language: str
    text: tuple[str, ...]
    sha256: Annotated[str, Field(description="Of the lines, joined with line feeds, in UTF-8.")]
    statistics: Annotated[Asking, Field(description="Asked afterwards; the request is sent in either case.")]


class Agreement(Body):
    """That the person agreed, to which words."""

    version: Annotated[str, Field(max_length=40)]
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$")]
    sha256: Annotated[str, Field(pattern=DIGEST)]
    contact: Annotated[bool, Field(description="Whether the coordination may write behind the receipt.")] = False
    statistics: Annotated[
        str | None, Field(pattern=DIGEST, description="The hash of the other question, where they said yes to it.")
    ] = None


class SealedBody(Body):
    """The free words, sealed by the tool (docs/api.md); the server cannot open them."""

    key: Annotated[int, Field(ge=1, description="The number of the coordination's key that it was sealed to.")]
    referral: Annotated[str, Field(max_length=20, description="The id that it was sealed with.")]
    data_key: Base64Bytes
    note: Base64Bytes | None = None
    callback: Base64Bytes | None = None


class ReferralBody(Body):
    """A referral to hand in."""

    triage: TriageBody
    consent: Agreement
    language: Annotated[str, Field(pattern="^[a-z]{2,3}$", description="In which the receipt's words are.")] = "fr"
    sealed: SealedBody | None = None
    details_accepted: Annotated[
        bool, Field(description="The person knows that these details together may point to them, and sends them.")
    ] = False


class ReceiptBody(Body):
    """A receipt: whoever holds it is who it says."""

    holder: Holder
    words: str
    digits: str


class HandedInBody(Body):
    """A referral in the queue. Show the receipt once, let it be written down, and keep it nowhere."""

    referral: str
    receipt: ReceiptBody


class StateAsked(Body):
    """A receipt as it was typed, in words or in digits."""

    receipt: Annotated[str, Field(min_length=1, max_length=400)]


class Declined(Body):
    """Why, and what else there is."""

    reason: Annotated[str, _one_of(REASONS)]
    alternative: Annotated[str, _one_of(ALTERNATIVES)]


class StateBody(Body):
    """How a referral stands, for who holds the receipt."""

    state: Annotated[str, _one_of(STATES)]
    holder: Holder
    declined: Declined | None
    takes_messages: bool
    answers: Annotated[int, Field(description="How many messages wait in the chat, behind the same receipt.")]


class KeyBody(Body):
    """The coordination's key in force."""

    token: Annotated[int, Field(description="The number of the token that asks: the referral's id is made of it.")]
    key: int
    public_key: Annotated[str, Field(description="X25519, 32 bytes in base64.")]


class PlacesHere(Body):
    """Places of a region for women, men or both; one that takes several is counted with each."""

    zone: str
    who: Annotated[str, _one_of(WHO)]
    free: Annotated[int, Field(description="Confirmed lately enough, and not held.")]
    held: int
    faded: Annotated[int, Field(description="Of the free ones, those that were confirmed some time ago.")]
    unsure: Annotated[int, Field(description="Groups of places that nobody confirmed for long: not counted as free.")]


class PlacesBody(Body):
    """The network's capacity on a day."""

    day: date
    places: tuple[PlacesHere, ...]


class ProblemBody(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: tuple[dict[str, str], ...] = ()
