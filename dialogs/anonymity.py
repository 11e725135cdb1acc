"""Which details of a request, told together, may point to one person. The rules are in dialogs/anonymity.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dialogs.commands import DAYS_SAFE, NO_SHELTER, Triage

COARSENED = ("department", "avoid", "dependants", "forms", "safe_until")  # what can be told less exactly
LENGTHS = (
    0,
    *DAYS_SAFE.values(),
)  # days from the sending: a roof's day that tells no more than one of them is not exact


@dataclass(frozen=True, slots=True)
class Trait:
    """A detail that few people share: at least `at_least` values of a triage field that are, or are not, among `values`.

    `at_most`: it holds only while the field has no more values than that (0: however many). `exact_day`: instead of all
    this, the field is a day that is none of the lengths that buttons tell.
    """

    id: str
    field: str
    values: frozenset[str]
    among: bool = True
    at_least: int = 1
    at_most: int = 0
    exact_day: bool = False

    def holds(self, triage: Triage, on: date) -> bool:
        """Whether the request has it, on the day of sending."""
        told = _values(triage, self.field)
        if self.exact_day:
            return any(_exact(value, on) for value in told)
        counted = sum((value in self.values) is self.among for value in told)
        return counted >= self.at_least and (not self.at_most or len(told) <= self.at_most)


@dataclass(frozen=True, slots=True)
class Rule:
    """Traits that together may point to one person, and the fields that can be told less exactly."""

    id: str
    traits: tuple[Trait, ...]
    coarsen: tuple[str, ...]

    def holds(self, triage: Triage, on: date) -> bool:
        """Whether the request has all of them, on the day of sending."""
        return all(trait.holds(triage, on) for trait in self.traits)


@dataclass(frozen=True, slots=True)
class Anonymity:
    """The rules, and the codes of the départements of each region."""

    rules: tuple[Rule, ...] = ()
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def broken(self, triage: Triage, on: date) -> tuple[Rule, ...]:
        """The rules that the request falls under on the day of sending, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.holds(triage, on))

    def less(self, triage: Triage, what: str, on: date) -> tuple[str, ...]:
        """The values of a field of COARSENED told less exactly; empty when it is left out. Raises KeyError on another."""
        told = _values(triage, what)
        match what:
            case "department":
                return ()
            case "avoid":
                return self._whole_regions(told)
            case "dependants":
                return _only_more_than_one(told)
            case "forms":
                return tuple("other" if value == "organ" else value for value in told)
            case "safe_until":
                return tuple(_only_a_length(value, on) for value in told)
            case _:
                raise KeyError(what)

    def _whole_regions(self, codes: Iterable[str]) -> tuple[str, ...]:
        """All départements of the regions of these: farther from the danger, and less telling."""
        wanted = set(codes)
        return tuple(sorted(code for region in self.regions.values() if wanted & set(region) for code in region))


def details(rules: Iterable[Rule]) -> tuple[str, ...]:
    """The triage fields that these rules speak of, each once."""
    return tuple(dict.fromkeys(trait.field for rule in rules for trait in rule.traits))


def _values(triage: Triage, field: str) -> tuple[str, ...]:
    told = getattr(triage, field)
    return told if isinstance(told, tuple) else () if told is None else (told,)


def _only_more_than_one(told: Iterable[str]) -> tuple[str, ...]:
    others = tuple(value for value in told if not value.startswith("child_") and value != "several_children")
    return ("several_children", *others)


def _exact(day: str, on: date) -> bool:
    """Whether a day tells more than a length. The day before counts too: what was prepared before midnight may come after."""
    ahead = (date.fromisoformat(day) - on).days
    return day != NO_SHELTER and ahead not in LENGTHS and ahead + 1 not in LENGTHS


def _only_a_length(day: str, on: date) -> str:
    """The longest length that ends no later: nobody is thought to be safe for longer than they said."""
    if not _exact(day, on):
        return day
    ahead = (date.fromisoformat(day) - on).days
    return (on + timedelta(days=max((length for length in LENGTHS if length <= ahead), default=0))).isoformat()
