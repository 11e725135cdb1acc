"""What a free text seems to mean, as the engine is told it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """A value found in a text: kind is `language` (a code) or `age` (in years)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text seems to mean. `intent` is None when unsure; `confidence` and the ranking's are 0 to 1.

    `danger`: kinds found by the danger layer: `threat`, `suicide`, `medical`, `minor`; they need no confidence.
    `unsure`: those of them that likeness alone tells, and no rule.
    """

    intent: str | None = None
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    language: str | None = None
    danger: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


NOTHING = Understanding()
