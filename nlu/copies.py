"""Near copies among texts: two that share most of their pieces of four letters."""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from nlu.words import plain

PIECE = 4  # letters
NEAR = 0.8  # of the pieces of both texts together
SHORTEST = 12  # letters: of shorter texts only exact copies count
_ROWS = 1000  # compared at once


def copies(texts: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each pair of a text and another that are near copies; a text is no copy of itself in the same place."""
    same = texts is others
    numbers: dict[str, int] = {}
    one, other = _pieces(texts, numbers), _pieces(others, numbers)
    width = len(numbers)
    every = _matrix(other, width)
    sizes = np.asarray(every.sum(axis=1)).ravel()
    for start in range(0, len(texts), _ROWS):
        rows = _matrix(one[start : start + _ROWS], width)
        shared = (rows @ every.T).tocoo()
        total = np.asarray(rows.sum(axis=1)).ravel()[shared.row] + sizes[shared.col] - shared.data
        for row, column in zip(
            shared.row[shared.data >= NEAR * total], shared.col[shared.data >= NEAR * total], strict=True
        ):
            if not (same and column <= start + row):
                yield texts[start + row], others[column]


def _pieces(texts: Sequence[str], numbers: dict[str, int]) -> list[list[int]]:
    return [[numbers.setdefault(piece, len(numbers)) for piece in _of(text)] for text in texts]


def _of(text: str) -> set[str]:
    """A text's pieces; a short one is a piece."""
    bare = " ".join(plain(text).split())
    if len(bare) < SHORTEST:
        return {bare}
    return {bare[at : at + PIECE] for at in range(len(bare) - PIECE + 1)}


def _matrix(rows: Sequence[Sequence[int]], width: int) -> csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix(
        (np.ones(ends[-1], np.float32), np.concatenate([*rows, []]).astype(np.int32), ends), (len(rows), width)
    )
