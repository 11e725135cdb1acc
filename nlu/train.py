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

from nlu import language, listed_names, model, short, strangers, weights
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
FALSE_ALARMS = {"threat": 0.05, "suicide": 0.12, "medical": 0.05, "minor": 0.05}  # of what is no danger
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

    def read(self, texts: Sequence[str]) -> list[Values]:
        """The features of a text and of its mistyped copies, which are in the same language."""
        languages = possible(self._languages.of(texts[0]))
        return [self._features(text, languages) for text in texts]

    def _features(self, text: str, languages: frozenset[str]) -> Values:
        sight = self._layer.look(read(text), languages)
        return features(sight, self._concepts.find(sight.words, languages))


Counted = NDArray[np.float64] | None
Columns = tuple[NDArray[np.float64], NDArray[np.float64]]  # weights by bucket and column; biases

_reader: Reader
_taught: csr_matrix


def _begin() -> None:
    global _reader
    _reader = Reader()


def _read(texts: Sequence[str]) -> list[Values]:
    return _reader.read(texts)


def matrices(texts: Sequence[Sequence[str]]) -> list[csr_matrix]:
    """The features of each text, a row each, and of its copies in further matrices."""
    with multiprocessing.Pool(initializer=_begin) as pool:
        found = pool.map(_read, texts, chunksize=500)
    return [_rows([copies[place] for copies in found], BUCKETS) for place in range(len(texts[0]))]


def _rows(rows: Sequence[Values], width: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    buckets = np.fromiter((bucket for row in rows for bucket in row), np.int32, ends[-1])
    values = np.fromiter((value for row in rows for value in row.values()), np.float64, ends[-1])
    return csr_matrix((values, buckets, ends), (len(rows), width))


def fitted(rows: csr_matrix, marks: Iterable[tuple[NDArray[np.str_], Sequence[str], Counted]]) -> Columns:
    """Columns of weights, in the order in which the marks name them.

    Each of the marks: what each row is, the names of which each gets a column that tells it from all the others, and
    how much each row counts. In processes of their own: beside each other in one, they would share their dice.
    """
    global _taught
    _taught = rows
    with multiprocessing.get_context("fork").Pool() as pool:
        parts = pool.map(_fit, list(marks), chunksize=1)
    return np.concatenate([weights for weights, _ in parts], axis=1), np.concatenate([biases for _, biases in parts])


def _fit(mark: tuple[NDArray[np.str_], Sequence[str], Counted]) -> Columns:
    told, names, counted = mark
    others = np.where(np.isin(told, names), told, "")
    machine = LinearSVC(C=STRICTNESS, random_state=0, tol=0.05).fit(_taught, others, sample_weight=counted)
    if len(machine.classes_) == 2:  # one name against the rest: the last class is the name
        return machine.coef_.T, machine.intercept_
    places = np.searchsorted(machine.classes_, names)
    return machine.coef_[places].T, machine.intercept_[places]


def scores(rows: csr_matrix, columns: Columns) -> NDArray[np.float64]:
    """What each column says of each row."""
    return np.asarray(rows @ columns[0]) + columns[1]


def danger(texts: csr_matrix, mistyped: csr_matrix, marked: Sequence[Example]) -> tuple[Columns, list[float]]:
    """A column for each kind, and from which score it is heard: that is chosen on examples kept apart.

    Prints what is heard of these.
    """
    kinds = np.array([example.kind for example in marked])
    calm = np.array([not example.kind and example.intent not in UNMARKED for example in marked])
    counted = {kind: np.array([weight(example, kind) for example in marked]) for kind in KINDS}
    apart = np.arange(len(kinds)) % APART == 0
    tried = scores(
        texts[apart], fitted(texts[~apart], [(kinds[~apart], [kind], counted[kind][~apart]) for kind in KINDS])
    )
    bars = [float(np.quantile(tried[calm[apart], place], 1 - FALSE_ALARMS[kind])) for place, kind in enumerate(KINDS)]
    for place, kind in enumerate(KINDS):
        heard = tried[kinds[apart] == kind, place] >= bars[place]
        print(f"{kind}: from {bars[place]:.2f}, heard of those kept apart {heard.mean():.3f} of {heard.size}")
    both = vstack([texts, mistyped]).tocsr()
    return fitted(both, [(np.tile(kinds, 2), [kind], np.tile(counted[kind], 2)) for kind in KINDS]), bars


def weight(example: Example, kind: str) -> float:
    """How much an example counts when a kind of danger is learnt."""
    if example.kind:
        return HEAVIER
    if example.intent in MAY_TELL[kind]:
        return 0.0
    return SHORT if len(example.text.split()) <= FEW else NEAR_MISS.get(example.intent, 1.0)


def labels(rows: csr_matrix, told: NDArray[np.str_], groups: NDArray[np.str_]) -> tuple[Columns, float]:
    """A column for each label, in their order, and how sharp the scores have to be to tell likelihoods.

    Prints how many of those kept apart are told rightly, by group, when two in five teach.
    """
    fifth, names = np.arange(len(told)) % APART, sorted(set(told))

    def taught(chosen: NDArray[np.bool_]) -> Columns:
        return fitted(
            rows[chosen], [(told[chosen], half, None) for half in (names[: len(names) // 2], names[len(names) // 2 :])]
        )

    apart = fifth == 0
    tried = scores(rows[apart], taught((fifth == 1) | (fifth == 2)))
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
    with multiprocessing.Pool() as pool:
        rows = _rows(pool.map(pieces, [example.text for example in every], chunksize=500), language.BUCKETS)
    told = np.array([example.language for example in every])
    columns, sharp = labels(rows, told, told)
    weights.write(language.FILE, *columns, languages=sorted(set(told)), sharp=sharp)


def main() -> None:
    """Train on every example, with bars from examples kept apart."""
    compile_concepts()
    write_places()
    write_whole()
    every = list(examples())
    short.write(every)
    listed_names.write(example.text for example in every)
    strangers.write(example.text for example in every)
    dice = random.Random(7)  # noqa: S311 (errors, not secrets)
    dice.shuffle(every)
    chosen = teaching(every)
    languages([every[place] for place in chosen])
    rows, mistyped = matrices([(example.text, misspelt(example.text, dice)) for example in every])
    kinds, bars = danger(rows, mistyped, every)
    told = np.array([intent_of(every[place]) for place in chosen])
    spoken = np.array([every[place].language for place in chosen])
    meant, sharp = labels(rows[chosen], told, spoken)
    names = sorted(set(told))
    both = np.concatenate([kinds[0], meant[0]], axis=1), np.concatenate([kinds[1], meant[1]])
    weights.write(model.FILE, *both, kinds=KINDS, intents=names, bars=bars, sharp=sharp)
    print(f"{len(every)} examples, {len(chosen)} for {len(names)} intents in {len(set(spoken))} languages")


if __name__ == "__main__":
    main()
