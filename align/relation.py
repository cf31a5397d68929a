"""Do two stretches of text say the same, share a clause, or neither? Evidence to probabilities.

A multinomial logistic model over a handful of readable measures. Its weights are fitted by
``benchmarks/fit_alignment.py`` from public parallel corpora and stored with their provenance in
``resources/alignment.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

import numpy as np

from align.arrays import FloatArray
from align.links import mutual_argmax
from align.sides import Sentence

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
    gain: float
    """Cosine above the best of the smaller candidates inside this one; 0 for 1-1."""
    outdone: float
    """Best cosine of the larger candidates around this one, above its own; 0 where there is none
    or none is better."""
    shared_clause: float = 0.0
    """Cosine of the most similar runs of clauses, embedded alone, at least that of the whole; 0
    until looked at closer."""
    support: float = 0.0
    """Probability of the likeliest bead just before and just after it, in the mean, above that of
    any of this document's; nothing in a document that tells in another order."""
    density: float = 0.0
    """Share of the sentences of both documents that find a partner, by first judgement."""

    def row(self, features: Sequence[str]) -> list[float]:
        """The measures as a model takes them."""
        return [getattr(self, name) for name in features]


FEATURES = tuple(Evidence.__dataclass_fields__)
GLANCE = ("cosine", "margin", "gap", "length")
"""The measures that vectors and lengths alone give."""
FIRST = FEATURES[:-3]
"""The measures that are known before a closer look."""
_KNOWN = {"glance": GLANCE, "first": FIRST, "closer": FEATURES}


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
    """[features]: the range the weights were fitted on; beyond it squares would run away."""
    squares: bool = False
    """Whether the measures are followed by their squares."""

    def inputs(self, rows: FloatArray) -> FloatArray:
        """The measures as the weights take them."""
        rows = np.clip(rows, self.low, self.high)
        return np.concatenate([rows, rows**2], axis=1) if self.squares else rows


def measure(
    vi: Sentence,
    en: Sentence,
    *,
    cosine: float,
    margin: float,
    gap: float,
    gain: float = 0.0,
    outdone: float = 0.0,
) -> Evidence:
    """All measures of one candidate; what needs other candidates is given."""
    vi_strength, en_strength = link_strengths(vi, en)
    # A side without content words ("Có.") is covered by nothing and lacks nothing.
    told = vi_strength[vi.content], en_strength[en.content]
    covers = [float(one.sum()) / len(one) if len(one) else 0.0 for one in told]
    runs = [_best_run(one) for one in told]
    ratio = np.log(max(len(en.text), 1) / max(len(vi.text), 1)) - LENGTH_RATIO
    every = vi.numbers | en.numbers
    both = vi.numbers & en.numbers
    return Evidence(
        cosine=cosine,
        margin=margin,
        gap=gap,
        length=min(abs(float(ratio)) / LENGTH_SPREAD, 6.0),
        coverage=min(covers),
        coverage_best=max(covers),
        clause=min(runs),
        numbers_agree=len(both) / len(every) if every else 0.0,
        numbers_clash=float(min(len(every) - len(both), 4)),
        names_agree=len(vi.names & en.names) / len(en.names) if en.names else 0.0,
        gain=gain,
        outdone=outdone,
    )


def link_strengths(vi: Sentence, en: Sentence) -> tuple[FloatArray, FloatArray]:
    """How well each word of each side is linked: the similarity to its mutual best, 0 if none."""
    strengths = np.zeros(len(vi.words), np.float32), np.zeros(len(en.words), np.float32)
    if not len(vi.words) or not len(en.words):
        return strengths
    similar = np.maximum(vi.word_vectors @ en.word_vectors.T, 0)
    rows, columns = np.nonzero(mutual_argmax(similar))
    strengths[0][rows] = similar[rows, columns]
    strengths[1][columns] = similar[rows, columns]
    return strengths


def relation_probabilities(rows: FloatArray, model: Model) -> FloatArray:
    """[candidates, 3]: probability of each of `RELATIONS`, from rows of `Evidence.row`."""
    scores = (model.inputs(rows) - model.mean) / model.scale @ model.weights.T + model.intercept
    scores -= scores.max(1, keepdims=True)
    odds = np.exp(scores)
    probabilities: FloatArray = odds / odds.sum(1, keepdims=True)
    return probabilities


ARRAYS = ("mean", "scale", "weights", "intercept", "low", "high")
"""What is stored of a model besides its features."""


@lru_cache(maxsize=3)
def load_model(name: Literal["glance", "first", "closer"]) -> Model:
    """The stored weights for a glance, the first judgement, or the one after a closer look.

    Refuses a file made for other measures.
    """
    text = (resources.files("align.resources") / "alignment.json").read_text("utf-8")
    stored = json.loads(text)["models"][name]
    features = tuple(stored["features"])
    if features != _KNOWN[name]:
        raise ValueError("resources/alignment.json is of another version: run fit_alignment.py")
    arrays = {key: np.array(stored[key], np.float64) for key in ARRAYS}
    return Model(features, squares=stored["squares"], **arrays)


def _best_run(strength: FloatArray) -> float:
    """Mean in the best run of a third of the words, at least three."""
    if not len(strength):
        return 0.0
    size = min(max(3, len(strength) // 3), len(strength))
    sums = np.concatenate([[0.0], np.cumsum(strength, dtype=np.float64)])
    return float((sums[size:] - sums[:-size]).max() / size)
