"""The agenda: trainings for professionals as the coordination announces them, and how a sign-up for one stands."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from dialogs.text import Text, say

TrainingState: TypeAlias = Literal["open", "closed", "cancelled"]
SignUpState: TypeAlias = Literal["seat", "confirmed", "waiting", "cancelled", "removed", "attended", "absent"]
TRAINING_STATES: tuple[TrainingState, ...] = get_args(TrainingState)
MOST_WAITING = 50  # on a waiting list
CONTACT_DAYS = 14  # how long a sign-up's contact is kept after the training
SIGN_UP_DAYS = 90  # how long what a receipt opens is kept after it

# Ac.Sé's seven subjects (dialogs/topics/training.toml: subjects).
MODULES: dict[str, Text] = {
    "law": say("training", "The law, national and international"),
    "forms": say("training", "Trafficking and the forms of exploitation"),
    "risk": say("training", "The risk evaluation protocol"),
    "trauma": say("training", "Post-traumatic stress, in identification and care"),
    "indicators": say("training", "Indicators"),
    "interview": say("training", "The identification interview"),
    "rights": say("training", "Support and access to rights, repatriation included"),
}
ORGANISATIONS: dict[str, Text] = {
    "social": say("training", "Social and medico-social service"),
    "health": say("training", "Health care"),
    "police": say("training", "Police or gendarmerie"),
    "justice": say("training", "Justice"),
    "asylum": say("training", "Shelter for asylum seekers"),
    "retention": say("training", "Administrative detention centre"),
    "children": say("training", "Child protection"),
    "association": say("training", "Association"),
    "teaching": say("training", "Teaching, French courses"),
    "other": say("training", "Other"),
}
EVERYBODY = say("training", "All professionals")


@dataclass(frozen=True, slots=True)
class TrainingDay:
    """One day of a training: YYYY-MM-DD, from HH:MM until HH:MM, as clocks in Paris show it."""

    day: str
    begins: str
    ends: str


@dataclass(frozen=True, slots=True)
class Training:
    """A training as it is announced. `begins_at`, `ends_at`: Unix seconds; `revision` grows with each change of it.

    `modules`: ids of MODULES; `own_modules`: others, in the coordination's words; `audience`: ids of ORGANISATIONS, none
    for everybody; `department`: a code; `signed_up`: how many sign-ups stand, with a seat or waiting for one.
    """

    id: str
    state: TrainingState
    days: tuple[TrainingDay, ...]
    begins_at: int
    ends_at: int
    town: str
    department: str
    seats: int
    modules: tuple[str, ...] = ()
    own_modules: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    language: str = "fr"
    remark: str = ""
    revision: int = 0
    changed_at: int = 0
    signed_up: int = 0

    @property
    def free(self) -> int:
        """Seats that nobody holds."""
        return max(0, self.seats - self.signed_up)

    @property
    def waiting(self) -> int:
        """Sign-ups without a seat."""
        return max(0, self.signed_up - self.seats)

    def coming(self, at: int) -> bool:
        """Whether it has not begun at `at` (Unix seconds)."""
        return at < self.begins_at

    def takes(self, at: int) -> bool:
        """Whether somebody can sign up, for a seat or for the waiting list."""
        return self.state == "open" and self.coming(at) and self.waiting < MOST_WAITING


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sign-up stands. `position`: the place on the waiting list, from 1; 0 with a seat.

    `changed`: the training was changed since. A `training` that is "" is not there any more.
    """

    sign_up: str
    training: str = ""
    state: SignUpState = "cancelled"
    position: int = 0
    changed: bool = False
