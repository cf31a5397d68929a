"""Similarity matrix to word links: the three methods of SimAlign.

Jalili Sabet, Dufter, Yvon, Schütze 2020, "SimAlign: High Quality Word Alignments without Parallel
Training Data using Static and Contextualized Embeddings". All take a matrix [vi words, en words]
of non-negative similarities and give a boolean matrix of the same shape.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from align.arrays import BoolArray, FloatArray
from align.model import WordMethod

DISCOUNT = 0.9
"""What a similarity keeps when one of its words is linked already (alpha of the paper)."""

ROUNDS = 2
"""Rounds of itermax, the first of them plain mutual argmax (the paper's best trade)."""


def links_of(similarity: FloatArray, method: WordMethod) -> BoolArray:
    """The links of one sentence pair; all false where a side is empty."""
    if 0 in similarity.shape:
        return np.zeros(similarity.shape, np.bool_)
    return METHODS[method](similarity)


def mutual_argmax(similarity: FloatArray) -> BoolArray:
    """``inter``: words that are each other's most similar; precise, leaves many without a link."""
    links: BoolArray = np.zeros(similarity.shape, np.bool_)
    forward, backward = similarity.argmax(1), similarity.argmax(0)
    for row, column in enumerate(forward.tolist()):
        links[row, column] = backward[column] == row
    return links


def iterated_argmax(similarity: FloatArray) -> BoolArray:
    """``itermax``: mutual argmax, then again among the pairs in which at least one word is free;
    pairs with one linked word are discounted. Lets a word translate into several."""
    links = mutual_argmax(similarity)
    if min(similarity.shape) <= 2:
        return links
    for _ in range(1, ROUNDS):
        free_rows: BoolArray = np.logical_not(links.any(axis=1))
        free_columns: BoolArray = np.logical_not(links.any(axis=0))
        if not free_rows.any() or not free_columns.any():
            break
        both = free_rows[:, None] & free_columns[None, :]
        one = free_rows[:, None] ^ free_columns[None, :]
        # Pairs of two linked words drop to zero.
        found = mutual_argmax(similarity * (both + np.float32(DISCOUNT) * one)) & (both | one)
        if not (found & ~links).any():
            break
        links |= found
    return links


def matching(similarity: FloatArray) -> BoolArray:
    """``mwmf``: the one-to-one assignment with the largest sum; links every word of the shorter
    side."""
    from scipy.optimize import linear_sum_assignment

    links = np.zeros(similarity.shape, np.bool_)
    links[linear_sum_assignment(similarity, maximize=True)] = True
    return links


METHODS: dict[WordMethod, Callable[[FloatArray], BoolArray]] = {
    "inter": mutual_argmax,
    "itermax": iterated_argmax,
    "mwmf": matching,
}
