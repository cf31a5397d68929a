"""Sentences of two texts to beads: which say the same, which share a clause, which stand alone.

Three steps. *Mine*: for each sentence the few most similar of the other side, by centred cosine
and margin (Artetxe & Schwenk 2019). *Judge*: every candidate, and the merges of neighbours around
it, gets evidence and a probability (`align.relation`). *Choose*: a monotone path by dynamic
programming (beads of up to 1-3, as in Gale & Church 1993; unmatched sentences cost nothing), then
what crosses that path, best first. Nothing is forced: a sentence without a partner stays alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from align.arrays import FloatArray, nearest_pairs, usual
from align.background import Background, load_background
from align.encoder import Encoder, load_encoder
from align.model import Bead, Lang, Relation
from align.relation import Evidence, measure, relation_probabilities
from align.sides import Sentence, joined, look_at

CANDIDATES = 3
"""Most similar sentences of the other side that are judged, in each direction: a true partner is
among the first three of a document in more than 99 of 100 cases."""

SHAPES = ((1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""Merges tried around a candidate, (Vietnamese, English) sentences."""

TIE = 1e-4
"""Margin a candidate loses from one end of the diagonal to the other: less than any that counts."""

LEAST_COSINE = 0.2
"""Centred cosine below which a candidate is not looked at: below all but 1 of 500 true pairs."""

CROSSING = 0.6
"""Probability a bead off the monotone path needs."""

Window = tuple[int, int]
"""First sentence and number of sentences."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate bead with its probabilities."""

    vi: Window
    en: Window
    evidence: Evidence
    none: float
    partial: float
    translation: float

    @property
    def log_odds(self) -> float:
        """Of being a bead at all against being none."""
        return math.log((self.partial + self.translation + 1e-9) / (self.none + 1e-9))

    def bead(self) -> Bead:
        """Its likelier relation with the probability of just that."""
        relation: Relation = "translation" if self.translation >= self.partial else "partial"
        return Bead(
            tuple(range(self.vi[0], sum(self.vi))),
            tuple(range(self.en[0], sum(self.en))),
            round(max(self.translation, self.partial), 4),
            relation,
            {name: round(value, 3) for name, value in asdict(self.evidence).items()},
        )


def align_sentences(
    vi: Sequence[str], en: Sequence[str], *, encoder: Encoder | None = None
) -> list[Bead]:
    """Beads in the order of the Vietnamese side, unmatched English sentences last.

    Every index of both sides is in exactly one bead. A bead with an empty side has relation
    ``none`` and as probability that its sentence has no partner; the probability of another is
    that both grouping and relation are right.
    """
    encoder = encoder or load_encoder()
    background = load_background(encoder)
    return align_looked(
        look_at(vi, "vi", encoder, background["vi"]),
        look_at(en, "en", encoder, background["en"]),
        background,
    )


def align_looked(
    vi: Sequence[Sentence], en: Sequence[Sentence], background: Mapping[Lang, Background]
) -> list[Bead]:
    """`align_sentences` for sides whose sentences were looked at already."""
    candidates = judge(vi, en, background) if vi and en else {}
    return with_nulls(choose(candidates), candidates.values(), len(vi), len(en))


def judge(
    vi: Sequence[Sentence], en: Sequence[Sentence], background: Mapping[Lang, Background]
) -> dict[tuple[Window, Window], Judged]:
    """Every candidate bead with its evidence and probabilities."""
    return judged(measured(vi, en, background))


def judged(
    evidence: Mapping[tuple[Window, Window], Evidence], model: Mapping[str, Any] | None = None
) -> dict[tuple[Window, Window], Judged]:
    """The candidates with their probabilities, by the stored weights or by *model*."""
    if not evidence:
        return {}
    rows = np.array([one.row() for one in evidence.values()])
    chances = relation_probabilities(rows, model)
    return {
        window: Judged(*window, one, *map(float, row))
        for (window, one), row in zip(evidence.items(), chances, strict=True)
    }


def measured(
    vi: Sequence[Sentence], en: Sequence[Sentence], background: Mapping[Lang, Background]
) -> dict[tuple[Window, Window], Evidence]:
    """Every candidate bead with its evidence."""
    cosines, vi_usual, en_usual = similarities(vi, en, background)
    margins = cosines - (vi_usual[:, None] + en_usual[None, :]) / 2
    windows = {
        window: (
            joined(vi[window[0][0] : sum(window[0])]),
            joined(en[window[1][0] : sum(window[1])]),
        )
        for window in _windows(_mined(cosines, margins), len(vi), len(en))
    }
    pooled = {window: float(one.vector @ two.vector) for window, (one, two) in windows.items()}
    gains, outdone = _against_parts(pooled)
    found: dict[tuple[Window, Window], Evidence] = {}
    for window, (left, right) in windows.items():
        cosine = pooled[window]
        rows, columns = (slice(first, first + count) for first, count in window)
        bar = float(vi_usual[rows].mean() + en_usual[columns].mean()) / 2
        found[window] = measure(
            left,
            right,
            cosine=cosine,
            margin=cosine - bar,
            gap=cosine - _best_rival(cosines, rows, columns),
            gain=gains[window],
            outdone=outdone[window],
        )
    return found


def similarities(
    vi: Sequence[Sentence], en: Sequence[Sentence], background: Mapping[Lang, Background]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Cosines [vi, en], and for each sentence the mean cosine of its nearest neighbours among the
    other document and the background."""
    left = np.stack([one.vector for one in vi])
    right = np.stack([one.vector for one in en])
    cosines = left @ right.T
    return (
        cosines,
        usual(np.concatenate([cosines, left @ background["en"].sentences.T], axis=1)),
        usual(np.concatenate([cosines.T, right @ background["vi"].sentences.T], axis=1)),
    )


def _mined(cosines: FloatArray, margins: FloatArray) -> list[tuple[int, int]]:
    """Pairs that are among the best of either sentence."""
    # Equal sentences tie; the one at the same place of the document goes first.
    rows, columns = (np.linspace(0, 1, count, dtype=np.float32) for count in margins.shape)
    margins = margins - TIE * np.abs(rows[:, None] - columns[None, :])
    found = nearest_pairs(margins, CANDIDATES, CANDIDATES)
    return sorted(pair for pair in found if cosines[pair] >= LEAST_COSINE)


def _windows(
    mined: Sequence[tuple[int, int]], rows: int, columns: int
) -> list[tuple[Window, Window]]:
    """The mined pairs and the merges whose every sentence is in some mined pair of the merge."""
    pairs = set(mined)
    found: dict[tuple[Window, Window], None] = {((i, 1), (j, 1)): None for i, j in mined}
    for i, j in mined:
        for height, width in SHAPES:
            for a in range(max(0, i - height + 1), min(i, rows - height) + 1):
                for b in range(max(0, j - width + 1), min(j, columns - width) + 1):
                    inside = [
                        (x, y)
                        for x in range(a, a + height)
                        for y in range(b, b + width)
                        if (x, y) in pairs
                    ]
                    if (
                        len({x for x, _ in inside}) == height
                        and len({y for _, y in inside}) == width
                    ):
                        found[(a, height), (b, width)] = None
    return list(found)


def _against_parts(
    pooled: Mapping[tuple[Window, Window], float],
) -> tuple[dict[tuple[Window, Window], float], dict[tuple[Window, Window], float]]:
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


def _best_rival(cosines: FloatArray, rows: slice, columns: slice) -> float:
    """Highest cosine of the window's sentences with any outside it, the stronger direction."""
    across = np.delete(cosines[rows], np.s_[columns], axis=1)
    down = np.delete(cosines[:, columns], np.s_[rows], axis=0)
    return max(float(across.max(initial=0.0)), float(down.max(initial=0.0)))


def choose(judged: Mapping[tuple[Window, Window], Judged]) -> list[Judged]:
    """Beads that do not overlap: the best monotone path, then the best of what crosses it."""
    chosen = _path([one for one in judged.values() if one.log_odds > 0])
    used_vi = {i for one in chosen for i in range(one.vi[0], sum(one.vi))}
    used_en = {j for one in chosen for j in range(one.en[0], sum(one.en))}
    for one in sorted(judged.values(), key=lambda one: (-one.log_odds, one.vi, one.en)):
        if 1 - one.none < CROSSING:
            break
        rows = set(range(one.vi[0], sum(one.vi)))
        columns = set(range(one.en[0], sum(one.en)))
        if not rows & used_vi and not columns & used_en:
            chosen.append(one)
            used_vi |= rows
            used_en |= columns
    return chosen


def _path(candidates: Sequence[Judged]) -> list[Judged]:
    """The chain of candidates, each wholly after the last on both sides, with the largest sum of
    log-odds: a weighted increasing subsequence, so that only candidates cost time."""
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
        sums[k] = total + one.log_odds
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


def with_nulls(
    chosen: Sequence[Judged], judged: Iterable[Judged], rows: int, columns: int
) -> list[Bead]:
    """Beads of the chosen candidates, and one alone for each sentence left over."""
    alone_vi, alone_en = [1.0] * rows, [1.0] * columns
    for one in judged:
        for i in range(one.vi[0], sum(one.vi)):
            alone_vi[i] = min(alone_vi[i], one.none)
        for j in range(one.en[0], sum(one.en)):
            alone_en[j] = min(alone_en[j], one.none)
    beads = [one.bead() for one in chosen]
    used_vi = {i for bead in beads for i in bead.vi}
    used_en = {j for bead in beads for j in bead.en}
    beads += [
        Bead((i,), (), round(alone_vi[i], 4), "none") for i in range(rows) if i not in used_vi
    ]
    beads.sort(key=lambda bead: bead.vi)
    beads += [
        Bead((), (j,), round(alone_en[j], 4), "none") for j in range(columns) if j not in used_en
    ]
    return beads
