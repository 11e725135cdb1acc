"""Makes the `.bin` files in `nlu/data` from all languages' files: `make train`.

The same files give the same model.
"""

import multiprocessing
import random
import time
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.svm import LinearSVC

from nlu import language, listed_names, model, short, strangers, weights
from nlu.compile import main as compile_concepts
from nlu.concepts import Concepts
from nlu.danger import KINDS, DangerLayer
from nlu.examples import Example, examples, intent_of, teaching
from nlu.features import BUCKETS, denied_pieces_of, features, pieces_of
from nlu.language import pieces
from nlu.misspelling import misspelt
from nlu.places import main as write_places
from nlu.train_danger import weighed, weight
from nlu.weighing import Manner, Rows, Weighing, manner
from nlu.weights import Values
from nlu.whole import main as write_whole
from nlu.words import read

APART = 5  # one part of so many is kept apart in turn, to choose the bars
STRICTNESS = 0.5
RARITY, TYPICAL = 1.5, 6.0  # what few texts have counts more; a bucket of one text in 400 counts as it is
CHUNK = 500  # texts that a process reads at once


class Reader:
    """Texts as features, for a process of its own, which remembers the words it met."""

    def __init__(self) -> None:
        """Reads the rules and the lexicon."""
        self._layer, self._concepts = DangerLayer(time.gmtime().tm_year, remembers=True), Concepts()
        self._pieces, self._denied = cache(pieces_of), cache(denied_pieces_of)

    def read(self, text: str, languages: frozenset[str]) -> tuple[Values, Manner]:
        """The features and the manner of a text that may be in these languages."""
        sight = self._layer.look(read(text), languages)
        themes = self._concepts.find(sight.words, languages)
        return features(sight, themes, self._pieces, self._denied), manner(sight, themes)


Counted = NDArray[np.float64] | None
Columns = tuple[NDArray[np.float64], NDArray[np.float64]]  # weights by bucket and column; biases
Texts = Sequence[tuple[Sequence[str], frozenset[str]]]  # a text and its mistyped copies; what they may be in

_reader: Reader
_taught: csr_matrix


def _begin() -> None:
    global _reader
    _reader = Reader()


def _read(texts: Texts) -> tuple[list[csr_matrix], Rows]:
    found = [[_reader.read(text, languages) for text in copies] for copies, languages in texts]
    copies = [_rows([values for values, _ in one], BUCKETS) for one in zip(*found, strict=True)]
    return copies, np.array([one[0][1] for one in found])


def matrices(texts: Texts) -> tuple[list[csr_matrix], Rows]:
    """The features of each text, a row each, and of its copies in further matrices; and the manner of each text."""
    with multiprocessing.Pool(initializer=_begin) as pool:
        parts = pool.map(_read, [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)], chunksize=1)
    copies = [vstack(rows, "csr") for rows in zip(*(rows for rows, _ in parts), strict=True)]
    return copies, np.concatenate([manners for _, manners in parts])


def _rows(rows: Sequence[Values], width: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    buckets = np.fromiter(chain.from_iterable(rows), np.int32, ends[-1])
    values = np.fromiter(chain.from_iterable(row.values() for row in rows), np.float32, ends[-1])
    return csr_matrix((values, buckets, ends), (len(rows), width))


def rarity(rows: csr_matrix) -> NDArray[np.float64]:
    """How much each bucket counts: what few texts have tells more than what nearly all have."""
    known_by = np.bincount(rows.indices, minlength=rows.shape[1])
    rare: NDArray[np.float64] = (np.log((rows.shape[0] + 1) / (known_by + 1)) / TYPICAL) ** RARITY
    return rare


def fitted(rows: csr_matrix, marks: Iterable[tuple[NDArray[np.str_], Sequence[str], Counted]]) -> Columns:
    """Columns of weights, in the order in which the marks name them.

    Each of the marks: what each row is, the names of which each gets a column that tells it from all the others, and
    how much each row counts. In processes of their own: beside each other in one, they would share their dice.
    """
    global _taught
    rare = rarity(rows)
    _taught = (rows @ diags(rare)).tocsr()
    with multiprocessing.get_context("fork").Pool() as pool:
        parts = pool.map(_fit, list(marks), chunksize=1)
    weighed = np.concatenate([weights for weights, _ in parts], axis=1) * rare[:, None]
    return weighed, np.concatenate([biases for _, biases in parts])


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


def danger(texts: csr_matrix, mistyped: csr_matrix, marked: Sequence[Example]) -> tuple[Columns, Rows]:
    """A column for each kind; and what the columns of those not kept apart say of those kept apart."""
    kinds = np.array([example.kind for example in marked])
    counted = {kind: np.array([weight(example, kind) for example in marked]) for kind in KINDS}
    apart = kept_apart(len(marked))
    marks = [(kinds[~apart], [kind], counted[kind][~apart]) for kind in KINDS]
    tried = scores(texts[apart], fitted(texts[~apart], marks))
    both = vstack([texts, mistyped]).tocsr()
    return fitted(both, [(np.tile(kinds, 2), [kind], np.tile(counted[kind], 2)) for kind in KINDS]), tried


def kept_apart(many: int) -> NDArray[np.bool_]:
    """Which of so many examples are kept apart."""
    apart: NDArray[np.bool_] = np.arange(many) % APART == 0
    return apart


def labels(
    rows: csr_matrix, told: NDArray[np.str_], groups: NDArray[np.str_], fifth: NDArray[np.int64]
) -> tuple[Columns, float, Columns]:
    """A column for each label, in their order, how sharp scores must be to tell likelihoods, and columns of a part.

    `fifth`: which part each belongs to; the first is kept apart, two others teach the columns of a part.
    Prints how many of those kept apart are told rightly by these, by group.
    """
    names = sorted(set(told))

    def taught(chosen: NDArray[np.bool_]) -> Columns:
        return fitted(
            rows[chosen], [(told[chosen], half, None) for half in (names[: len(names) // 2], names[len(names) // 2 :])]
        )

    apart = fifth == 0
    part = taught((fifth == 1) | (fifth == 2))
    tried = scores(rows[apart], part)
    right = np.array(names)[tried.argmax(axis=1)] == told[apart]
    print(" ".join(f"{group} {right[groups[apart] == group].mean():.3f}" for group in sorted(set(groups))))
    return taught(np.ones(len(told), bool)), _sharpness(tried, np.searchsorted(names, told[apart])), part


def _sharpness(tried: NDArray[np.float64], right: NDArray[np.int64]) -> float:
    """What makes the likelihoods of the right intents highest."""

    def loss(sharpness: float) -> float:
        sharp = tried * sharpness
        return float((np.log(np.exp(sharp).sum(axis=1)) - sharp[np.arange(len(right)), right]).mean())

    return min((step / 4 for step in range(2, 60)), key=loss)


def languages(rows: csr_matrix, told: NDArray[np.str_]) -> None:
    """The model that tells languages, from the examples of intents: as many short texts as long ones."""
    columns, sharp, _ = labels(rows, told, told, np.arange(len(told)) % APART)
    weights.write(language.FILE, *columns, languages=sorted(set(told)), sharp=sharp)


def possible(rows: csr_matrix) -> list[frozenset[str]]:
    """The languages that texts may be in; `rows`: the pieces by which languages are told."""
    known = weights.Weights(language.FILE, language.BUCKETS)
    likely = shares(scores(rows, known.columns()) * known.head["sharp"])
    may = (likely >= language.POSSIBLE) & (np.diff(rows.indptr) > 0)[:, None]
    return [frozenset(known.head["languages"][place] for place in np.flatnonzero(row)) for row in may]


def shares(tried: Rows) -> Rows:
    """Scores as shares of one, row by row."""
    raised: Rows = np.exp(tried - tried.max(axis=1, keepdims=True))
    likely: Rows = raised / raised.sum(axis=1, keepdims=True)
    return likely


def _spelt(texts: Sequence[str]) -> csr_matrix:
    return _rows([pieces(text) for text in texts], language.BUCKETS)


def spelt(texts: Sequence[str]) -> csr_matrix:
    """The pieces by which languages are told, a row each."""
    with multiprocessing.Pool() as pool:
        return vstack(pool.map(_spelt, [texts[at : at + CHUNK] for at in range(0, len(texts), CHUNK)]), "csr")


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
    spoken, letters = np.array([example.language for example in every]), spelt([example.text for example in every])
    languages(letters[chosen], spoken[chosen])
    within = possible(letters)
    (rows, mistyped), manners = matrices(
        [((one.text, misspelt(one.text, dice)), among) for one, among in zip(every, within, strict=True)]
    )
    kinds, tried = danger(rows, mistyped, every)
    told = np.array([intent_of(every[place]) for place in chosen])
    meant, sharp, part = labels(rows[chosen], told, spoken[chosen], np.array(chosen) % APART)
    names, apart = sorted(set(told)), kept_apart(len(every))
    signs = Weighing(names).signs(tried, shares(scores(rows[apart], part) * sharp), manners[apart])
    counts, bars = weighed(signs, every[::APART])
    both = np.concatenate([kinds[0], meant[0]], axis=1), np.concatenate([kinds[1], meant[1]])
    weights.write(model.FILE, *both, kinds=KINDS, intents=names, weighed=counts, bars=bars, sharp=sharp)
    print(f"{len(every)} examples, {len(chosen)} for {len(names)} intents in {len(set(spoken))} languages")


if __name__ == "__main__":
    main()
