"""Which stretches of two texts may be beads, and what speaks for each.

For each sentence the few most similar of the other side, by centred cosine and margin (Artetxe &
Schwenk 2019), and the merges of neighbours around them. A glance at the vectors alone leaves out
what cannot be a bead; words, numbers and names are compared only for the rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from align.arrays import FloatArray, nearest_pairs, usual
from align.background import Background
from align.model import Lang
from align.relation import (
    GLANCE,
    LENGTH_SPREAD,
    Evidence,
    Model,
    measure,
    relation_probabilities,
)
from align.sides import Sentence, joined

CANDIDATES = 3
"""Most similar sentences of the other side that are judged, in each direction: a true partner is
among the first three of a document in more than 99 of 100 cases."""

SHAPES = ((1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""Merges tried around a candidate, (Vietnamese, English) sentences."""

TIE = 1e-4
"""Margin a candidate loses from one end of the diagonal to the other: less than any that counts."""

LEAST_COSINE = 0.2
"""Centred cosine below which a candidate is not looked at: below all but 1 of 500 true pairs."""

LEAST_CHANCE = 0.005
"""Probability of being a bead, at a glance, below which a candidate is dropped."""

LEAST_GAIN = -0.08
"""Cosine a merge may lose against the best of its parts; a right one hardly loses."""

LEAST_GAIN_UNSEEN = 0.0
"""The same of a merge some sentence of which is in no pair of the merge."""

Window = tuple[int, int]
"""First sentence and number of sentences."""

Windows = tuple[Window, Window]


def measured(
    vi: Sequence[Sentence],
    en: Sequence[Sentence],
    background: Mapping[Lang, Background],
    glance: Model,
) -> dict[Windows, Evidence]:
    """Every candidate bead with its evidence; *glance* judges by vectors alone."""
    near = Nearness.of(vi, en, background)
    singles = glanced(near, glance)
    cosines: dict[Windows, float] = {
        ((i, 1), (j, 1)): float(near.cosines[i, j]) for i, j in singles
    }
    merges = _merges(singles, len(vi), len(en))
    for window in merges:
        cosines[window] = near.pooled(*window)
    gains, _ = against_parts(cosines)
    for window, covered in merges.items():
        if gains[window] < (LEAST_GAIN if covered else LEAST_GAIN_UNSEEN):
            del cosines[window]
    gains, outdone = against_parts(cosines)
    # A stretch of one side is in many merges.
    sides = [
        {window: joined(side[window[0] : sum(window)]) for window in {pair[k] for pair in cosines}}
        for k, side in enumerate((vi, en))
    ]
    found: dict[Windows, Evidence] = {}
    for window, cosine in cosines.items():
        v, e = window
        found[window] = measure(
            sides[0][v],
            sides[1][e],
            cosine=cosine,
            margin=cosine - near.bar(v, e),
            gap=cosine - near.rival(v, e),
            gain=gains[window],
            outdone=outdone[window],
        )
    return found


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near the sentences of both sides are to each other."""

    cosines: FloatArray
    """[vi, en], of centred vectors."""
    usual: tuple[FloatArray, FloatArray]
    """For each sentence of a side the mean cosine of its nearest neighbours among the other
    document and the background."""
    within: tuple[FloatArray, FloatArray]
    """[3, sentences] for each side: the dot product of each sentence's vector, times its length,
    with that of the one as many places on."""
    lengths: tuple[FloatArray, FloatArray]
    """Characters."""
    best: tuple[list[list[int]], list[list[int]]]
    """For each sentence the nearest four of the other side, nearest first."""

    @classmethod
    def of(
        cls,
        vi: Sequence[Sentence],
        en: Sequence[Sentence],
        background: Mapping[Lang, Background],
    ) -> Nearness:
        left = np.stack([one.vector for one in vi])
        right = np.stack([one.vector for one in en])
        cosines = left @ right.T
        lengths = tuple(
            np.array([max(len(one.text), 1) for one in side], np.float64) for side in (vi, en)
        )
        return cls(
            cosines,
            (
                usual(np.concatenate([cosines, left @ background["en"].sentences.T], axis=1)),
                usual(np.concatenate([cosines.T, right @ background["vi"].sentences.T], axis=1)),
            ),
            (_within(left, lengths[0]), _within(right, lengths[1])),
            (lengths[0], lengths[1]),
            (_nearest(cosines), _nearest(cosines.T)),
        )

    @property
    def margins(self) -> FloatArray:
        """[vi, en]: cosine above the mean of both sentences' bars."""
        margins: FloatArray = self.cosines - (self.usual[0][:, None] + self.usual[1][None, :]) / 2
        return margins

    def bar(self, vi: Window, en: Window) -> float:
        """The usual cosine of two windows."""
        means = [
            sum(float(one[k]) for k in range(window[0], sum(window))) / window[1]
            for one, window in zip(self.usual, (vi, en), strict=True)
        ]
        return sum(means) / 2

    def rival(self, vi: Window, en: Window) -> float:
        """Highest cosine of the windows' sentences with any outside, the stronger direction; 0
        where there is none above."""
        best = 0.0
        inside = range(en[0], sum(en))
        for i in range(vi[0], sum(vi)):
            other = next((j for j in self.best[0][i] if j not in inside), None)
            best = best if other is None else max(best, float(self.cosines[i, other]))
        inside = range(vi[0], sum(vi))
        for j in range(en[0], sum(en)):
            other = next((i for i in self.best[1][j] if i not in inside), None)
            best = best if other is None else max(best, float(self.cosines[other, j]))
        return best

    def pooled(self, vi: Window, en: Window) -> float:
        """Cosine of the sums of two windows' vectors, weighted by length: close to embedding the
        joined texts, and free."""
        rows, columns = slice(vi[0], sum(vi)), slice(en[0], sum(en))
        product = self.lengths[0][rows] @ self.cosines[rows, columns] @ self.lengths[1][columns]
        norms = self._norm(0, vi) * self._norm(1, en)
        return float(product) / max(norms, 1e-9)

    def _norm(self, side: int, window: Window) -> float:
        first, count = window
        within = self.within[side]
        total = sum(float(within[0, k]) for k in range(first, first + count))
        for step in range(1, count):
            total += 2 * sum(float(within[step, k]) for k in range(first, first + count - step))
        return math.sqrt(max(total, 0.0))


def _within(vectors: FloatArray, lengths: FloatArray) -> FloatArray:
    scaled = vectors * lengths[:, None]
    found = np.zeros((3, len(vectors)))
    for step in range(min(3, len(vectors))):
        found[step, : len(vectors) - step] = np.einsum(
            "nd,nd->n", scaled[: len(vectors) - step], scaled[step:]
        )
    return found


def _nearest(cosines: FloatArray) -> list[list[int]]:
    count = min(4, cosines.shape[1])
    top = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(cosines, top, axis=1), axis=1, kind="stable")
    nearest: list[list[int]] = np.take_along_axis(top, order, axis=1).tolist()
    return nearest


def glanced(near: Nearness, model: Model) -> list[tuple[int, int]]:
    """The mined pairs that may be beads or parts of them by their vectors alone."""
    pairs, rows = glances(near)
    if not pairs:
        return []
    chances = 1 - relation_probabilities(rows, model)[:, 0]
    return [pair for pair, chance in zip(pairs, chances, strict=True) if chance >= LEAST_CHANCE]


def glances(near: Nearness) -> tuple[list[tuple[int, int]], FloatArray]:
    """Pairs that are among the best of either sentence, and [pairs, measures] of `GLANCE`."""
    cosines, margins = near.cosines, near.margins
    pairs = _mined(cosines, margins)
    if not pairs:
        return [], np.zeros((0, len(GLANCE)))
    i, j = np.array(pairs).T
    rivals = np.array([near.rival((row, 1), (column, 1)) for row, column in pairs], cosines.dtype)
    ratio = np.abs(np.log(near.lengths[1][j] / near.lengths[0][i])) / LENGTH_SPREAD
    return pairs, np.column_stack(
        [cosines[i, j], margins[i, j], cosines[i, j] - rivals, np.minimum(ratio, 6)]
    )


def _mined(cosines: FloatArray, margins: FloatArray) -> list[tuple[int, int]]:
    """Pairs that are among the best of either sentence."""
    # Equal sentences tie; the one at the same place of the document goes first.
    rows, columns = (np.linspace(0, 1, count, dtype=np.float32) for count in margins.shape)
    margins = margins - TIE * np.abs(rows[:, None] - columns[None, :])
    found = nearest_pairs(margins, CANDIDATES, CANDIDATES)
    return sorted(pair for pair in found if cosines[pair] >= LEAST_COSINE)


def _merges(singles: Iterable[tuple[int, int]], rows: int, columns: int) -> dict[Windows, bool]:
    """The merges that hold some pair, and whether every sentence of theirs is in one."""
    pairs = set(singles)
    found: dict[Windows, bool] = {}
    for i, j in sorted(pairs):
        for height, width in SHAPES:
            for a in range(max(0, i - height + 1), min(i, rows - height) + 1):
                for b in range(max(0, j - width + 1), min(j, columns - width) + 1):
                    window = ((a, height), (b, width))
                    if window not in found:
                        found[window] = _covered(pairs, *window)
    return found


def _covered(pairs: set[tuple[int, int]], vi: Window, en: Window) -> bool:
    rows, columns = range(vi[0], sum(vi)), range(en[0], sum(en))
    return all(any((i, j) in pairs for j in columns) for i in rows) and all(
        any((i, j) in pairs for i in rows) for j in columns
    )


def against_parts(
    pooled: Mapping[Windows, float],
) -> tuple[dict[Windows, float], dict[Windows, float]]:
    """For each candidate how far it beats those inside it and is beaten by those around it."""
    gains = dict.fromkeys(pooled, 0.0)
    outdone = dict.fromkeys(pooled, 0.0)
    for window, cosine in pooled.items():
        (top, height), (left, width) = window
        if height == width == 1:
            continue
        parts = [
            part
            for a in range(top, top + height)
            for h in range(1, top + height - a + 1)
            for b in range(left, left + width)
            for w in range(1, left + width - b + 1)
            if (part := ((a, h), (b, w))) in pooled and part != window
        ]
        gains[window] = cosine - max((pooled[part] for part in parts), default=0.0)
        for part in parts:
            outdone[part] = max(outdone[part], cosine - pooled[part])
    return gains, outdone
