"""Which details of a request, told together, may point to one person. The rules are in dialogs/anonymity.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dialogs.commands import Triage

COARSENED = ("department", "avoid", "dependants", "forms")  # what can be told less exactly


@dataclass(frozen=True, slots=True)
class Trait:
    """A detail that few people share: at least `at_least` values of a triage field that are, or are not, among `values`.

    `at_most`: it holds only while the field has no more values than that (0: however many).
    """

    id: str
    field: str
    values: frozenset[str]
    among: bool = True
    at_least: int = 1
    at_most: int = 0

    def holds(self, triage: Triage) -> bool:
        """Whether the request has it."""
        told = _values(triage, self.field)
        counted = sum((value in self.values) is self.among for value in told)
        return counted >= self.at_least and (not self.at_most or len(told) <= self.at_most)


@dataclass(frozen=True, slots=True)
class Rule:
    """Traits that together may point to one person, and the fields that can be told less exactly."""

    id: str
    traits: tuple[Trait, ...]
    coarsen: tuple[str, ...]

    def holds(self, triage: Triage) -> bool:
        """Whether the request has all of them."""
        return all(trait.holds(triage) for trait in self.traits)


@dataclass(frozen=True, slots=True)
class Anonymity:
    """The rules, and the codes of the départements of each region."""

    rules: tuple[Rule, ...] = ()
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def broken(self, triage: Triage) -> tuple[Rule, ...]:
        """The rules that the request falls under, in the order of the file."""
        return tuple(rule for rule in self.rules if rule.holds(triage))

    def less(self, triage: Triage, what: str) -> tuple[str, ...]:
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
