"""What hearing more danger costs in false alarms, over all messages of the tests: `python -m bench.curve`."""

import time
from collections.abc import Sequence
from pathlib import Path

from nlu.material import files, messages
from nlu.redaction import redact
from nlu.understanding import EmbeddedUnderstander

TESTS = Path(__file__).parents[1] / "tests" / "nlu"
HIGHER = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
KINDS = {"report_danger": ("threat", "medical"), "report_suicidal": ("suicide",), "report_minor": ("minor",)}
MAY_TELL = frozenset((*KINDS, "report_exploitation", "quick_exit"))  # what may tell danger without being marked so

Case = tuple[str, str]  # text, intent


def main() -> None:
    """Print a row for each height of the bars."""
    kinds = {"ordinary": cases("ordinary"), "hard": cases("hard")}
    print("bars    danger  suicide  minor   false alarms: ordinary  hard")
    for higher in HIGHER:
        hears = EmbeddedUnderstander(time.gmtime().tm_year, higher=higher)
        both = [case for told in kinds.values() for case in told]
        recalls = "   ".join(f"{recall(hears, both, intent):.3f}" for intent in KINDS)
        alarms = "     ".join(f"{false_alarms(hears, told):.3f}" for told in kinds.values())
        print(f"{higher:+.1f}    {recalls}   {alarms}")


def cases(name: str) -> list[Case]:
    """The messages of a kind of test, in all languages."""
    paths = files(sorted(TESTS.glob(f"*/{name}.yml")))
    return [(redact(text).text, intent) for path in paths for intent, text in messages(path)]


def recall(hears: EmbeddedUnderstander, told: Sequence[Case], intent: str) -> float:
    """The share of the messages of an intent in which its danger is heard."""
    those = [hears.understand(text, None).danger for text, meant in told if meant == intent]
    return sum(not set(danger).isdisjoint(KINDS[intent]) for danger in those) / len(those)


def false_alarms(hears: EmbeddedUnderstander, told: Sequence[Case]) -> float:
    """The share of the messages that surely tell none in which some danger is heard."""
    those = [hears.understand(text, None).danger for text, meant in told if meant not in MAY_TELL]
    return sum(map(bool, those)) / len(those)


if __name__ == "__main__":
    main()
