"""How likely is an English form the right one for a Vietnamese term? Evidence to one probability.

Two channels give evidence. *Parallel*: the two stand in aligned sentences and their words are
linked. *Comparable*: no sentence is shared, but the vectors of the terms alone and in their
sentences are near each other and nearer than chance. Names are compared by letters and sound,
official names are known beforehand. A logistic model joins them all; an association score over
counts is no part of it, since at frequency 1 it knows nothing.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from align.arrays import NEIGHBOURS, BoolArray, FloatArray, unit, usual
from align.background import Background
from align.links import iterated_argmax
from align.model import Bead, Lang
from align.sides import Sentence
from align.words import WordAligner
from glossary.inventory import Term
from glossary.model import Place

CONTEXTS = 12
"""Places of a term that are averaged to its vector in context: more change nothing."""

SentenceKey = tuple[Lang, str, int]
"""Language, document and index of a sentence; a release and its coverage may have one name."""


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
    """Alone and in context together, above what both usually have with others; see `nearness`."""
    mutual: float
    """1 if each is the other's nearest, .5 if one of them is, else 0."""
    linked: float
    """Strength of the word links between the two in aligned sentences, summed over the places and
    weighted by the beads' probability; log(1 + sum), at most 2."""
    name: float
    """1 for equal letters, the likeness of sound for other names, 0 for what is no name."""
    official: float
    """1 for the official name, less for a usual variant of it, -1 for another form where one is
    known, else 0."""
    length: float
    """|log of English words / Vietnamese words|, above what is usual."""

    def row(self) -> list[float]:
        """The measures the model weighs, in the order of `FEATURES`."""
        return [getattr(self, name) for name in FEATURES]


FEATURES = ("cosine", "nearness", "mutual", "linked", "name", "length")
"""What the model weighs; margin and context are in nearness already and are shown only."""

OFFICIAL = 3.0
"""Log-odds an official name adds, times `Evidence.official`. Not fitted: its sources are facts, and
what is left to doubt is whether the page means that body."""

UNOFFICIAL = 1.5
"""Log-odds another form loses where an official name is known."""


def alone_cosines(
    vi: FloatArray, en: FloatArray, background: Mapping[Lang, Background]
) -> tuple[FloatArray, FloatArray]:
    """[vi, en] cosines of the terms alone, and their margins over the background.

    *vi* and *en* are what `Background.centre_terms` gives.
    """
    cosines = vi @ en.T
    usual_vi = usual(vi @ background["en"].inventory.T)
    usual_en = usual(en @ background["vi"].inventory.T)
    margins: FloatArray = cosines - (usual_vi[:, None] + usual_en[None, :]) / 2
    return cosines, margins


def nearness(cosines: FloatArray, contexts: FloatArray) -> FloatArray:
    """[vi, en]: alone and in context together, less what both sides usually have with others of
    these documents (cross-domain similarity local scaling, Conneau et al. 2018). Rare terms and
    busy ones become comparable."""
    both = cosines + contexts
    count = min(NEIGHBOURS, *both.shape)
    rows = np.partition(both, -count, axis=1)[:, -count:].mean(1)
    columns = np.partition(both, -count, axis=0)[-count:].mean(0)
    scaled: FloatArray = both - (rows[:, None] + columns[None, :]) / 2
    return scaled


def context_vectors(terms: Sequence[Term], looked: Mapping[SentenceKey, Sentence]) -> FloatArray:
    """[terms, dimensions]: mean of the words of each term over its places, of unit length; zeros
    where none of its sentences was looked at."""
    width = next((one.word_vectors.shape[1] for one in looked.values()), 1)
    out = np.zeros((len(terms), width), np.float32)
    for row, term in enumerate(terms):
        count = 0
        for place in term.places:
            sentence = looked.get((term.lang, place.document, place.sentence))
            if sentence is None:
                continue
            inside = words_inside(sentence, place)
            if inside:
                out[row] += sentence.word_vectors[inside].mean(0)
                count += 1
            if count == CONTEXTS:
                break
    return unit(out)


def linked_places(
    vi: Sequence[Term],
    en: Sequence[Term],
    beads: Mapping[tuple[str, str], Sequence[Bead]],
    looked: Mapping[SentenceKey, Sentence],
    word_aligner: WordAligner | None = None,
) -> dict[tuple[int, int], list[tuple[Place, Place, float, float]]]:
    """For each pair of terms the places where aligned sentences link them: (Vietnamese place,
    English place, probability of the bead, strength of the links 0 to 1).

    Strength is the share of the content words of both terms that are linked into the other; a link
    that leaves the other term counts against it (phrase consistency, Och & Ney 2004).
    """
    at_vi, at_en = _by_sentence(vi), _by_sentence(en)
    found: dict[tuple[int, int], list[tuple[Place, Place, float, float]]] = defaultdict(list)
    for (vi_document, en_document), group in beads.items():
        for bead in group:
            if bead.relation == "none":
                continue
            for i in bead.vi:
                for j in bead.en:
                    keys: tuple[SentenceKey, SentenceKey] = (
                        ("vi", vi_document, i),
                        ("en", en_document, j),
                    )
                    if keys[0] not in looked or keys[1] not in looked:
                        continue
                    _link_sentences(
                        looked[keys[0]], looked[keys[1]], at_vi[keys[0]], at_en[keys[1]],
                        bead.probability, found, word_aligner,
                    )  # fmt: skip
    return found


def _link_sentences(
    left: Sentence,
    right: Sentence,
    vi: Iterable[tuple[int, Place]],
    en: Iterable[tuple[int, Place]],
    weight: float,
    found: dict[tuple[int, int], list[tuple[Place, Place, float, float]]],
    word_aligner: WordAligner | None,
) -> None:
    if not len(left.words) or not len(right.words):
        return
    links = _word_links(left, right, word_aligner)
    en_inside = [(j, place, words_inside(right, place)) for j, place in en]
    for i, place in vi:
        rows = words_inside(left, place)
        if not rows:
            continue
        reached = links[rows]
        for j, other, columns in en_inside:
            if not columns:
                continue
            inner = reached[:, columns]
            if not inner.any():
                continue
            covered = inner.any(1).sum() + inner.any(0).sum()
            astray = reached.sum() + links[:, columns].sum() - 2 * inner.sum()
            strength = float(covered) / (len(rows) + len(columns) + float(astray))
            if strength > 0.5:
                found[i, j].append((place, other, weight, strength))


def _word_links(left: Sentence, right: Sentence, word_aligner: WordAligner | None) -> BoolArray:
    """[vi words, en words], by the vectors at hand or by another aligner."""
    if word_aligner is None:
        return iterated_argmax(np.maximum(left.word_vectors @ right.word_vectors.T, 0))
    tokens = tuple([side.text[a:b] for a, b in side.words] for side in (left, right))
    links = np.zeros((len(left.words), len(right.words)), np.bool_)
    for link in word_aligner.align([(tokens[0], tokens[1])], "itermax")[0]:
        links[link.vi_index, link.en_index] = True
    return links


def words_inside(sentence: Sentence, place: Place) -> list[int]:
    """Indices of the content words of a sentence that lie in the place."""
    return [
        k
        for k, (start, end) in enumerate(sentence.words)
        if start < place.end and place.start < end and sentence.content[k]
    ]


def length_surprise(vi: str, en: str) -> float:
    """How far the English form is longer or shorter than usual: a Vietnamese term of n syllables
    has about .6 n + .4 English words.

    >>> length_surprise("Bộ Y tế", "Ministry of Health") < length_surprise("Bộ Y tế", "Health")
    True
    """
    expected = 0.6 * len(vi.split()) + 0.4
    return abs(math.log(len(en.split()) / expected))


def _by_sentence(terms: Sequence[Term]) -> dict[SentenceKey, list[tuple[int, Place]]]:
    found: dict[SentenceKey, list[tuple[int, Place]]] = defaultdict(list)
    for index, term in enumerate(terms):
        for place in term.places:
            found[term.lang, place.document, place.sentence].append((index, place))
    return found


def probability(evidence: Sequence[Evidence]) -> npt.NDArray[np.float64]:
    """[pairs]: that each pair is right."""
    model = load_model()
    rows = np.array([one.row() for one in evidence]).reshape(-1, len(FEATURES))
    score = (rows - model["mean"]) / model["scale"] @ model["weights"] + model["intercept"]
    official = np.array([one.official for one in evidence])
    score += np.where(official > 0, OFFICIAL * official, UNOFFICIAL * official)
    result: npt.NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return result


@lru_cache(maxsize=1)
def load_model() -> dict[str, Any]:
    stored = json.loads((resources.files("glossary.resources") / "terms.json").read_text("utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise ValueError("resources/terms.json is of another version: run fit_terms.py")
    arrays = {key: np.array(stored[key]) for key in ("mean", "scale", "weights")}
    return {**stored, **arrays}
