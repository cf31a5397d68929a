"""The parallel channel: which terms are linked word by word in aligned sentences.

Beads are gone through once, some at a time. Of each pair of terms only sums and a few places are
kept, so that memory grows with the number of linked pairs and not with that of the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from align.arrays import BoolArray, FloatArray, nearest_pairs, unit
from align.links import iterated_argmax
from align.model import Bead
from align.sides import Sentence
from align.words import WordAligner, known_words
from glossary.contexts import SentenceKey, Sentences, content_inside, placed
from glossary.inventory import Term
from glossary.model import Place

AT_ONCE = 128
"""Beads whose sentences go through the encoder together."""

KEPT = 3
"""Places kept of a linked pair, the surest ones."""

CONSISTENT = 0.34
"""Share of links that must stay within the two terms."""

NEAREST = 2
"""English terms of the bead looked at for a Vietnamese one without any link: a word is lost, and
its term is not."""

KNOWN = np.float32(0.2)
"""What two words gain that the dictionary gives for each other, in cosine of centred vectors."""

SHARED_CLAUSE = 0.5
"""What a bead that shares a clause weighs beside a translation: what is not in the clause has no
partner there."""


@dataclass(slots=True)
class Linked:
    """What aligned sentences say of one pair of terms."""

    weight: float = 0.0
    """Sum over the places of the bead's weight times the strength of the links."""
    places: int = 0
    context: float = 0.0
    """Sum over the places of the cosine of the two in their sentences."""
    best: list[tuple[Place, Place, float, float]] = field(default_factory=list)
    """Vietnamese place, English place, probability of the bead, strength of the links 0 to 1."""

    def add(self, vi: Place, en: Place, bead: Bead, strength: float, cosine: float) -> None:
        self.weight += _weight(bead) * strength
        self.places += 1
        self.context += cosine
        self.best.append((vi, en, bead.probability, strength))
        if len(self.best) > 2 * KEPT:
            self.trim()

    def trim(self) -> None:
        """Leave the surest places."""
        self.best.sort(key=lambda one: (-one[2] * one[3], one[0].document, one[0].sentence))
        del self.best[KEPT:]


@dataclass(frozen=True, slots=True)
class Parallel:
    """The whole channel."""

    linked: dict[tuple[int, int], Linked]
    """By index of the Vietnamese and of the English term."""
    reach: tuple[FloatArray, FloatArray]
    """[Vietnamese terms], [English terms]: the weight of all places that stand in beads."""


def parallel_channel(
    vi: Sequence[Term],
    en: Sequence[Term],
    beads: Mapping[tuple[str, str], Sequence[Bead]],
    sentences: Sentences,
    word_aligner: WordAligner | None = None,
) -> Parallel:
    """Every pair of terms that some bead links."""
    at = placed(vi, en)
    found = Parallel({}, (np.zeros(len(vi)), np.zeros(len(en))))
    units = list(_units(beads, sentences))
    for first in range(0, len(units), AT_ONCE):
        some = units[first : first + AT_ONCE]
        looked = sentences.look(key for _, left, right in some for key in (*left, *right))
        for bead, left, right in some:
            _link(
                _joined([looked[key] for key in left], [at.get(key, ()) for key in left]),
                _joined([looked[key] for key in right], [at.get(key, ()) for key in right]),
                bead,
                found,
                word_aligner,
            )
    for one in found.linked.values():
        one.trim()
    return found


def _units(
    beads: Mapping[tuple[str, str], Sequence[Bead]], sentences: Sentences
) -> Iterator[tuple[Bead, list[SentenceKey], list[SentenceKey]]]:
    for (vi, en), group in beads.items():
        for bead in group:
            left: list[SentenceKey] = [("vi", vi, i) for i in bead.vi]
            right: list[SentenceKey] = [("en", en, j) for j in bead.en]
            known = all(key in sentences for key in (*left, *right))
            if bead.relation != "none" and left and right and known:
                yield bead, left, right


def _weight(bead: Bead) -> float:
    return bead.probability * (1.0 if bead.relation == "translation" else SHARED_CLAUSE)


@dataclass(frozen=True, slots=True)
class _Side:
    """The sentences of one side of a bead as one."""

    sentences: Sequence[Sentence]
    vectors: FloatArray
    """[words, dimensions]"""
    terms: list[tuple[int, Place]]
    inside: FloatArray
    """[terms, words]: 1 where a content word lies in the term."""


def _joined(sentences: Sequence[Sentence], terms: Sequence[Sequence[tuple[int, Place]]]) -> _Side:
    blocks = [
        content_inside(sentence, [place for _, place in some])
        for sentence, some in zip(sentences, terms, strict=True)
    ]
    inside = np.zeros((sum(map(len, blocks)), sum(one.shape[1] for one in blocks)), np.float32)
    row = column = 0
    for one in blocks:
        inside[row : row + one.shape[0], column : column + one.shape[1]] = one
        row, column = row + one.shape[0], column + one.shape[1]
    vectors = np.concatenate([one.word_vectors for one in sentences])
    flat = [one for some in terms for one in some]
    whole = inside.sum(1) > 0
    kept = [one for one, has in zip(flat, whole, strict=True) if has]
    return _Side(sentences, vectors, kept, inside[whole])


def _link(
    left: _Side, right: _Side, bead: Bead, found: Parallel, word_aligner: WordAligner | None
) -> None:
    """Add the pairs of one bead.

    Strength is the share of the content words of both terms that are linked into the other; a link
    that leaves the other term counts against it (phrase consistency, Och & Ney 2004).
    """
    for side, reach in zip((left, right), found.reach, strict=True):
        for index, _ in side.terms:
            reach[index] += _weight(bead)
    if not left.terms or not right.terms:
        return
    links = _word_links(left, right, word_aligner).astype(np.float32)
    a, b = left.inside, right.inside
    inner = a @ links @ b.T
    covered = a @ (links @ b.T > 0) + ((a @ links > 0) @ b.T)
    astray = (a @ links.sum(1))[:, None] + (b @ links.sum(0))[None, :] - 2 * inner
    strength = covered / (a.sum(1)[:, None] + b.sum(1)[None, :] + astray)
    strength[inner == 0] = 0
    cosines = unit(a @ left.vectors) @ unit(b @ right.vectors).T
    wanted = strength > CONSISTENT
    lost = np.flatnonzero(~wanted.any(1))
    nearest = nearest_pairs(cosines[lost], NEAREST, 0) if len(lost) else np.zeros((0, 2), np.intp)
    wanted[lost[nearest[:, 0]], nearest[:, 1]] = True
    for row, column in np.argwhere(wanted).tolist():
        (i, vi), (j, en) = left.terms[row], right.terms[column]
        found.linked.setdefault((i, j), Linked()).add(
            vi, en, bead, float(strength[row, column]), float(cosines[row, column])
        )


def _word_links(left: _Side, right: _Side, word_aligner: WordAligner | None) -> BoolArray:
    """[vi words, en words], by the vectors at hand or by another aligner."""
    tokens = tuple(list(_tokens(side.sentences)) for side in (left, right))
    if word_aligner is None:
        similar = np.maximum(left.vectors @ right.vectors.T, 0)
        return iterated_argmax(similar + KNOWN * known_words(*tokens))
    links = np.zeros((len(left.vectors), len(right.vectors)), np.bool_)
    for link in word_aligner.align([(tokens[0], tokens[1])], "itermax")[0]:
        links[link.vi_index, link.en_index] = True
    return links


def _tokens(sentences: Iterable[Sentence]) -> Iterator[str]:
    for one in sentences:
        for start, end in one.words:
            yield one.text[start:end]
