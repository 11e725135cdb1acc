"""The examples of every language, as `nlu/data/<language>/*.yml` has them, and what each of them teaches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.knowledge import DATA

DANGERS = {
    "report_danger/threat": "threat",
    "report_danger/medical": "medical",
    "report_suicidal": "suicide",
    "report_minor": "minor",
}
# Examples of these intents may tell the kind of danger without being marked so: they teach nothing of it.
MAY_TELL = {
    "threat": frozenset(
        {"report_danger", "quick_exit", "ask_minors", "ask_health", "ask_psychological_support", "ask_protection",
         "report_exploitation"}
    ),
    "suicide": frozenset({"report_danger", "ask_health", "ask_psychological_support"}),
    "medical": frozenset({"report_danger", "ask_health", "ask_minors"}),
    "minor": frozenset({"report_danger", "ask_minors", "quick_exit"}),
}  # fmt: skip
UNMARKED = frozenset.union(*MAY_TELL.values())
NO_INTENT = ("no_danger/negation", "no_danger/ordinary")
OF_ONE_DANGER = 250  # examples of a danger, in a language, that teach the intents: those are many


@dataclass(frozen=True, slots=True)
class Example:
    """A text, its language, and the intent (`intent/kind` in the danger files) that it tells."""

    text: str
    language: str
    intent: str

    @property
    def kind(self) -> str:
        """The kind of danger, or nothing."""
        return DANGERS.get(self.intent, "")


def examples(folder: Path = DATA) -> Iterator[Example]:
    """Every example of every language."""
    from nlu.material import messages  # for those who train; the assistant itself reads no YAML

    for path in sorted(folder.glob("*/examples*.yml")) + sorted(folder.glob("*/danger_*.yml")):
        for intent, text in messages(path):
            yield Example(text, path.parent.name, intent)


def teaching(every: Sequence[Example]) -> list[int]:
    """The places of the examples that teach intents: of the many of danger some, of figures of speech as many."""
    counts: dict[tuple[str, str], int] = {}
    chosen = []
    for place, example in enumerate(every):
        group = example.language, example.intent
        counts[group] = counts.get(group, 0) + 1
        many = counts[group] > OF_ONE_DANGER and ("/" in example.intent or bool(example.kind))
        if not many and example.intent not in NO_INTENT:
            chosen.append(place)
    return chosen


def intent_of(example: Example) -> str:
    """The intent that an example teaches."""
    name = example.intent.partition("/")[0]
    return "out_of_scope" if name == "no_danger" else name
