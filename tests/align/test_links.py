"""Links from similarity matrices: the same as SimAlign's own functions."""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from align.links import METHODS, links_of
from align.model import WordMethod

Matrix = npt.NDArray[Any]

SHAPES = [(1, 1), (1, 6), (6, 1), (2, 2), (2, 7), (7, 2), (3, 3), (3, 9), (9, 3), (8, 8), (14, 11)]


@pytest.fixture(scope="module")
def simalign() -> Iterator[Any]:
    """SimAlign's functions on matrices; the log as it was before."""
    if importlib.util.find_spec("simalign") is None:
        assert os.environ.get("CI") != "true", "the package simalign is missing"
        pytest.skip("the package simalign is not installed")
    loggers = [logging.getLogger(name) for name in (None, "simalign", "simalign.simalign")]
    before = [(logger.level, list(logger.handlers)) for logger in loggers]
    from simalign import SentenceAligner

    for logger, (level, handlers) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.handlers[:] = handlers
    yield SentenceAligner


def matrices(shape: tuple[int, int]) -> Iterator[Matrix]:
    """Random ones, coarse ones with many equal entries, one that is all the same, zeros."""
    generator = np.random.default_rng(sum(shape))
    for _ in range(12):
        yield generator.random(shape)
        # Steps of 1/8: the discount of .9 makes no new equal entries.
        yield generator.integers(0, 9, shape) / 8
    yield np.full(shape, 0.5)
    yield np.zeros(shape)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_inter_is_that_of_simalign(simalign: Any, shape: tuple[int, int]) -> None:
    for matrix in matrices(shape):
        forward, backward = simalign.get_alignment_matrix(matrix)
        np.testing.assert_array_equal(links_of(matrix, "inter"), (forward * backward) > 0)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_itermax_is_that_of_simalign(simalign: Any, shape: tuple[int, int]) -> None:
    for matrix in matrices(shape):
        np.testing.assert_array_equal(links_of(matrix, "itermax"), simalign.iter_max(matrix) > 0)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_mwmf_weighs_as_much_as_that_of_simalign(simalign: Any, shape: tuple[int, int]) -> None:
    for matrix in matrices(shape):
        if not matrix.all():
            # SimAlign's graph has no edge where the similarity is exactly 0, which no cosine is.
            matrix = matrix + 0.125
        ours, theirs = links_of(matrix, "mwmf"), simalign.get_max_weight_match(matrix) > 0
        # Equal entries allow several matchings; the best weight and the number of links are one.
        assert ours.sum() == theirs.sum() == min(shape)
        assert matrix[ours].sum() == pytest.approx(matrix[theirs].sum())
        assert ours.sum(0).max() <= 1
        assert ours.sum(1).max() <= 1


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)], ids=str)
def test_an_empty_side_has_no_links(method: WordMethod, shape: tuple[int, int]) -> None:
    links = links_of(np.zeros(shape, np.float32), method)
    assert links.shape == shape
    assert links.dtype == np.bool_


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_itermax_only_adds_to_inter(shape: tuple[int, int]) -> None:
    for matrix in matrices(shape):
        inter, itermax = links_of(matrix, "inter"), links_of(matrix, "itermax")
        assert not (inter & ~itermax).any()


def test_a_small_matrix_by_hand() -> None:
    matrix = np.array([[0.9, 0.1, 0.8], [0.2, 0.7, 0.1], [0.8, 0.1, 0.3]])
    assert np.argwhere(links_of(matrix, "inter")).tolist() == [[0, 0], [1, 1]]
    # The free row 2 and column 2 get a second chance: .9 * .8 on either side beats .3.
    assert np.argwhere(links_of(matrix, "itermax")).tolist() == [[0, 0], [0, 2], [1, 1], [2, 0]]
    assert np.argwhere(links_of(matrix, "mwmf")).tolist() == [[0, 2], [1, 1], [2, 0]]
