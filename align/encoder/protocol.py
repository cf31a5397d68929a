"""What every encoder can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from align.arrays import FloatArray

Spans = Sequence[tuple[int, int]]
"""Half-open code-point ranges of the words of one text, in order."""


class Encoder(Protocol):
    """Turns texts of both languages into vectors of one space."""

    signature: str
    """Names everything the vectors depend on; stored vectors are keyed by it."""

    def __hash__(self) -> int: ...

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        """[texts, dimensions]: a vector of unit length for each text."""
        ...

    def sentences_and_words(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[FloatArray, list[FloatArray]]:
        """`sentences`, and for each text [words, dimensions] in the space made for words.

        *spans* are half-open code-point ranges in the NFC text; a word that has no piece of its
        own (a lone zero-width character) gets zeros.
        """
        ...


def word_means(
    pieces: FloatArray, piece_spans: Sequence[tuple[int, int]], spans: Spans
) -> FloatArray:
    """Mean vector of the pieces each word touches: [words, dimensions].

    >>> import numpy as np
    >>> word_means(np.float32([[1], [3], [5]]), [(0, 2), (2, 4), (4, 7)], [(0, 4), (5, 7)]).tolist()
    [[2.0], [5.0]]
    """
    out = np.zeros((len(spans), pieces.shape[1]), np.float32)
    if not len(spans) or not len(piece_spans):
        return out
    starts, ends = np.asarray(piece_spans).T
    wanted = np.asarray(spans)
    first = np.searchsorted(ends, wanted[:, 0], side="right")
    last = np.searchsorted(starts, wanted[:, 1], side="left")
    sums = np.concatenate([np.zeros((1, pieces.shape[1])), np.cumsum(pieces, 0, np.float64)])
    count = np.maximum(last - first, 0)
    some = count > 0
    out[some] = (sums[last[some]] - sums[first[some]]) / count[some, None]
    return out
