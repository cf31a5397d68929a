"""Do two stretches of text say the same, share a clause, or neither? Evidence to probabilities.

A multinomial logistic model over a handful of readable measures. Its weights are fitted by
``benchmarks/fit_alignment.py`` from public parallel corpora and stored with their provenance in
``resources/alignment.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import numpy as np

from align.arrays import FloatArray

RELATIONS = ("none", "partial", "translation")
"""The classes, in the order of the model's rows."""

LENGTH_RATIO = 0.0
"""Mean of log(English characters / Vietnamese characters) on 2,994 public sentence pairs: the two
are as long."""
LENGTH_SPREAD = 0.22
"""Its standard deviation there."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The measures of one candidate bead; what a reviewer is shown."""

    cosine: float
    """Of the two centred vectors, -1 to 1."""
    margin: float
    """Cosine above the mean of the four nearest neighbours of both sides, in the other document
    and the background."""
    gap: float
    """Cosine above the best rival that does not overlap it, the smaller of both directions."""
    length: float
    """|log length ratio| in standard deviations, at most 6."""
    gain: float
    """Cosine above the best of the smaller candidates inside this one; 0 for 1-1."""
    outdone: float
    """Best cosine of the larger candidates around this one, above its own; 0 where there is none
    or none is better."""
    coverage: float
    """Mean strength of the links of content words, the less covered side; 0 to 1."""
    coverage_best: float
    """The same of the better covered side."""
    clause: float
    """The same in the best run of a third of the words, the less covered side."""
    numbers_agree: float
    """Share of all numbers of both sides that both have; 0 where there are none."""
    numbers_clash: float
    """Numbers on either side that the other lacks, at most 4."""
    names_agree: float
    """Share of the English names that the Vietnamese side writes too."""
    shared_clause: float = 0.0
    """Cosine of the most similar runs of clauses, embedded alone, at least that of the whole; 0
    until looked at closer."""
    support: float = 0.0
    """Probability of the likeliest bead just before and just after it, in the mean, above that of
    any of this document's; nothing in a document that tells in another order."""
    density: float = 0.0
    """Share of the sentences of both documents that find a partner, by first judgement."""
    numbers_swapped: float = 0.0
    """Numbers that stand against each other, each side's unknown to the other; at most 3."""
    people_swapped: float = 0.0
    """Persons that stand against each other, each side's unknown to the other; at most 2."""


FEATURES = tuple(Evidence.__dataclass_fields__)
GLANCE = FEATURES[:4]
"""The measures that vectors and lengths alone give of a pair."""
MERGES = FEATURES[:6]
"""The same of a merge among other candidates."""
SWAPPED = FEATURES[-2:]
"""The measures that tell of a contradiction."""
CLOSER = FEATURES[:-2]
"""The measures the last judgement weighs."""
FIRST = CLOSER[:-3]
"""Those of them that are known before a closer look."""
_KNOWN = {"glance": GLANCE, "merges": MERGES, "first": FIRST, "closer": CLOSER}


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A multinomial logistic model: [features] means and scales, [3, features] weights."""

    features: tuple[str, ...]
    mean: FloatArray
    scale: FloatArray
    weights: FloatArray
    intercept: FloatArray
    low: FloatArray
    high: FloatArray
    """[features]: the range nearly all candidates lie in; beyond it squares would run away."""
    squares: bool = False
    """Whether the measures are followed by their squares."""

    def inputs(self, rows: FloatArray) -> FloatArray:
        """The measures as the weights take them."""
        rows = np.clip(rows, self.low, self.high)
        return np.concatenate([rows, rows**2], axis=1) if self.squares else rows


def relation_probabilities(rows: FloatArray, model: Model) -> FloatArray:
    """[candidates, 3]: probability of each of `RELATIONS`, from [candidates, measures] of which the
    model takes the first."""
    rows = rows[:, : len(model.features)]
    scores = (model.inputs(rows) - model.mean) / model.scale @ model.weights.T + model.intercept
    scores -= scores.max(1, keepdims=True)
    odds = np.exp(scores)
    probabilities: FloatArray = odds / odds.sum(1, keepdims=True)
    return probabilities


CONTRADICTED = 0.02
"""How many of a hundred pairs that would be translations are taken to contradict each other, before
numbers and persons are looked at."""


def contradicted(
    chances: FloatArray, measures: FloatArray, rates: Mapping[str, float]
) -> FloatArray:
    """[candidates, 3]: the probabilities after what stands against each other.

    A number or person against another hardly occurs in translations (*rates*, by measure of
    `SWAPPED`, with what share of them it does), and in each pair that contradicts itself; what
    it takes from translation goes to partial, since the rest is still shared (Bayes' rule).
    """
    odds = np.full(len(chances), CONTRADICTED / (1 - CONTRADICTED))
    swapped = np.zeros(len(chances), np.bool_)
    for name in SWAPPED:
        there = measures[:, FEATURES.index(name)] > 0
        odds[there] /= rates[name]
        swapped |= there
    moved = np.where(swapped, odds / (1 + odds), 0.0) * chances[:, 2]
    result: FloatArray = chances + np.column_stack([np.zeros(len(chances)), moved, -moved])
    return result


ARRAYS = ("mean", "scale", "weights", "intercept", "low", "high")
"""What is stored of a model besides its features."""


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    text = (resources.files("align.resources") / "alignment.json").read_text("utf-8")
    stored: dict[str, Any] = json.loads(text)
    return stored


def swap_rates() -> dict[str, float]:
    """With what share of translations each measure of `SWAPPED` is above zero."""
    rates: dict[str, float] = _stored()["swapped"]
    return rates


@lru_cache(maxsize=4)
def load_model(name: Literal["glance", "merges", "first", "closer"]) -> Model:
    """The stored weights for a glance at pairs or at merges, for the first judgement, or for the
    one after a closer look.

    Refuses a file made for other measures.
    """
    stored = _stored()["models"][name]
    features = tuple(stored["features"])
    if features != _KNOWN[name]:
        raise ValueError("resources/alignment.json is of another version: run fit_alignment.py")
    arrays = {key: np.array(stored[key], np.float64) for key in ARRAYS}
    return Model(features, squares=stored["squares"], **arrays)
