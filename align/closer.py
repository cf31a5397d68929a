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
from dataclasses import replace

import numpy as np

from align.arrays import FloatArray
from align.background import Background
from align.candidates import Window, Windows
from align.choose import Judged
from align.clauses import clause_runs
from align.encoder import Encoder
from align.model import Lang
from align.relation import Evidence
from align.sides import Sentence

POSSIBLE = 0.02
"""Probability of being a bead from which a candidate is looked at again."""

CLAUSE = 0.02
"""Probability of being partial from which clauses are embedded."""

PART = 0.08
"""Cosine by which a larger candidate may be better for the clauses still to be looked at."""

REACH = 2
"""Sentences around a candidate in which others support it."""


def look_closer(
    judged: Mapping[Windows, Judged],
    vi: Sequence[Sentence],
    en: Sequence[Sentence],
    encoder: Encoder,
    background: Mapping[Lang, Background],
) -> dict[Windows, Evidence]:
    """Better evidence of the candidates that may be beads."""
    doubtful = {window: one for window, one in judged.items() if 1 - one.none >= POSSIBLE}
    divided = [
        (v[0], e[0])
        for (v, e), one in doubtful.items()
        if v[1] == e[1] == 1 and one.partial >= CLAUSE and one.evidence.outdone <= PART
    ]
    runs = (
        _runs(vi, {i for i, _ in divided}, encoder, background["vi"]),
        _runs(en, {j for _, j in divided}, encoder, background["en"]),
    )
    shared = {((i, 1), (j, 1)): float((runs[0][i] @ runs[1][j].T).max()) for i, j in divided}
    around = _Around(judged, len(vi), len(en))
    return {
        window: replace(
            one.evidence,
            shared_clause=shared.get(window, one.evidence.cosine),
            support=around.support(*window),
            density=around.density,
        )
        for window, one in doubtful.items()
    }


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

    def __init__(self, judged: Mapping[Windows, Judged], rows: int, columns: int) -> None:
        self._best: dict[tuple[int, int], float] = {}
        best_vi, best_en = np.zeros(max(rows, 1)), np.zeros(max(columns, 1))
        for (v, e), one in judged.items():
            chance = 1 - one.none
            for i in range(v[0], sum(v)):
                best_vi[i] = max(best_vi[i], chance)
                for j in range(e[0], sum(e)):
                    best_en[j] = max(best_en[j], chance)
                    self._best[i, j] = max(self._best.get((i, j), 0.0), chance)
        self.density = float((best_vi.sum() + best_en.sum()) / max(rows + columns, 1))
        self._order = _order(judged)
        self._rows, self._columns = rows, columns

    def support(self, vi: Window, en: Window) -> float:
        """The likeliest bead just before and the one just after, in the mean, above the document's
        density; beyond the ends of the texts that is what is taken. Counts as far as the document
        keeps its order."""
        before = self._likeliest(vi[0] - 1, en[0] - 1, -1)
        after = self._likeliest(sum(vi), sum(en), 1)
        return self._order * ((before + after) / 2 - self.density)

    def _likeliest(self, i: int, j: int, step: int) -> float:
        if not (0 <= i < self._rows and 0 <= j < self._columns):
            return self.density
        return max(
            self._best.get((i + step * a, j + step * b), 0.0)
            for a in range(REACH)
            for b in range(REACH)
        )


def _order(judged: Mapping[Windows, Judged]) -> float:
    """Share of the likely beads that stand in one order on both sides, by the longest increasing
    chain: 1 for a translation, little for a text told backwards."""
    ends: list[int] = []
    likely = sorted((v[0], -e[0]) for (v, e), one in judged.items() if one.none < 0.5)
    for _, en in likely:
        place = bisect_left(ends, -en)
        ends[place : place + 1] = [-en]
    return len(ends) / len({v for v, _ in likely}) if likely else 0.0
