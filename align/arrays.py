"""Names for arrays, and the few operations on similarities that every room needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]

NEIGHBOURS = 4
"""Neighbours that tell how similar a thing usually is to others, as in Artetxe & Schwenk 2019."""


def unit(vectors: FloatArray) -> FloatArray:
    """Rows of length 1; rows of zeros stay.

    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    norm = np.linalg.norm(vectors, axis=1, keepdims=True).astype(vectors.dtype)
    result: FloatArray = vectors / np.maximum(norm, vectors.dtype.type(1e-9))
    return result


def usual(similarity: FloatArray) -> FloatArray:
    """[rows]: mean similarity to the nearest neighbours of each row, the very nearest left out: it
    may be the partner itself, which must not raise its own bar. Needs more columns than
    `NEIGHBOURS`."""
    top = np.partition(similarity, -NEIGHBOURS - 1, axis=1)[:, -NEIGHBOURS - 1 :]
    result: FloatArray = (top.sum(1) - top.max(1)) / NEIGHBOURS
    return result


def nearest_pairs(similarity: FloatArray, rows: int, columns: int) -> set[tuple[int, int]]:
    """Pairs (row, column) among the *rows* best columns of a row or the *columns* best rows of a
    column.

    >>> sorted(nearest_pairs(np.array([[0.9, 0.1], [0.8, 0.2]]), 1, 1))
    [(0, 0), (1, 0), (1, 1)]
    """
    found: set[tuple[int, int]] = set()
    for i, best in enumerate(_best(similarity, rows)):
        found.update((i, int(j)) for j in best)
    for j, best in enumerate(_best(similarity.T, columns)):
        found.update((int(i), j) for i in best)
    return found


def _best(similarity: FloatArray, wanted: int) -> npt.NDArray[np.intp]:
    count = min(wanted, similarity.shape[1])
    return np.argpartition(-similarity, count - 1, axis=1)[:, :count]
