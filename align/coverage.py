"""How far the words of two windows are covered by links to each other, many windows at a time.

Words are linked that are each other's most similar in the two windows (SimAlign's ``inter``; Jalili
Sabet et al. 2020). What is best in a window is best in each pair of sentences it holds, so the
links of all windows are found among those of their pairs, and the similarities of each pair are
computed once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from align.arrays import BoolArray, FloatArray
from align.sides import Sentence
from align.windows import LARGEST, IntArray, cells, ragged

SAME = 1e-6
"""Similarities as near as that are equal, and the first of them counts: the same words have the
same vectors, but for rounding."""

LEAST_RUN = 3
"""Words of the shortest stretch that is asked for its coverage."""


def word_coverage(
    vi: Sequence[Sentence], en: Sequence[Sentence], windows: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """[n] each: mean strength of the links of content words on the less and on the better covered
    side, and in the best run of a third of the words on the less covered side; 0 to 1.

    A side without content words ("Có.") is covered by nothing and lacks nothing.
    """
    sides = _Words.of(vi), _Words.of(en)
    links = _links(sides, windows)
    covers, runs = [], []
    for k, side in enumerate(sides):
        cover, run = side.covered(windows[:, 2 * k], windows[:, 2 * k + 1], links, k)
        covers.append(cover)
        runs.append(run)
    return np.minimum(*covers), np.maximum(*covers), np.minimum(*runs)


@dataclass(frozen=True, slots=True)
class _Links:
    """Links of words in windows; each column [links]."""

    window: IntArray
    words: tuple[IntArray, IntArray]
    """Counted through all sentences of the side."""
    strength: FloatArray

    def kept(self, which: BoolArray) -> _Links:
        words = self.words[0][which], self.words[1][which]
        return _Links(self.window[which], words, self.strength[which])


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one side, one sentence after the other."""

    vectors: FloatArray
    """[words, dimensions]"""
    starts: IntArray
    """[sentences + 1]"""
    content: BoolArray
    """[words]"""
    told: IntArray
    """[words + 1]: content words before each."""

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> _Words:
        content = np.concatenate([one.content for one in sentences])
        return cls(
            np.concatenate([one.word_vectors for one in sentences]),
            np.cumsum([0, *(len(one.words) for one in sentences)]),
            content,
            np.concatenate([[0], np.cumsum(content)]),
        )

    def covered(
        self, first: IntArray, count: IntArray, links: _Links, side: int
    ) -> tuple[FloatArray, FloatArray]:
        """[windows]: mean strength of content words, in all of a window and in its best run."""
        begin = self.told[self.starts[first]]
        size = self.told[self.starts[first + count]] - begin
        ends = np.cumsum(size)
        strengths = np.zeros(int(ends[-1]) if len(ends) else 0)
        word = links.words[side]
        matters = self.content[word]
        at = (ends - size - begin)[links.window] + self.told[word]
        strengths[at[matters]] = links.strength[matters]
        return _means(strengths, ends - size, size), _best_runs(strengths, ends - size, size)


def _means(values: FloatArray, starts: IntArray, counts: IntArray) -> FloatArray:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    means: FloatArray = (sums[starts + counts] - sums[starts]) / np.maximum(counts, 1)
    return means


def _best_runs(values: FloatArray, starts: IntArray, counts: IntArray) -> FloatArray:
    """Mean in the best run of a third of each stretch, of at least `LEAST_RUN` values."""
    size = np.minimum(np.maximum(LEAST_RUN, counts // 3), counts)
    places = np.where(counts, counts - size + 1, 0)
    at = ragged(starts, places)
    sums = np.concatenate([[0.0], np.cumsum(values)])
    runs = sums[at + np.repeat(size, places)] - sums[at]
    best = np.zeros(len(starts))
    some = places > 0
    if some.any():
        best[some] = np.maximum.reduceat(runs, (np.cumsum(places) - places)[some])
    result: FloatArray = best / np.maximum(size, 1)
    return result


def _links(sides: tuple[_Words, _Words], windows: IntArray) -> _Links:
    """Every link of every window."""
    columns = len(sides[1].starts) - 1
    inside = list(cells(windows))
    pairs = np.unique(np.concatenate([i * columns + j for _, i, j in inside]))
    blocks = _Blocks.of(sides, pairs // columns, pairs % columns)
    at = np.full((len(windows), LARGEST, LARGEST), -1)
    for places, i, j in inside:
        down, right = i - windows[places, 0], j - windows[places, 2]
        at[places, down, right] = np.searchsorted(pairs, i * columns + j)
    found = [blocks.links(at, down, right) for down in range(LARGEST) for right in range(LARGEST)]
    return _Links(
        np.concatenate([one.window for one in found]),
        (
            np.concatenate([one.words[0] for one in found]),
            np.concatenate([one.words[1] for one in found]),
        ),
        np.concatenate([one.strength for one in found]),
    )


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The similarities of the words of pairs of sentences, as far as links need them."""

    best: tuple[FloatArray, FloatArray]
    """For each word of a pair's side the similarity of its nearest, one pair after the other."""
    places: tuple[IntArray, IntArray]
    """[pairs]: what a word's number is less by in `best`."""
    words: tuple[IntArray, IntArray]
    strength: FloatArray
    """Of the links of each pair, one pair after the other."""
    starts: IntArray
    """[pairs + 1]"""

    @classmethod
    def of(cls, sides: tuple[_Words, _Words], i: IntArray, j: IntArray) -> _Blocks:
        """Of the pairs of sentences (i, j), in the order of i and then j."""
        vi, en = sides
        heights = (vi.starts[1:] - vi.starts[:-1])[i]
        widths = (en.starts[1:] - en.starts[:-1])[j]
        ends = np.cumsum(heights), np.cumsum(widths)
        best = (
            np.zeros(int(ends[0][-1]), np.float32),
            np.zeros(int(ends[1][-1]), np.float32),
        )
        linked: list[tuple[IntArray, IntArray, FloatArray]] = []
        counts = np.zeros(len(i), np.intp)
        bounds = np.flatnonzero(np.diff(i, prepend=-1))
        for first, last in zip(bounds, [*bounds[1:], len(i)], strict=True):
            block = slice(first, last)
            height = int(heights[first])
            full = np.flatnonzero(widths[block])
            if not height or not len(full):
                continue
            columns = ragged(en.starts[j[block]], widths[block])
            # [columns, height]: the larger side first is the quicker product.
            similar = en.vectors[columns] @ vi.vectors[vi.starts[i[first]] :][:height].T
            np.maximum(similar, 0, out=similar)
            cuts = (ends[1][block] - widths[block])[full] - (ends[1][first] - widths[first])
            nearest = np.zeros((last - first, height), np.float32)
            nearest[full] = np.maximum.reduceat(similar, cuts, axis=0)
            best[0][ends[0][first] - height : ends[0][last - 1]] = nearest.ravel()
            row = similar.argmax(1)
            over = similar[np.arange(len(columns)), row]
            best[1][ends[1][first] - widths[first] : ends[1][last - 1]] = over
            of_pair = np.repeat(np.arange(last - first), widths[block])
            column = np.flatnonzero((over == nearest[of_pair, row]) & (over > 0))
            counts[block] = np.bincount(of_pair[column], minlength=last - first)
            linked.append((row[column] + vi.starts[i[first]], columns[column], over[column]))
        rows, cols, strengths = (
            np.concatenate([one[k] for one in linked] or [np.zeros(0, np.intp)]) for k in range(3)
        )
        return cls(
            best,
            (vi.starts[i] - ends[0] + heights, en.starts[j] - ends[1] + widths),
            (rows.astype(np.intp), cols.astype(np.intp)),
            strengths.astype(np.float32),
            np.concatenate([[0], np.cumsum(counts)]),
        )

    def links(self, at: IntArray, down: int, right: int) -> _Links:
        """The links that the pair *down* and *right* from a window's first gives to the window;
        *at* [windows, down, right] are the numbers of the pairs, -1 where a window has none."""
        window = np.flatnonzero(at[:, down, right] >= 0)
        pair = at[window, down, right]
        counts = self.starts[pair + 1] - self.starts[pair]
        link = ragged(self.starts[pair], counts)
        found = _Links(
            np.repeat(window, counts),
            (self.words[0][link], self.words[1][link]),
            self.strength[link],
        )
        for other in range(LARGEST):
            if other != right:
                found = self._stronger(found, at[:, down, other], 0, first=other < right)
            if other != down:
                found = self._stronger(found, at[:, other, right], 1, first=other < down)
        return found

    def _stronger(self, links: _Links, at: IntArray, side: int, *, first: bool) -> _Links:
        """The links that no word of another pair of the window outdoes."""
        rival = at[links.window]
        there = rival >= 0
        if not there.any():
            return links
        place = links.words[side][there] - self.places[side][rival[there]]
        limit = self.best[side][place] + (SAME if first else -SAME)
        kept = np.ones(len(rival), np.bool_)
        kept[there] = links.strength[there] > limit
        return links.kept(kept)
