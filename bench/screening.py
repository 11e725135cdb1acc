"""`python -m bench.screening`: how many questions adaptive asking saves, for people who answer in various ways."""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from typing import get_args

from dialogs.adaptive import next_question
from dialogs.instrument import Answer, Instrument, Minor, minor_for, questions_for
from dialogs.reading import read_library

ANSWERS: tuple[Answer, ...] = get_args(Answer)
SEED = 4
WAYS: dict[str, tuple[float, ...] | None] = {  # shares of yes, no, unknown, skip; None: other shares for each person
    "any shares": None,
    "mostly yes": (0.7, 0.15, 0.1, 0.05),
    "half and half": (0.4, 0.4, 0.15, 0.05),
    "mostly no": (0.1, 0.75, 0.1, 0.05),
    "mostly unknown": (0.1, 0.1, 0.6, 0.2),
    "all no": (0, 1, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Saved:
    """Questions of the full questionnaire and those not asked, for one instrument and one way of answering."""

    instrument: str
    age: str
    way: str
    questions: int
    median: float
    tenth: float
    ninetieth: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser("bench.screening", description=__doc__)
    parser.add_argument("--people", type=int, default=500, help="for each instrument, age and way of answering")
    parser.add_argument("--json", action="store_true", help="as JSON")
    options = parser.parse_args()
    rows = [row for instrument in read_library().instruments.values() for row in measured(instrument, options.people)]
    if options.json:
        print(json.dumps([{name: getattr(row, name) for name in Saved.__slots__} for row in rows]))
        return 0
    print(f"Questions saved by adaptive asking; {options.people} people in each line, seed {SEED}")
    print(f"{'instrument':17} {'age':6} {'way of answering':15} {'of':>3} {'median':>7}  10 to 90 %")
    for row in rows:
        told = f"{row.questions:3} {row.median:7.1f}  {row.tenth:.0f} to {row.ninetieth:.0f}"
        print(f"{row.instrument:17} {row.age:6} {row.way:15} {told}")
    return 0


def measured(instrument: Instrument, people: int) -> Iterator[Saved]:
    """One line for each age the instrument is made for, and each way of answering."""
    dice = random.Random(SEED)
    for age, adult in (("adult", True), ("minor", False)):
        if instrument.ages == {"adult": "minors", "minor": "adults"}[age]:
            continue
        minor = minor_for(instrument, adult)
        count = len(questions_for(instrument, minor))
        for way, shares in WAYS.items():
            saved = [count - asked(instrument, minor, shares, dice) for _ in range(people)]
            tenths = quantiles(saved, n=10, method="inclusive")
            yield Saved(instrument.id, age, way, count, median(saved), tenths[0], tenths[-1])


def asked(instrument: Instrument, minor: Minor, shares: tuple[float, ...] | None, dice: random.Random) -> int:
    """How many questions one person is asked."""
    weights = shares or [dice.random() for _ in ANSWERS]
    answers: dict[str, str] = {}
    while question := next_question(instrument, answers, minor):
        answers[question.id] = dice.choices(ANSWERS, weights)[0]
    return len(answers)


if __name__ == "__main__":
    sys.exit(main())
