"""Which stretches of two texts may be beads, and what speaks for each.

For each sentence the few most similar of the other side, by centred cosine and margin (Artetxe &
Schwenk 2019), and the merges of neighbours around them. A glance at the vectors alone leaves out
what cannot be a bead; words, numbers and names are compared only for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from align.arrays import BoolArray, FloatArray, nearest_pairs, usual
from align.background import Background
from align.coverage import word_coverage
from align.model import Lang
from align.relation import (
    FEATURES,
    GLANCE,
    LENGTH_RATIO,
    LENGTH_SPREAD,
    Model,
    relation_probabilities,
)
from align.relation import (
    MERGES as MERGED,
)
from align.sides import Sentence
from align.windows import (
    MERGES,
    SHAPES,
    Index,
    IntArray,
    Window,
    as_tuples,
    cells,
    of_pairs,
    of_shape,
)

CANDIDATES = 3
"""Most similar sentences of the other side that are judged, in each direction: a true partner is
among the first three of a document in more than 99 of 100 cases."""

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

RIVALS = 4
"""Nearest sentences of the other side among which rivals are looked for: one more than are in a
window."""


_WORDS = [FEATURES.index(name) for name in ("coverage", "coverage_best", "clause")]
TOLD = [
    FEATURES.index(name)
    for name in (
        "numbers_agree", "numbers_clash", "names_agree", "numbers_swapped", "people_swapped"
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidates:
    """Windows that may be beads, and what speaks for each."""

    windows: IntArray
    """[n, 4]"""
    measures: FloatArray
    """[n, measures of `Evidence`]; those of a closer look are 0."""


def measured(
    vi: Sequence[Sentence],
    en: Sequence[Sentence],
    background: Mapping[Lang, Background],
    glance: Model,
    merges: Model,
) -> Candidates:
    """Every candidate bead with its evidence; *glance* and *merges* judge by vectors alone."""
    near = Nearness.of(vi, en, background)
    proposed_ = proposed(near, glanced(near, glance))
    single = of_shape(proposed_.windows, 1, 1)
    chances = 1 - relation_probabilities(proposed_.measures, merges)[:, 0]
    chances[single] = 1.0
    kept = chances >= LEAST_CHANCE
    windows, measures = proposed_.windows[kept], proposed_.measures[kept]
    if len(windows):
        measures[:, _WORDS] = np.column_stack(word_coverage(vi, en, windows))
        measures[:, TOLD] = told(vi, en, windows)
    return Candidates(windows, measures)


def proposed(near: Nearness, singles: IntArray) -> Candidates:
    """The pairs and the merges around them, with what vectors tell of them."""
    merges, covered = _merges(singles, *near.cosines.shape)
    windows = np.concatenate([of_pairs(singles), merges])
    least = np.full(len(windows), -np.inf)
    least[len(singles) :] = np.where(covered, LEAST_GAIN, LEAST_GAIN_UNSEEN)
    cosines = near.pooled(windows)
    parts = parts_of(windows, near.cosines.shape[1])
    gains, _ = against_parts(windows, cosines, parts)
    kept = gains >= least
    measures = np.zeros((len(windows), len(FEATURES)))
    measures[:, : len(GLANCE)] = near.glance(windows, cosines)
    parts = parts[:, kept[parts].all(0)]
    measures[:, len(GLANCE) : len(MERGED)] = np.column_stack(against_parts(windows, cosines, parts))
    windows, measures = windows[kept], measures[kept]
    return Candidates(windows, measures)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near the sentences of both sides are to each other."""

    cosines: FloatArray
    """[vi, en], of centred vectors."""
    usual: tuple[FloatArray, FloatArray]
    """For each sentence of a side the mean cosine of its nearest neighbours among the other
    document and the background."""
    within: tuple[FloatArray, FloatArray]
    """[3, sentences + 2] for each side: the dot product of each sentence's vector, times its
    length, with that of the one as many places on, zero beyond the end."""
    lengths: tuple[FloatArray, FloatArray]
    """Characters."""
    best: tuple[IntArray, IntArray]
    """[sentences, 4] for each side: the nearest of the other side, nearest first."""

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
        lengths = [
            np.array([max(len(one.text), 1) for one in side], np.float64) for side in (vi, en)
        ]
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

    def bars(self, windows: IntArray) -> FloatArray:
        """[windows]: the usual cosine of their two sides."""
        means = [
            _sums(one.astype(np.float64), *windows[:, 2 * k : 2 * k + 2].T) / windows[:, 2 * k + 1]
            for k, one in enumerate(self.usual)
        ]
        bars: FloatArray = (means[0] + means[1]) / 2
        return bars

    def rivals(self, windows: IntArray) -> FloatArray:
        """[windows]: highest cosine of their sentences with any outside, the stronger direction; 0
        where there is none above."""
        best = np.zeros(len(windows))
        for k, cosines in enumerate((self.cosines, self.cosines.T)):
            first, count = windows[:, 2 * k : 2 * k + 2].T
            other, others = windows[:, 2 - 2 * k : 4 - 2 * k].T
            for step in range(int(count.max(initial=0))):
                some = np.flatnonzero(count > step)
                sentence = first[some] + step
                nearest = self.best[k][sentence]
                begin = other[some, None]
                outside = (nearest < begin) | (nearest >= begin + others[some, None])
                which = outside.argmax(1)
                there = outside.any(1)
                rival = nearest[np.arange(len(some)), which][there]
                some = some[there]
                best[some] = np.maximum(best[some], cosines[sentence[there], rival])
        return best

    def pooled(self, windows: IntArray) -> FloatArray:
        """[windows]: cosine of the sums of two windows' vectors, weighted by length: close to
        embedding the joined texts, and free."""
        product = np.zeros(len(windows))
        for places, i, j in cells(windows):
            product[places] += self.lengths[0][i] * self.cosines[i, j] * self.lengths[1][j]
        norms = [self._norms(k, *windows[:, 2 * k : 2 * k + 2].T) for k in range(2)]
        pooled: FloatArray = product / np.maximum(norms[0] * norms[1], 1e-9)
        return pooled

    def _norms(self, side: int, first: IntArray, count: IntArray) -> FloatArray:
        within = self.within[side]
        total = _sums(within[0], first, count)
        for step in (1, 2):
            total += 2 * _sums(within[step], first, np.maximum(count - step, 0))
        norms: FloatArray = np.sqrt(np.maximum(total, 0.0))
        return norms

    def glance(self, windows: IntArray, cosines: FloatArray) -> FloatArray:
        """[windows, measures of `GLANCE`] of windows with their *cosines*."""
        bars, rivals = self.bars(windows), self.rivals(windows)
        return np.column_stack([cosines, cosines - bars, cosines - rivals, self._length(windows)])

    def _length(self, windows: IntArray) -> FloatArray:
        vi, en = (
            _sums(one, *windows[:, 2 * k : 2 * k + 2].T) + windows[:, 2 * k + 1] - 1
            for k, one in enumerate(self.lengths)
        )
        ratio: FloatArray = np.abs(np.log(en / vi) - LENGTH_RATIO) / LENGTH_SPREAD
        return np.minimum(ratio, 6.0)


def _sums(values: FloatArray, first: IntArray, count: IntArray) -> FloatArray:
    total = np.concatenate([[0.0], np.cumsum(values)])
    sums: FloatArray = total[first + count] - total[first]
    return sums


def _within(vectors: FloatArray, lengths: FloatArray) -> FloatArray:
    scaled = vectors * lengths[:, None]
    found = np.zeros((3, len(vectors)))
    for step in range(min(3, len(vectors))):
        found[step, : len(vectors) - step] = np.einsum(
            "nd,nd->n", scaled[: len(vectors) - step], scaled[step:]
        )
    return found


def _nearest(cosines: FloatArray) -> IntArray:
    count = min(RIVALS, cosines.shape[1])
    top = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(cosines, top, axis=1), axis=1, kind="stable")
    nearest: IntArray = np.take_along_axis(top, order, axis=1)
    return nearest


def glanced(near: Nearness, model: Model) -> IntArray:
    """[n, 2]: the mined pairs that may be beads or parts of them by their vectors alone."""
    pairs, rows = glances(near)
    chances = 1 - relation_probabilities(rows, model)[:, 0]
    return pairs[chances >= LEAST_CHANCE]


def glances(near: Nearness) -> tuple[IntArray, FloatArray]:
    """[n, 2] pairs that are among the best of either sentence, and [n, measures] of `GLANCE`."""
    pairs = _mined(near.cosines, near.margins)
    return pairs, near.glance(of_pairs(pairs), near.cosines[pairs[:, 0], pairs[:, 1]])


def _mined(cosines: FloatArray, margins: FloatArray) -> IntArray:
    """Pairs that are among the best of either sentence, in order."""
    # Equal sentences tie; the one at the same place of the document goes first.
    rows, columns = (np.linspace(0, 1, count, dtype=np.float32) for count in margins.shape)
    margins = margins - TIE * np.abs(rows[:, None] - columns[None, :])
    found = nearest_pairs(margins, CANDIDATES, CANDIDATES)
    mined: IntArray = found[cosines[found[:, 0], found[:, 1]] >= LEAST_COSINE]
    return mined


def _merges(singles: IntArray, rows: int, columns: int) -> tuple[IntArray, BoolArray]:
    """[n, 4] the merges that hold some pair, and [n] whether every sentence of theirs is in one."""
    known = np.zeros((rows, columns), np.bool_)
    known[singles[:, 0], singles[:, 1]] = True
    merges, covered = [], []
    for height, width in MERGES:
        if height > rows or width > columns:
            continue
        starts = np.concatenate(
            [singles - (down, right) for down in range(height) for right in range(width)]
        )
        inside = (starts >= 0).all(1) & (starts <= (rows - height, columns - width)).all(1)
        keys = np.unique(starts[inside] @ (columns, 1))
        i, j = keys // columns, keys % columns
        block = known[
            i[:, None, None] + np.arange(height)[:, None], j[:, None, None] + np.arange(width)
        ]
        merges.append(np.column_stack([i, np.full(len(i), height), j, np.full(len(i), width)]))
        covered.append(block.any(2).all(1) & block.any(1).all(1))
    return (
        np.concatenate([np.zeros((0, 4), np.intp), *merges]),
        np.concatenate([np.zeros(0, np.bool_), *covered]),
    )


def parts_of(windows: IntArray, columns: int) -> IntArray:
    """[2, n]: the places of windows and of those inside them."""
    index = Index(windows, columns)
    found = [np.zeros((2, 0), np.intp)]
    for height, width in MERGES:
        group = of_shape(windows, height, width)
        for h, w in SHAPES:
            if (h, w) == (height, width) or h > height or w > width:
                continue
            for down in range(height - h + 1):
                for right in range(width - w + 1):
                    known, part = index.find(windows[group] + (down, h - height, right, w - width))
                    found.append(np.stack([group[known], part]))
    return np.concatenate(found, axis=1)


def against_parts(
    windows: IntArray, cosines: FloatArray, parts: IntArray
) -> tuple[FloatArray, FloatArray]:
    """[n] each: how far a candidate beats those inside it and is beaten by those around it."""
    whole, part = parts
    best = np.full(len(windows), -np.inf)
    np.maximum.at(best, whole, cosines[part])
    outdone = np.zeros(len(windows))
    np.maximum.at(outdone, part, cosines[whole] - cosines[part])
    gains = np.where(np.isfinite(best), cosines - best, cosines)
    gains[of_shape(windows, 1, 1)] = 0.0
    return gains, outdone


def told(vi: Sequence[Sentence], en: Sequence[Sentence], windows: IntArray) -> FloatArray:
    """[n, 5]: what numbers and names tell, as `TOLD` lists it."""
    found = np.zeros((len(windows), len(TOLD)))
    # A side without any tells nothing, and most have none.
    speaks = [
        _running([bool(one.numbers) for one in vi]),
        _running([bool(one.numbers) for one in en]),
    ]
    named = _running([bool(one.names) for one in en])
    i, height, j, width = windows.T
    some = (
        (speaks[0][i + height] > speaks[0][i])
        | (speaks[1][j + width] > speaks[1][j])
        | (named[j + width] > named[j])
    )
    places = np.flatnonzero(some)
    held: tuple[dict[Window, _Held], ...] = ({}, {})
    for place, window in zip(places.tolist(), as_tuples(windows[places]), strict=True):
        one, two = (
            known.get(part) or known.setdefault(part, _Held.of(side[part[0] : sum(part)]))
            for known, side, part in zip(held, (vi, en), window, strict=True)
        )
        here, there = len(one.numbers - two.numbers), len(two.numbers - one.numbers)
        every = len(one.numbers | two.numbers)
        found[place] = (
            1 - (here + there) / every if every else 0.0,
            min(here + there, 4),
            len(one.names & two.names) / len(two.names) if two.names else 0.0,
            min(here, there, 3),
            min(len(one.people - two.names), len(two.people - one.names), 2),
        )
    return found


def _running(values: Sequence[bool]) -> IntArray:
    return np.cumsum([0, *values])


@dataclass(frozen=True, slots=True)
class _Held:
    numbers: frozenset[str]
    names: frozenset[str]
    people: frozenset[str]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> _Held:
        if len(sentences) == 1:
            return cls(sentences[0].numbers, sentences[0].names, sentences[0].people)
        return cls(
            frozenset().union(*(one.numbers for one in sentences)),
            frozenset().union(*(one.names for one in sentences)),
            frozenset().union(*(one.people for one in sentences)),
        )
