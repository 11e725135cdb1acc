"""Makes `nlu/data/danger.likeness` out of all languages' examples: `make train`. The same examples give the same file."""

import random
import zlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from nlu.knowledge import DATA
from nlu.likeness import BUCKETS, FILE, KINDS, SCALE, features
from nlu.words import read

INTENTS = {
    "report_danger/threat": "threat",
    "report_danger/medical": "medical",
    "report_suicidal": "suicide",
    "report_minor": "minor",
}
ROUNDS = 12
FOLDS = 5
RATE = 0.5
DECAY = 2e-6
HEAVIER = 2.0  # an example of danger counts as so many of none: recall comes first
FALSE_ALARMS = 0.01  # of the examples without danger, taken apart from those learnt from

Example = tuple[dict[int, float], int]
Model = tuple[list[list[float]], list[float]]


def examples(folder: Path = DATA) -> Iterator[Example]:
    """Each example's features and, as bits, the kinds that it tells."""
    for path in sorted(folder.glob("*/danger_examples.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            kind = INTENTS.get(block["intent"])
            bits = 1 << KINDS.index(kind) if kind else 0
            for line in block["examples"].splitlines():
                yield features(read(line.removeprefix("- ").strip(), {}).words), bits


def fit(data: Sequence[Example]) -> Model:
    """One logistic regression for each kind, by stochastic gradients with averaging."""
    import math

    dice = random.Random(1)  # noqa: S311 (an order, not a secret)
    weights = [[0.0] * BUCKETS for _ in KINDS]
    biases = [0.0] * len(KINDS)
    order = list(range(len(data)))
    for lap in range(ROUNDS):
        dice.shuffle(order)
        rate = RATE * 8 / (1 + lap)
        for number in order:
            values, bits = data[number]
            for kind, mine in enumerate(weights):
                score = biases[kind] + sum(mine[b] * v for b, v in values.items())
                wanted = bits >> kind & 1
                error = wanted - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
                step = rate * error * (HEAVIER if wanted else 1.0)
                biases[kind] += step * 0.05
                for bucket, value in values.items():
                    mine[bucket] += step * value
    return weights, biases


def score(model: Model, values: dict[int, float], kind: int) -> float:
    """How much an example is like a kind."""
    weights, biases = model
    return biases[kind] + sum(weights[kind][b] * v for b, v in values.items())


def thresholds(data: Sequence[Example]) -> list[float]:
    """For each kind, where false alarms on examples not learnt from stay under FALSE_ALARMS."""
    apart: list[list[float]] = [[] for _ in KINDS]
    caught: list[list[float]] = [[] for _ in KINDS]
    for fold in range(FOLDS):
        model = fit([e for n, e in enumerate(data) if n % FOLDS != fold])
        for values, bits in (e for n, e in enumerate(data) if n % FOLDS == fold):
            for kind in range(len(KINDS)):
                if not bits:
                    apart[kind].append(score(model, values, kind))
                elif bits >> kind & 1:
                    caught[kind].append(score(model, values, kind))
    chosen = [sorted(scores)[int(len(scores) * (1 - FALSE_ALARMS))] for scores in apart]
    for kind, least in zip(KINDS, chosen, strict=True):
        mine = caught[KINDS.index(kind)]
        print(f"{kind}: threshold {least:.2f}, recall apart {sum(s >= least for s in mine) / len(mine):.3f} of {len(mine)}")
    return chosen


def write(model: Model, least: Sequence[float], path: Path = FILE) -> None:
    """Write the model: biases and thresholds as 32-bit floats, then weights by bucket and kind as signed bytes."""
    weights, biases = model
    packed = array("b", (_byte(weights[kind][bucket]) for bucket in range(BUCKETS) for kind in range(len(KINDS))))
    head = array("f", [*biases, *least])
    path.write_bytes(zlib.compress(head.tobytes() + packed.tobytes(), 9))


def _byte(weight: float) -> int:
    return max(-127, min(127, round(weight * SCALE)))


def main() -> None:
    """Train on every example, with thresholds from examples taken apart."""
    data = list(examples())
    print(f"{len(data)} examples")
    least = thresholds(data)
    write(fit(data), least)


if __name__ == "__main__":
    main()
