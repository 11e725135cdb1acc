"""How right the intents are with a part of the examples: `python -m bench.learning`; some minutes.

Prints a row for each share of the examples: how many teach, accuracy and top-2 on the messages of the tests, by the
model alone, without lists of whole messages and rules of ranking.
"""

import random
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.curve import cases
from nlu.examples import examples, intent_of, teaching
from nlu.train import fitted, matrices, possible, scores, spelt

SHARES = (0.25, 0.5, 0.75, 1.0)


def main() -> None:
    """Read everything once, then fit for each share."""
    every = list(examples())
    random.Random(7).shuffle(every)
    taught = [every[place] for place in teaching(every)]
    rows, told = _rows([one.text for one in taught]), np.array([intent_of(one) for one in taught])
    tests = {name: cases(name) for name in ("ordinary", "hard")}
    asked = {name: _rows([text for text, _ in those]) for name, those in tests.items()}
    meant = {name: np.array([intent for _, intent in those]) for name, those in tests.items()}
    print("examples  ordinary: accuracy  top-2  hard: accuracy  top-2")
    for share in SHARES:
        chosen = slice(round(len(taught) * share))
        names = sorted(set(told[chosen]))
        columns = fitted(rows[chosen], [(told[chosen], names[half::2], None) for half in (0, 1)])
        ordered = names[0::2] + names[1::2]
        figures = "    ".join(_figures(scores(asked[name], columns), ordered, meant[name]) for name in tests)
        print(f"{chosen.stop:8}  {figures}")


def _rows(texts: Sequence[str]) -> csr_matrix:
    return matrices([((text,), among) for text, among in zip(texts, possible(spelt(texts)), strict=True)])[0][0]


def _figures(told: NDArray[np.float64], names: Sequence[str], meant: NDArray[np.str_]) -> str:
    best = np.array(names)[np.argsort(-told, axis=1)[:, :2]]
    return f"{(best[:, 0] == meant).mean():.3f}  {(best == meant[:, None]).any(axis=1).mean():.3f}"


if __name__ == "__main__":
    main()
