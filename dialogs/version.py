"""How a text of law stood for a time: what `passerelle content asof` answers from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from dialogs.topic import Status, in_force, verified

Matter = Literal["definition", "card", "resident_card", "reflection_period", "exit_path", "housing"]
MATTERS: tuple[Matter, ...] = get_args(Matter)


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a matter, from its first to its last day; None where it still stands, or began before all we know.

    The other keys are a fact's. `text` is English and for the command line: nothing of it is said in a conversation.
    """

    id: str
    of: Matter
    text: str
    status: Status
    source: str
    checked_on: str
    valid_from: str | None = None
    valid_to: str | None = None

    def stood_on(self, day: date) -> bool:
        """Whether this was the text on that day, as far as it was verified."""
        return verified(self.status) and in_force(self.valid_from, self.valid_to, day)


def as_of(versions: Iterable[Version], day: date) -> dict[Matter, tuple[Version, ...]]:
    """What stood on a day, for every matter; empty where nothing is known for that day."""
    standing = [version for version in versions if version.stood_on(day)]
    return {matter: tuple(v for v in standing if v.of == matter) for matter in MATTERS}
