"""Telephone numbers: data with a date, never part of a sentence that is translated."""

import re
from collections.abc import Iterable
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
    `country`: ISO code; only FR and EU numbers are offered in danger. `hidden`: an editor took it out of sight.
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
    hidden: bool = False

    def shown_on(self, day: date) -> bool:
        """Whether the number may be shown on that day."""
        if self.permanent:
            return True
        return self.status in ("V1", "V2") and not self.hidden and not self.stale_on(day)

    def stale_on(self, day: date) -> bool:
        """Whether it was checked too long ago to be trusted."""
        return not self.permanent and day - date.fromisoformat(self.checked_on) > FRESH_FOR

    @property
    def url(self) -> str:
        """The link that dials or writes."""
        return f"{self.scheme}:{self.number.replace(' ', '')}"


def number_in(words: str, helplines: Iterable[Helpline]) -> str:
    """The number of a helpline that a sentence holds, as it stands there, or "".

    Two digits alone say nothing (an age, a day).
    """
    digits = {helpline.url.partition(":")[2] for helpline in helplines}
    spelled = ["[ .\u00a0\u202f-]?".join(map(re.escape, number)) for number in digits if len(number) > 2]
    if not spelled:
        return ""
    found = re.search(rf"(?<![\w.,:/-])(?:{'|'.join(sorted(spelled))})(?![\w]|[.,:/-]\d)", words)
    return found[0] if found else ""
