"""The comparable channel: terms of near documents that mean the same, though no sentence is shared.

One Vietnamese document and all English ones near it are a block. Within it the terms compete: a
pair counts by how near it is alone, in context and by the dictionary, above what both of its terms
usually have with the others. Blocks are independent of each other, so that memory is that of one.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from align.arrays import NEIGHBOURS, FloatArray, nearest_pairs, unit
from align.background import Background, embed_terms
from align.dictionary import coverage, read_english, read_vietnamese
from align.encoder import Encoder
from align.model import Lang
from glossary.contexts import Placed, Sentences, document_contexts, placed
from glossary.inventory import Term

NEAREST_EN = 6
"""English forms looked at for a Vietnamese term of a block, and half as many the other way."""

DICTIONARY = 0.6
"""What a pair that the dictionary knows in full gains in the competition, in cosine; with .3 and 1
the sample's figures were worse or the same."""

LEAST_COVERAGE = 0.5
"""Share of both terms that the dictionary must know for a pair to be looked at anyway."""

MOST_TERMS = 40_000
"""Terms of a language whose vectors are kept: 40 MB."""

ROWS = 1024
"""Vietnamese terms of a block that are compared at a time."""

DOCUMENTS = 64
"""Documents whose terms in context stay at hand: English ones are near several Vietnamese ones."""


@dataclass(slots=True)
class Near:
    """What the blocks say of one pair of terms, the best of all blocks."""

    context: float
    """Cosine of the terms in their sentences, centred, -1 to 1."""
    nearness: float
    """Alone, in context and by the dictionary together, above what both usually have."""
    mutual: float
    """1 if each is the other's nearest in the block, .5 if one of them is, else 0."""
    blocks: int
    """Blocks in which each was the other's nearest."""

    def or_better(self, other: Near) -> Near:
        """What two blocks say together."""
        return Near(
            max(self.context, other.context),
            max(self.nearness, other.nearness),
            max(self.mutual, other.mutual),
            self.blocks + other.blocks,
        )


class AloneVectors:
    """Vectors of isolated terms, made as they are needed; the last ones stay at hand, at half
    precision."""

    def __init__(
        self, terms: Sequence[Term], lang: Lang, encoder: Encoder, background: Background
    ) -> None:
        self._terms, self._lang = terms, lang
        self._encoder, self._background = encoder, background
        self._kept: OrderedDict[int, FloatArray] = OrderedDict()

    def of(self, indices: Sequence[int]) -> FloatArray:
        """[indices, dimensions], centred, of unit length."""
        wanted = dict.fromkeys(indices)
        new = [one for one in wanted if one not in self._kept]
        for one in wanted:
            if one in self._kept:
                self._kept.move_to_end(one)
        if new:
            texts = [self._terms[one].text for one in new]
            made = self._background.centre_terms(*embed_terms(texts, self._lang, self._encoder))
            self._kept.update(zip(new, made.astype(np.float16), strict=True))
        found = np.stack([self._kept[one] for one in indices]).astype(np.float32)
        while len(self._kept) > MOST_TERMS:
            self._kept.popitem(last=False)
        return found


def comparable_channel(
    vi: Sequence[Term],
    en: Sequence[Term],
    near: Iterable[tuple[str, str]],
    indices: Mapping[tuple[Lang, str], Sequence[int]],
    sentences: Sentences,
    alone: tuple[AloneVectors, AloneVectors],
) -> dict[tuple[int, int], Near]:
    """Pairs of terms that are near in some block.

    *near* are the pairs of documents; *indices* those of the sentences of each.
    """
    at = placed(vi, en)
    partners: dict[str, list[str]] = defaultdict(list)
    for one, two in near:
        partners[one].append(two)
    contexts = _Contexts(at, indices, sentences)
    found: dict[tuple[int, int], Near] = {}
    for document, others in sorted(partners.items()):
        rows, left = contexts.of(("vi", document))
        columns, right = _together([contexts.of(("en", one)) for one in sorted(others)])
        if not rows or not columns:
            continue
        block = _Block(
            np.concatenate([alone[0].of(rows), left], axis=1),
            np.concatenate([alone[1].of(columns), right], axis=1),
            dictionary_pairs([vi[i].text for i in rows], [en[j].text for j in columns]),
        )
        for a, b, near_now in block.judged():
            # The contexts make the second half of the vectors.
            near_now.context = float(left[a] @ right[b])
            key = rows[a], columns[b]
            found[key] = near_now.or_better(found[key]) if key in found else near_now
    return found


class _Contexts:
    """Terms in context by document, the last ones at hand."""

    def __init__(
        self, at: Placed, indices: Mapping[tuple[Lang, str], Sequence[int]], sentences: Sentences
    ) -> None:
        self._at, self._indices, self._sentences = at, indices, sentences
        self._kept: OrderedDict[tuple[Lang, str], tuple[list[int], FloatArray]] = OrderedDict()

    def of(self, document: tuple[Lang, str]) -> tuple[list[int], FloatArray]:
        if document not in self._kept:
            indices = self._indices.get(document, ())
            self._kept[document] = document_contexts(document, indices, self._at, self._sentences)
            if len(self._kept) > DOCUMENTS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(document)
        return self._kept[document]


def _together(parts: Sequence[tuple[list[int], FloatArray]]) -> tuple[list[int], FloatArray]:
    """The terms of several documents, each with the mean of its vectors, of unit length."""
    sums: dict[int, FloatArray] = {}
    for indices, vectors in parts:
        for index, vector in zip(indices, vectors, strict=True):
            sums[index] = sums[index] + vector if index in sums else vector
    order = sorted(sums)
    return order, unit(np.stack([sums[one] for one in order]) if order else np.zeros((0, 1), "f4"))


def dictionary_pairs(vi: Sequence[str], en: Sequence[str]) -> dict[tuple[int, int], float]:
    """Pairs that share a word by the dictionary: how much of both it covers, 0 to 1; the smaller
    share counts, since what is left over is another term."""
    readings = [read_vietnamese(one) for one in vi]
    spellings = [read_english(one) for one in en]
    holding: dict[str, list[int]] = defaultdict(list)
    for j, spelling in enumerate(spellings):
        for letters in {letters for _, _, letters in spelling.spans}:
            holding[letters].append(j)
    found: dict[tuple[int, int], float] = {}
    for i, reading in enumerate(readings):
        # Longest lists first cost least: most translations stand nowhere in the block.
        columns = {
            j
            for _, _, translations in reading.entries
            for letters in translations
            for j in holding.get(letters, ())
        }
        for j in columns:
            share = min(coverage(reading, spellings[j]))
            if share > 0:
                found[i, j] = share
    return found


class _Block:
    """The competition of the terms of one block, some rows of it at a time."""

    def __init__(
        self, left: FloatArray, right: FloatArray, known: Mapping[tuple[int, int], float]
    ) -> None:
        self._left, self._right = left, right
        self._known: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for (a, b), share in sorted(known.items()):
            self._known[a].append((b, share))

    def judged(self) -> Iterator[tuple[int, int, Near]]:
        """Row, column and what the block says of the pairs worth a look; context is left at 0."""
        rows, columns = self._usual()
        best_of_row = np.zeros(len(rows), np.intp)
        best_of_column = np.zeros(len(columns), np.intp)
        best = np.full(len(columns), -np.inf)
        wanted: dict[tuple[int, int], float] = {}
        for first, similar in self._parts():
            scaled = similar - (rows[first : first + len(similar), None] + columns[None, :]) / 2
            best_of_row[first : first + len(similar)] = scaled.argmax(1)
            better = scaled.max(0) > best
            best_of_column[better] = first + scaled.argmax(0)[better]
            best = np.maximum(best, scaled.max(0))
            near = nearest_pairs(scaled, NEAREST_EN, NEAREST_EN // 2).tolist()
            sure = [
                (a, b)
                for a in range(len(similar))
                for b, share in self._known.get(first + a, ())
                if share >= LEAST_COVERAGE
            ]
            wanted |= {(first + a, b): float(scaled[a, b]) for a, b in (*map(tuple, near), *sure)}
        for (a, b), nearness in sorted(wanted.items()):
            mutual = (float(best_of_row[a] == b) + float(best_of_column[b] == a)) / 2
            yield a, b, Near(0.0, nearness, mutual, int(mutual == 1))

    def _parts(self) -> Iterator[tuple[int, FloatArray]]:
        for first in range(0, len(self._left), ROWS):
            similar: FloatArray = self._left[first : first + ROWS] @ self._right.T
            for a in range(len(similar)):
                for b, share in self._known.get(first + a, ()):
                    similar[a, b] += DICTIONARY * share
            yield first, similar

    def _usual(self) -> tuple[FloatArray, FloatArray]:
        """[rows], [columns]: mean of the highest similarities of each, its usual one (cross-domain
        similarity local scaling, Conneau et al. 2018). Rare terms and busy ones become comparable.
        """
        count = min(NEIGHBOURS, len(self._left), len(self._right))
        rows: list[FloatArray] = []
        columns = np.zeros((0, len(self._right)), np.float32)
        for _, similar in self._parts():
            rows.append(np.partition(similar, -count, axis=1)[:, -count:].mean(1))
            columns = np.concatenate([columns, similar])
            columns = np.partition(columns, -min(count, len(columns)), axis=0)[-count:]
        return np.concatenate(rows), columns.mean(0)
