"""Windows of neighbouring sentences on both sides, many at a time, as columns of integers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from align.arrays import BoolArray

IntArray = npt.NDArray[np.intp]

MERGES = ((1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""Merges tried around a pair, (Vietnamese, English) sentences."""

SHAPES = ((1, 1), *MERGES)

LARGEST = 3
"""Sentences of the largest window of one side."""

Window = tuple[int, int]
"""First sentence and number of sentences."""

Windows = tuple[Window, Window]
"""A window of the Vietnamese and one of the English side."""


def of_pairs(pairs: IntArray) -> IntArray:
    """[n, 4] (first, count, first, count) of the [n, 2] pairs of single sentences."""
    return np.insert(pairs, (1, 2), 1, axis=1)


def as_tuples(windows: IntArray) -> list[Windows]:
    """The same, to be looked up one at a time."""
    return [((i, h), (j, w)) for i, h, j, w in windows.tolist()]


def of_shape(windows: IntArray, height: int, width: int) -> IntArray:
    """The places of the windows of one shape."""
    return np.flatnonzero((windows[:, 1] == height) & (windows[:, 3] == width))


def cells(windows: IntArray) -> Iterator[tuple[IntArray, IntArray, IntArray]]:
    """The pairs of single sentences inside: places of windows that have one there, and the
    Vietnamese and the English sentence of each."""
    for down in range(LARGEST):
        for right in range(LARGEST):
            inside = np.flatnonzero((windows[:, 1] > down) & (windows[:, 3] > right))
            if len(inside):
                yield inside, windows[inside, 0] + down, windows[inside, 2] + right


class Index:
    """Finds windows among known ones."""

    def __init__(self, windows: IntArray, columns: int) -> None:
        self._columns = columns
        keys = self._keys(windows)
        self._order: IntArray = np.argsort(keys)
        self._keys_in_order = keys[self._order]

    def _keys(self, windows: IntArray) -> IntArray:
        i, height, j, width = windows.T
        keys: IntArray = ((i * (LARGEST + 1) + height) * self._columns + j) * (LARGEST + 1) + width
        return keys

    def find(self, windows: IntArray) -> tuple[BoolArray, IntArray]:
        """[n] which are known, and the places of those."""
        keys = self._keys(windows)
        at = np.minimum(
            np.searchsorted(self._keys_in_order, keys), max(len(self._keys_in_order) - 1, 0)
        )
        known: BoolArray = (
            self._keys_in_order[at] == keys if len(self._order) else np.zeros(len(keys), np.bool_)
        )
        return known, self._order[at[known]]


def ragged(starts: IntArray, counts: IntArray) -> IntArray:
    """The places start, start + 1, … of each of many runs, one run after the other.

    >>> ragged(np.array([5, 9]), np.array([2, 3])).tolist()
    [5, 6, 9, 10, 11]
    """
    ends = np.cumsum(counts)
    within: IntArray = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
        starts - ends + counts, counts
    )
    return within
