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


def nearest_pairs(similarity: FloatArray, rows: int, columns: int) -> npt.NDArray[np.intp]:
    """[n, 2] pairs (row, column), in order, among the *rows* best columns of a row or the *columns*
    best rows of a column.

    >>> nearest_pairs(np.array([[0.9, 0.1], [0.8, 0.2]]), 1, 1).tolist()
    [[0, 0], [1, 0], [1, 1]]
    """
    found = np.zeros(similarity.shape, np.bool_)
    np.put_along_axis(found, _best(similarity, rows), values=True, axis=1)
    np.put_along_axis(found, _best(similarity.T, columns).T, values=True, axis=0)
    return np.argwhere(found)


def _best(similarity: FloatArray, wanted: int) -> npt.NDArray[np.intp]:
    count = min(wanted, similarity.shape[1])
    if not count:
        return np.zeros((len(similarity), 0), np.intp)
    return np.argpartition(-similarity, count - 1, axis=1)[:, :count]
