"""Judged candidates to beads: a monotone path, then what crosses it; the rest stands alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from align.arrays import FloatArray
from align.candidates import Candidates
from align.model import Bead, Relation
from align.relation import FEATURES
from align.windows import Window, Windows, as_tuples, cells

CROSSING = 0.6
"""Probability a bead off the monotone path needs."""

COMPANY, SUREST = 0.25, 0.9
"""What the path gains for each sentence of a bead, as a share of the document's log-odds that a
sentence has a partner, of at most `SUREST`: where nearly all have one, a sentence left over is no
free choice. Tried from .1 to 1; .25 added .003 F1 on translations and nothing elsewhere."""

_DENSITY = FEATURES.index("density")


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate bead with its probabilities."""

    vi: Window
    en: Window
    measures: FloatArray
    """Those of `Evidence`."""
    none: float
    partial: float
    translation: float
    log_odds: float = field(init=False)
    """Of being a bead at all against being none."""

    def __post_init__(self) -> None:
        odds = (self.partial + self.translation + 1e-9) / (self.none + 1e-9)
        object.__setattr__(self, "log_odds", math.log(odds))

    @property
    def company(self) -> float:
        """What each of its sentences is worth to the path."""
        density = min(float(self.measures[_DENSITY]), SUREST)
        return COMPANY * math.log(density / (1 - density)) if density > 0.5 else 0.0

    def bead(self) -> Bead:
        """Its likelier relation with the probability of just that."""
        relation: Relation = "translation" if self.translation >= self.partial else "partial"
        return Bead(
            tuple(range(self.vi[0], sum(self.vi))),
            tuple(range(self.en[0], sum(self.en))),
            round(max(self.translation, self.partial), 4),
            relation,
            dict(zip(FEATURES, self.measures.round(3).tolist(), strict=True)),
        )


def beads_of(candidates: Candidates, chances: FloatArray, rows: int, columns: int) -> list[Bead]:
    """The beads of judged candidates ([n, 3] probabilities), each sentence in one of them."""
    # Pairs of single sentences are what merges are held against, likely or not.
    single = (candidates.windows[:, 1] == 1) & (candidates.windows[:, 3] == 1)
    asked = np.flatnonzero(single | (chances[:, 0] < 0.5))
    judged = {
        window: Judged(*window, candidates.measures[k], *row)
        for k, window, row in zip(
            asked, as_tuples(candidates.windows[asked]), chances[asked].tolist(), strict=True
        )
    }
    alone = np.ones(rows), np.ones(columns)
    for places, i, j in cells(candidates.windows):
        np.minimum.at(alone[0], i, chances[places, 0])
        np.minimum.at(alone[1], j, chances[places, 0])
    return with_nulls(choose(judged), *alone)


def choose(judged: Mapping[Windows, Judged]) -> list[Judged]:
    """Beads that do not overlap: the best monotone path, then the best of what crosses it."""
    likely = [one for one in judged.values() if one.log_odds > 0]
    chosen = _path([one for one in likely if one.log_odds >= _apart(one, judged, crossed=True)])
    used_vi = {i for one in chosen for i in range(one.vi[0], sum(one.vi))}
    used_en = {j for one in chosen for j in range(one.en[0], sum(one.en))}
    for one in sorted(judged.values(), key=lambda one: (-one.log_odds, one.vi, one.en)):
        if 1 - one.none < CROSSING:
            break
        if one.log_odds < _apart(one, judged):
            continue
        rows = set(range(one.vi[0], sum(one.vi)))
        columns = set(range(one.en[0], sum(one.en)))
        if not rows & used_vi and not columns & used_en:
            chosen.append(one)
            used_vi |= rows
            used_en |= columns
    return chosen


def _apart(one: Judged, judged: Mapping[Windows, Judged], *, crossed: bool = False) -> float:
    """What a merge of two and two is worth as two beads, in order or crossing; or only crossing,
    since a path finds the others itself."""
    if one.vi[1] != 2 or one.en[1] != 2:
        return 0.0
    (i, _), (j, _) = one.vi, one.en

    def worth(*places: tuple[int, int]) -> float:
        parts = [judged.get(((a, 1), (b, 1))) for a, b in places]
        return sum(part.log_odds if part else -math.inf for part in parts)

    crossing = worth((i, j + 1), (i + 1, j))
    return crossing if crossed else max(worth((i, j), (i + 1, j + 1)), crossing)


def _path(candidates: Sequence[Judged]) -> list[Judged]:
    """The chain of candidates, each wholly after the last on both sides, with the largest sum of
    log-odds and company: a weighted increasing subsequence, so that only candidates cost time."""
    by_start = sorted(candidates, key=lambda one: one.vi[0])
    by_end = sorted(range(len(by_start)), key=lambda k: sum(by_start[k].vi))
    # Prefix maxima over the English ends, as a Fenwick tree of (sum, last of the chain).
    size = max((sum(one.en) for one in by_start), default=0) + 2
    tree: list[tuple[float, int]] = [(0.0, -1)] * size
    sums, before, ended = [0.0] * len(by_start), [-1] * len(by_start), 0
    for k, one in enumerate(by_start):
        # A chain can be extended only where all of it has ended on the Vietnamese side.
        while ended < len(by_end) and sum(by_start[by_end[ended]].vi) <= one.vi[0]:
            last = by_end[ended]
            _raise(tree, sum(by_start[last].en), (sums[last], last))
            ended += 1
        total, before[k] = _top(tree, one.en[0])
        sums[k] = total + one.log_odds + one.company * (one.vi[1] + one.en[1])
    k = max(range(len(by_start)), key=lambda k: sums[k], default=-1)
    chain: list[Judged] = []
    while k >= 0:
        chain.append(by_start[k])
        k = before[k]
    return chain[::-1]


def _raise(tree: list[tuple[float, int]], end: int, value: tuple[float, int]) -> None:
    place = end + 1
    while place < len(tree):
        if value[0] > tree[place][0]:
            tree[place] = value
        place += place & -place


def _top(tree: list[tuple[float, int]], start: int) -> tuple[float, int]:
    best, place = (0.0, -1), min(start + 1, len(tree) - 1)
    while place > 0:
        if tree[place][0] > best[0]:
            best = tree[place]
        place -= place & -place
    return best


def with_nulls(chosen: Sequence[Judged], alone_vi: FloatArray, alone_en: FloatArray) -> list[Bead]:
    """Beads of the chosen candidates, and one alone for each sentence left over, with its
    probability of having no partner."""
    beads = [one.bead() for one in chosen]
    used_vi = {i for bead in beads for i in bead.vi}
    used_en = {j for bead in beads for j in bead.en}
    beads += [
        Bead((i,), (), round(chance, 4), "none")
        for i, chance in enumerate(alone_vi.tolist())
        if i not in used_vi
    ]
    beads.sort(key=lambda bead: bead.vi)
    beads += [
        Bead((), (j,), round(chance, 4), "none")
        for j, chance in enumerate(alone_en.tolist())
        if j not in used_en
    ]
    return beads
