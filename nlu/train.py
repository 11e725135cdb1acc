"""Makes `nlu/data/danger.likeness` from all languages' examples: `make train`.

The same examples give the same file.
"""

import math
import random
import time
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.danger import KINDS, DangerLayer
from nlu.knowledge import DATA
from nlu.likeness import BUCKETS, FILE, SCALE, features

INTENTS = {
    "report_danger/threat": "threat",
    "report_danger/medical": "medical",
    "report_suicidal": "suicide",
    "report_minor": "minor",
}
# Their examples may speak of danger or of children without being marked so.
UNMARKED = frozenset(
    {"report_danger", "quick_exit", "ask_minors", "ask_health", "ask_psychological_support",
     "ask_protection"}
)  # fmt: skip
ROUNDS = 10
RATE = 4.0
HEAVIER = 2.0  # an example of danger counts as so many of none: recall comes first
APART = 4  # every fourth example is kept apart to choose the thresholds
LOWEST = -0.3  # a score under which a text is like nothing in particular
FALSE_ALARMS = 0.04  # of the near misses among them: figures of speech, negations, plain questions


@dataclass(frozen=True, slots=True)
class Example:
    """What is seen in one example, and the kind that it tells (None: no danger)."""

    values: dict[int, float]
    kind: str | None


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by kind and bucket, and biases by kind."""

    weights: list["array[float]"]
    biases: list[float]

    def score(self, kind: int, values: dict[int, float]) -> float:
        """How much an example is like a kind."""
        mine = self.weights[kind]
        return self.biases[kind] + sum(mine[bucket] * value for bucket, value in values.items())


def examples(folder: Path = DATA) -> Iterator[Example]:
    """Every example of every language."""
    layer = DangerLayer(time.gmtime().tm_year, folder)
    for path in sorted(folder.glob("*/*.yml")):
        blocks = yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for block in (block for block in blocks if block["intent"] not in UNMARKED):
            for line in block["examples"].splitlines():
                sight = layer.look(line.removeprefix("- ").strip())
                yield Example(features(sight), INTENTS.get(block["intent"]))


def fit(data: Sequence[Example]) -> Model:
    """One logistic regression for each kind, by stochastic gradients in a fixed order."""
    dice = random.Random(1)  # noqa: S311 (an order, not a secret)
    model = Model([array("d", bytes(8 * BUCKETS)) for _ in KINDS], [0.0] * len(KINDS))
    order = list(range(len(data)))
    for lap in range(ROUNDS):
        dice.shuffle(order)
        for number in order:
            _learn(model, data[number], RATE / (1 + lap))
    return model


def _learn(model: Model, example: Example, rate: float) -> None:
    for place, kind in enumerate(KINDS):
        told = example.kind == kind
        score = max(-30.0, min(30.0, model.score(place, example.values)))
        error = told - 1 / (1 + math.exp(-score))
        if abs(error) < 1e-3:
            continue
        step = rate * error * (HEAVIER if told else 1.0)
        model.biases[place] += step / 20
        mine = model.weights[place]
        for bucket, value in example.values.items():
            mine[bucket] += step * value


def thresholds(data: Sequence[Example]) -> list[float]:
    """For each kind, where false alarms on examples kept apart stay under FALSE_ALARMS; prints what is then caught."""
    model = fit([example for number, example in enumerate(data) if number % APART])
    apart = data[::APART]
    chosen = []
    for place, kind in enumerate(KINDS):
        none = sorted(model.score(place, example.values) for example in apart if example.kind is None)
        least = none[int(len(none) * (1 - FALSE_ALARMS))]
        told = [model.score(place, example.values) for example in apart if example.kind == kind]
        print(f"{kind}: from {least:.2f}, caught apart {sum(s >= least for s in told) / len(told):.3f} of {len(told)}")
        chosen.append(max(least, LOWEST))
    return chosen


def write(model: Model, least: Sequence[float], path: Path = FILE) -> None:
    """Write the model: biases and thresholds as 32-bit floats, then weights by bucket and kind as signed bytes."""
    rows = (model.weights[place][bucket] for bucket in range(BUCKETS) for place in range(len(KINDS)))
    packed = array("b", (max(-127, min(127, round(weight * SCALE))) for weight in rows))
    path.write_bytes(zlib.compress(array("f", [*model.biases, *least]).tobytes() + packed.tobytes(), 9))


def main() -> None:
    """Train on every example, with thresholds from examples kept apart."""
    data = list(examples())
    print(f"{len(data)} examples")
    least = thresholds(data)
    write(fit(data), least)


if __name__ == "__main__":
    main()
