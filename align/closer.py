"""A closer look at the candidates that may be beads.

The first judgement knows every sentence as a whole. Where two may share just a clause, their
clauses are embedded too. Each candidate also learns what stands around it: a bead between beads is
likelier than one alone in a text of another subject, and how likely follows from the document
itself. (Joined texts of merges are not embedded: on made documents that gained nothing over the
sum of their sentences' vectors weighted by length.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from align.arrays import FloatArray
from align.background import Background
from align.candidates import Candidates
from align.clauses import clause_runs
from align.encoder import Encoder
from align.model import Lang
from align.relation import FEATURES
from align.sides import Sentence
from align.windows import IntArray, cells

POSSIBLE = 0.02
"""Probability of being a bead from which a candidate is looked at again."""

CLAUSE = 0.02
"""Probability of being partial from which clauses are embedded."""

PART = 0.08
"""Cosine by which a larger candidate may be better for the clauses still to be looked at."""

REACH = 2
"""Sentences around a candidate in which others support it."""

_COSINE, _OUTDONE, _SHARED, _SUPPORT, _DENSITY = map(
    FEATURES.index, ("cosine", "outdone", "shared_clause", "support", "density")
)


def look_closer(
    candidates: Candidates,
    chances: FloatArray,
    vi: Sequence[Sentence],
    en: Sequence[Sentence],
    encoder: Encoder,
    background: Mapping[Lang, Background],
) -> tuple[IntArray, FloatArray]:
    """The places of the candidates that may be beads, by the first judgement's *chances* [n, 3],
    and better measures of each."""
    likely = 1 - chances[:, 0]
    doubtful = np.flatnonzero(likely >= POSSIBLE)
    windows, measures = candidates.windows[doubtful], candidates.measures[doubtful].copy()
    single = (windows[:, 1] == 1) & (windows[:, 3] == 1)
    divided = np.flatnonzero(
        single & (chances[doubtful, 1] >= CLAUSE) & (measures[:, _OUTDONE] <= PART)
    )
    pairs = windows[divided][:, [0, 2]].tolist()
    runs = (
        _runs(vi, {i for i, _ in pairs}, encoder, background["vi"]),
        _runs(en, {j for _, j in pairs}, encoder, background["en"]),
    )
    around = _Around(candidates.windows, likely, len(vi), len(en))
    measures[:, _SHARED] = measures[:, _COSINE]
    measures[divided, _SHARED] = [(runs[0][i] @ runs[1][j].T).max() for i, j in pairs]
    measures[:, _SUPPORT] = around.support(windows)
    measures[:, _DENSITY] = around.density
    return doubtful, measures


def _runs(
    sentences: Sequence[Sentence],
    wanted: Iterable[int],
    encoder: Encoder,
    background: Background,
) -> dict[int, FloatArray]:
    """For each wanted sentence the vectors of it and its runs of clauses, [runs, dimensions]."""
    runs = {index: clause_runs(sentences[index]) for index in sorted(wanted)}
    texts = list(dict.fromkeys(text for one in runs.values() for text in one))
    vectors = dict(
        zip(texts, background.centre(encoder.sentences(texts)) if texts else (), strict=True)
    )
    return {
        index: np.stack([sentences[index].vector, *(vectors[text] for text in one)])
        for index, one in runs.items()
    }


class _Around:
    """What stands around candidates, by the first judgement."""

    def __init__(self, windows: IntArray, likely: FloatArray, rows: int, columns: int) -> None:
        # A rim of nothing, so that one may look beyond the ends.
        self._best = np.zeros((rows + 2 * REACH, columns + 2 * REACH), np.float32)
        for places, i, j in cells(windows):
            np.maximum.at(self._best, (i + REACH, j + REACH), likely[places])
        total = self._best.max(1).sum() + self._best.max(0).sum()
        self.density = float(total / max(rows + columns, 1))
        self._order = _order(windows[likely > 0.5])
        self._rows, self._columns = rows, columns

    def support(self, windows: IntArray) -> FloatArray:
        """[windows]: the likeliest bead just before and the one just after each, in the mean, above
        the document's density; beyond the ends of the texts that is what is taken. Counts as far
        as the document keeps its order."""
        i, height, j, width = windows.T
        before = self._likeliest(i - 1, j - 1, -1)
        after = self._likeliest(i + height, j + width, 1)
        support: FloatArray = self._order * ((before + after) / 2 - self.density)
        return support

    def _likeliest(self, i: IntArray, j: IntArray, step: int) -> FloatArray:
        found = np.max(
            [
                self._best[i + step * a + REACH, j + step * b + REACH]
                for a in range(REACH)
                for b in range(REACH)
            ],
            axis=0,
        )
        inside = (i >= 0) & (i < self._rows) & (j >= 0) & (j < self._columns)
        likeliest: FloatArray = np.where(inside, found, self.density)
        return likeliest


def _order(windows: IntArray) -> float:
    """Share of the likely beads that stand in one order on both sides, by the longest increasing
    chain: 1 for a translation, little for a text told backwards."""
    ends: list[int] = []
    for _, en in sorted((i, -j) for i, _, j, _ in windows.tolist()):
        place = bisect_left(ends, -en)
        ends[place : place + 1] = [-en]
    return len(ends) / len(set(windows[:, 0].tolist())) if len(windows) else 0.0
