"""Names for arrays, and the one operation every room needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
BoolArray = npt.NDArray[np.bool_]


def unit(vectors: FloatArray) -> FloatArray:
    """Rows of length 1; rows of zeros stay.

    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    norm = np.linalg.norm(vectors, axis=1, keepdims=True).astype(vectors.dtype)
    result: FloatArray = vectors / np.maximum(norm, vectors.dtype.type(1e-9))
    return result
