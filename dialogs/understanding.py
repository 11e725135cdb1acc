"""What a free text seems to mean, as the engine is told it."""

from dataclasses import dataclass

OFFERED = 3  # guesses at most
WORTH_OFFERING, WORTH_A_LOOK = 0.15, 0.03  # of the likeliest intent, and of those offered beside it


@dataclass(frozen=True, slots=True)
class Entity:
    """A value found in a text: kind is `language` (a code) or `age` (in years)."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text seems to mean. `intent` is None when unsure; `confidence` and the ranking's are 0 to 1.

    `ranking`: every intent that it may be, the likeliest first.
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

    @property
    def guesses(self) -> tuple[str, ...]:
        """The intents worth offering as a choice, the likeliest first; none where not even that one is likely."""
        if not self.ranking or self.ranking[0][1] < WORTH_OFFERING:
            return ()
        return tuple(intent for intent, likely in self.ranking[:OFFERED] if likely >= WORTH_A_LOOK)


NOTHING = Understanding()
