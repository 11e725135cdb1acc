"""Makes the `.bin` files in `nlu/data` from all languages' files: `make train`.

The same files give the same model.
"""

import multiprocessing
import random
import time
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.svm import LinearSVC

from nlu import language, listed_names, model, short, weights
from nlu.compile import main as compile_concepts
from nlu.concepts import Concepts
from nlu.danger import KINDS, DangerLayer
from nlu.examples import MAY_TELL, UNMARKED, Example, examples, intent_of, teaching
from nlu.features import BUCKETS, features
from nlu.language import pieces, possible
from nlu.misspelling import misspelt
from nlu.places import main as write_places
from nlu.weights import Values
from nlu.whole import main as write_whole
from nlu.words import read

APART = 5  # one part of so many is kept apart in turn, to choose the bars
FALSE_ALARMS = {"threat": 0.05, "suicide": 0.06, "medical": 0.05, "minor": 0.05}  # of what is no danger
HEAVIER = 2.0  # an example of danger counts as so many of none: recall comes first
NEAR_MISS = {"no_danger/negation": 3.0, "no_danger/figure": 2.0}  # of these there are few
FEW, SHORT = 3, 3.0  # harmless texts of so few words count so much: they are typed oftenest
STRICTNESS = 0.5


class Reader:
    """Texts as features, for a process of its own."""

    def __init__(self) -> None:
        """Reads the rules and the lexicon."""
        self._layer, self._concepts = DangerLayer(time.gmtime().tm_year), Concepts()
        self._languages = language.Languages()

    def read(self, text: str) -> Values:
        """The features of a text."""
        languages = possible(self._languages.of(text))
        sight = self._layer.look(read(text), languages)
        return features(sight, self._concepts.find(sight.words, languages))


Counted = NDArray[np.float64] | None

_reader: Reader
_taught: csr_matrix


def _begin() -> None:
    global _reader
    _reader = Reader()


def _read(text: str) -> Values:
    return _reader.read(text)


def matrix(texts: Sequence[str]) -> csr_matrix:
    """The features of texts, a row each."""
    with multiprocessing.Pool(initializer=_begin) as pool:
        return _rows(pool.map(_read, texts, chunksize=500), BUCKETS)


def _rows(rows: Sequence[Values], width: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    buckets = np.fromiter((bucket for row in rows for bucket in row), np.int32, ends[-1])
    values = np.fromiter((value for row in rows for value in row.values()), np.float32, ends[-1])
    return csr_matrix((values, buckets, ends), (len(rows), width))


def columns(rows: csr_matrix, marks: Iterable[tuple[NDArray[np.bool_], Counted]]) -> list[LinearSVC]:
    """For each of the marks, what tells the marked rows from the others; beside it, how much each row counts.

    In processes of their own: beside each other in one, they would share their dice.
    """
    global _taught
    _taught = rows
    with multiprocessing.get_context("fork").Pool() as pool:
        return pool.map(_fit, marks)


def _fit(mark: tuple[NDArray[np.bool_], Counted]) -> LinearSVC:
    told, counted = mark
    return LinearSVC(C=STRICTNESS, random_state=0, tol=0.01).fit(_taught, told, sample_weight=counted)


def scores(rows: csr_matrix, fitted: Sequence[LinearSVC]) -> NDArray[np.float64]:
    """What each column says of each row."""
    return np.stack([column.decision_function(rows) for column in fitted], axis=1)


def danger(texts: csr_matrix, mistyped: csr_matrix, marked: Sequence[Example]) -> tuple[list[LinearSVC], list[float]]:
    """A column for each kind, and from which score it is heard: that is chosen on examples kept apart.

    Prints what is heard of these.
    """
    kinds = np.array([example.kind for example in marked])
    calm = np.array([not example.kind and example.intent not in UNMARKED for example in marked])
    counted = {kind: np.array([weight(example, kind) for example in marked]) for kind in KINDS}
    apart = np.arange(len(kinds)) % APART == 0

    def taught(chosen: NDArray[np.bool_]) -> list[LinearSVC]:
        rows, told = vstack([texts[chosen], mistyped[chosen]]).tocsr(), np.tile(kinds[chosen], 2)
        return columns(rows, [(told == kind, np.tile(counted[kind][chosen], 2)) for kind in KINDS])

    tried = scores(texts[apart], taught(~apart))
    bars = [float(np.quantile(tried[calm[apart], place], 1 - FALSE_ALARMS[kind])) for place, kind in enumerate(KINDS)]
    for place, kind in enumerate(KINDS):
        heard = tried[kinds[apart] == kind, place] >= bars[place]
        print(f"{kind}: from {bars[place]:.2f}, heard of those kept apart {heard.mean():.3f} of {heard.size}")
    return taught(np.ones(len(kinds), bool)), bars


def weight(example: Example, kind: str) -> float:
    """How much an example counts when a kind of danger is learnt."""
    if example.kind:
        return HEAVIER
    if example.intent in MAY_TELL[kind]:
        return 0.0
    return SHORT if len(example.text.split()) <= FEW else NEAR_MISS.get(example.intent, 1.0)


def labels(rows: csr_matrix, told: NDArray[np.str_], groups: NDArray[np.str_]) -> tuple[list[LinearSVC], float]:
    """A column for each label, in their order, and how sharp the scores have to be to tell likelihoods.

    Prints how many of those kept apart are told rightly, by group.
    """
    apart, names = np.arange(len(told)) % APART == 0, sorted(set(told))

    def taught(chosen: NDArray[np.bool_]) -> list[LinearSVC]:
        return columns(rows[chosen], [(told[chosen] == name, None) for name in names])

    tried = scores(rows[apart], taught(~apart))
    right = np.array(names)[tried.argmax(axis=1)] == told[apart]
    print(" ".join(f"{group} {right[groups[apart] == group].mean():.3f}" for group in sorted(set(groups))))
    return taught(np.ones(len(told), bool)), _sharpness(tried, np.searchsorted(names, told[apart]))


def _sharpness(tried: NDArray[np.float64], right: NDArray[np.int64]) -> float:
    """What makes the likelihoods of the right intents highest."""

    def loss(sharpness: float) -> float:
        sharp = tried * sharpness
        return float((np.log(np.exp(sharp).sum(axis=1)) - sharp[np.arange(len(right)), right]).mean())

    return min((step / 4 for step in range(2, 60)), key=loss)


def languages(every: Sequence[Example]) -> None:
    """The model that tells languages, from the examples of intents: as many short texts as long ones."""
    rows = _rows([pieces(example.text) for example in every], language.BUCKETS)
    told = np.array([example.language for example in every])
    fitted, sharp = labels(rows, told, told)
    weights.write(language.FILE, *_stacked(fitted), languages=sorted(set(told)), sharp=sharp)


def main() -> None:
    """Train on every example, with bars from examples kept apart."""
    compile_concepts()
    write_places()
    write_whole()
    every = list(examples())
    short.write(every)
    listed_names.write(example.text for example in every)
    dice = random.Random(7)  # noqa: S311 (errors, not secrets)
    dice.shuffle(every)
    chosen = teaching(every)
    languages([every[place] for place in chosen])
    rows = matrix([example.text for example in every])
    kinds, bars = danger(rows, matrix([misspelt(example.text, dice) for example in every]), every)
    told = np.array([intent_of(every[place]) for place in chosen])
    spoken = np.array([every[place].language for place in chosen])
    meant, sharp = labels(rows[chosen], told, spoken)
    names = sorted(set(told))
    weights.write(model.FILE, *_stacked([*kinds, *meant]), kinds=KINDS, intents=names, bars=bars, sharp=sharp)
    print(f"{len(every)} examples, {len(chosen)} for {len(names)} intents in {len(set(spoken))} languages")


def _stacked(fitted: Sequence[LinearSVC]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The columns' weights by bucket and column, and their biases."""
    return np.stack([one.coef_[0] for one in fitted], axis=1), np.array([one.intercept_[0] for one in fitted])


if __name__ == "__main__":
    main()
