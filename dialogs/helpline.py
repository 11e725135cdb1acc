"""Telephone numbers: data with a date, never part of a sentence that is translated."""

from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.text import Text

NEEDS = (
    "threat", "medical", "suicide", "minor", "silent", "violence", "rights", "abroad", "roof", "work", "referral",
)  # fmt: skip
EMERGENCY = ("15", "17", "18", "112", "114")
FRESH_FOR = timedelta(days=182)  # facts §4: a number is shown only while its check is younger than six months


@dataclass(frozen=True, slots=True)
class Helpline:
    """A number that dials. `permanent` (those of EMERGENCY) never disappears and needs no fresh check.

    `fits`: what it is for, of NEEDS. `status`: as a fact's, or `V1-old`, `V2-old`: seen only in old pages, not shown.
    `name` and `note` are translated; `number` is not. `scheme` is `tel` or `sms`. `languages`: ISO codes spoken.
    `country`: ISO code; only FR and EU numbers are offered in danger.
    """

    id: str
    number: str
    name: Text
    fits: tuple[str, ...]
    status: str
    source: str
    checked_on: str
    note: Text | None = None
    scheme: str = "tel"
    languages: tuple[str, ...] = ("fr",)
    country: str = "FR"
    permanent: bool = False

    def shown_on(self, day: date) -> bool:
        """Whether the number may be shown on that day."""
        if self.permanent:
            return True
        fresh = day - date.fromisoformat(self.checked_on) <= FRESH_FOR
        return self.status in ("V1", "V2") and fresh

    @property
    def url(self) -> str:
        """The link that dials or writes."""
        return f"{self.scheme}:{self.number.replace(' ', '')}"
