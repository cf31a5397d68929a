"""How likely is an English form the right one for a Vietnamese term? Evidence to one probability.

Two channels give evidence. *Parallel* (`glossary.parallel`): the two stand in aligned sentences and
their words are linked. *Comparable* (`glossary.comparable`): no sentence is shared, but the two are
near each other, alone and in their sentences, and nearer than chance. Both weigh what the terms
themselves tell: their vectors, the dictionary, letters and sound of names, length. Each has a
logistic model of its own, since the same nearness means more where a sentence was aligned; the
surer of the two speaks. An association score over counts is used from frequency 3 on: below, it
knows nothing. Last, the pairs are settled among each other: a pair is likelier the farther it is
ahead of the other forms of its term, and of the other terms of its form (`settled`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources
from operator import attrgetter
from typing import Literal

import numpy as np
import numpy.typing as npt

from align.arrays import FloatArray

ModelName = Literal["parallel", "comparable", "settled"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one pair."""

    cosine: float
    """Of the terms alone, centred, -1 to 1."""
    margin: float
    """That cosine above what both have with their nearest background terms."""
    context: float
    """Of the terms in their sentences, centred, -1 to 1."""
    nearness: float
    """Above what both usually have with the other terms of near documents; see
    `glossary.comparable`. The least seen where the two were not compared there."""
    mutual: float
    """1 if each is the other's nearest in some block of documents, .5 if one of them is, else 0."""
    blocks: float
    """log(1 + blocks in which each is the other's nearest)."""
    linked: float
    """Strength of the word links between the two in aligned sentences, summed over the places and
    weighted by the beads; log(1 + sum)."""
    aligned: float
    """Share of the Vietnamese term's places that stand in aligned sentences, by their weight."""
    forward: float
    """Share of the Vietnamese term's places in aligned sentences that are linked to this form."""
    backward: float
    """Share of the English form's places that are linked to this term."""
    association: float
    """logDice (Rychlý 2008) of the two over aligned sentences, divided by its greatest value 14;
    0 where one of them stands there less than three times."""
    apart: float
    """Share of the Vietnamese term's places that stand in translated sentences while the pair is
    linked in none: its translation should be there."""
    dictionary_vi: float
    """Share of the Vietnamese term that the dictionary finds in the English one, 0 to 1."""
    dictionary_en: float
    """The same the other way."""
    name: float
    """1 for equal letters, the likeness of sound for other names, 0 for what is no name."""
    official: float
    """1 for the official name, less for a usual variant of it, -1 for another form where one is
    known, else 0."""
    length: float
    """|log of English words / Vietnamese words|, above what is usual."""

    @property
    def dictionary_both(self) -> float:
        """The two shares multiplied: what is left over on either side counts."""
        return self.dictionary_vi * self.dictionary_en

    @property
    def dictionary_whole(self) -> float:
        """1 where the dictionary knows both terms to the last word, else 0."""
        return float(self.dictionary_both == 1)

    @property
    def dictionary_none(self) -> float:
        """1 where it knows nothing of either, else 0."""
        return float(self.dictionary_vi == self.dictionary_en == 0)


EVIDENCE = tuple(field.name for field in fields(Evidence))

_figures = attrgetter(*EVIDENCE)

DECIMALS = 3
"""Of evidence as it is kept and shown."""


def shortened(evidence: Evidence) -> Evidence:
    """The evidence in few decimals. Equal figures are one object, so that the evidence of a
    hundred thousand pairs takes a quarter of the memory."""
    return Evidence(*(_figure(round(value, DECIMALS)) for value in _figures(evidence)))


def plain(evidence: Evidence) -> dict[str, float]:
    """The evidence by name, as a candidate carries it: what is not named says nothing (0)."""
    return {name: value for name, value in zip(EVIDENCE, _figures(evidence), strict=True) if value}


@lru_cache(maxsize=1 << 14)
def _figure(value: float) -> float:
    return value


FEATURES: dict[ModelName, tuple[str, ...]] = {
    "parallel": (
        "cosine", "margin", "context", "linked", "aligned", "forward", "backward", "association",
        "dictionary_vi", "dictionary_en", "dictionary_both", "dictionary_whole",
        "dictionary_none", "name", "length",
    ),
    "comparable": (
        "cosine", "margin", "context", "nearness", "mutual", "blocks", "apart",
        "dictionary_vi", "dictionary_en", "dictionary_both", "dictionary_whole",
        "dictionary_none", "name", "length",
    ),
    "settled": (
        "own", "ahead", "ahead_en", "aligned", "linked", "linked_own", "aligned_ahead",
    ),
}  # fmt: skip
"""What each model weighs."""

HOPELESS = -4.0
"""Log-odds below which a pair is no rival to any other."""

OFFICIAL = 3.0
"""Log-odds an official name adds, times `Evidence.official`. Not fitted: its sources are facts, and
what is left to doubt is whether the page means that body."""

UNOFFICIAL = 1.5
"""Log-odds another form loses where an official name is known."""

FREQUENT = 3
"""Places from which counts say something."""


def association(together: float, vi: float, en: float) -> float:
    """logDice of weighted counts over its greatest value, 0 to 1; 0 for rare terms.

    >>> association(3, 3, 3), association(1, 1, 1), round(association(2, 4, 4), 3)
    (1.0, 0.0, 0.929)
    """
    if min(vi, en) < FREQUENT or together <= 0:
        return 0.0
    return max(0.0, 14 + math.log2(min(2 * together / (vi + en), 1.0))) / 14


def length_surprise(vi: str, en: str) -> float:
    """How far the English form is longer or shorter than usual: a Vietnamese term of n syllables
    has about .6 n + .4 English words.

    >>> length_surprise("Bộ Y tế", "Ministry of Health") < length_surprise("Bộ Y tế", "Health")
    True
    """
    expected = 0.6 * len(vi.split()) + 0.4
    return abs(math.log(len(en.split()) / expected))


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model over standardised features."""

    features: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    intercept: float

    def log_odds(self, inputs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """[pairs], of [pairs, features]."""
        score: npt.NDArray[np.float64] = (inputs - self.mean) / self.scale @ self.weights
        return score + self.intercept


def rows(evidence: Sequence[Evidence], features: Sequence[str]) -> npt.NDArray[np.float64]:
    """[pairs, features]"""
    found = [[getattr(one, name) for name in features] for one in evidence]
    return np.array(found, np.float64).reshape(-1, len(features))


def log_odds(
    evidence: Sequence[Evidence], linked: npt.NDArray[np.bool_], compared: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    """[pairs]: how likely each is for itself; *linked* and *compared* say which channels know it. A
    pair that neither knows (a name found by its letters) is judged as a compared one."""
    scores = np.full((2, len(evidence)), -np.inf)
    channels: tuple[tuple[ModelName, npt.NDArray[np.bool_]], ...] = (
        ("parallel", linked),
        ("comparable", compared | ~linked),
    )
    for row, (name, known) in enumerate(channels):
        at = np.flatnonzero(known).tolist()
        model = load_model(name)
        scores[row, at] = model.log_odds(rows([evidence[k] for k in at], model.features))
    official = np.array([one.official for one in evidence])
    known_before = np.where(official > 0, OFFICIAL * official, UNOFFICIAL * official)
    result: npt.NDArray[np.float64] = scores.max(0, initial=-np.inf) + known_before
    return result


def settled(
    scores: npt.NDArray[np.float64],
    vi: Sequence[str],
    en: Sequence[str],
    linked: npt.NDArray[np.bool_],
    aligned: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """[pairs]: the probability that each is right, all pairs of a term being there.

    *scores* are their `log_odds`, *vi* and *en* what tells the terms apart.
    """
    found = load_model("settled").log_odds(rivalry(scores, vi, en, linked, aligned))
    result: npt.NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(found, -30, 30)))
    return result


def rivalry(
    scores: npt.NDArray[np.float64],
    vi: Sequence[str],
    en: Sequence[str],
    linked: npt.NDArray[np.bool_],
    aligned: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """[pairs, features]: what `settled` weighs, in the order of its features."""
    own = np.clip(scores, HOPELESS, -2 * HOPELESS)
    ahead = own - _best_rival(own, vi)
    ahead_en = own - _best_rival(own, en)
    return np.stack([own, ahead, ahead_en, aligned, linked, linked * own, aligned * ahead], axis=1)


def _best_rival(scores: npt.NDArray[np.float64], keys: Sequence[str]) -> npt.NDArray[np.float64]:
    """[pairs]: the best score of another pair with the same key."""
    best: dict[str, tuple[float, float]] = {}
    for key, score in zip(keys, scores.tolist(), strict=True):
        first, second = best.get(key, (HOPELESS, HOPELESS))
        best[key] = (score, first) if score > first else (first, max(second, score))
    found = (best[key] for key in keys)
    return np.array(
        [
            second if score == first else first
            for score, (first, second) in zip(scores.tolist(), found, strict=True)
        ]
    )


@lru_cache(maxsize=3)
def load_model(name: ModelName) -> Model:
    """The stored weights. Refuses a file made for other features."""
    stored = json.loads((resources.files("glossary.resources") / "terms.json").read_text("utf-8"))
    model = stored["models"][name]
    if tuple(model["features"]) != FEATURES[name]:
        raise ValueError("resources/terms.json is of another version: run fit_terms.py")
    mean, scale, weights = (np.array(model[key]) for key in ("mean", "scale", "weights"))
    return Model(FEATURES[name], mean, scale, weights, model["intercept"])
