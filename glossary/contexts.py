"""Terms in their sentences: sentences looked at as they are needed, and the vectors of places."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from align.arrays import FloatArray, unit
from align.background import Background
from align.encoder import Encoder
from align.model import LANGS, Document, Lang
from align.sides import Sentence, look_at
from glossary.inventory import Term, sentences_by_index
from glossary.model import Place

MOST_SENTENCES = 1000
"""Sentences kept with the vectors of their words: some 40 MB."""

SentenceKey = tuple[Lang, str, int]
"""Language, document and index of a sentence; a release and its coverage may have one name."""

Placed = Mapping[SentenceKey, Sequence[tuple[int, Place]]]
"""The terms, by their index, that stand in each sentence."""


class Sentences:
    """Every sentence of some documents; the vectors of the last ones stay at hand."""

    def __init__(
        self,
        documents: Iterable[Document],
        encoder: Encoder,
        background: Mapping[Lang, Background],
    ) -> None:
        self._texts: dict[SentenceKey, str] = {
            (one.lang, one.id, index): text
            for one in documents
            for index, text in sentences_by_index(one).items()
        }
        self._encoder = encoder
        self._background = background
        self._kept: OrderedDict[SentenceKey, Sentence] = OrderedDict()

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def look(self, keys: Iterable[SentenceKey]) -> dict[SentenceKey, Sentence]:
        """The sentences of *keys*, as far as there are such."""
        wanted = [key for key in dict.fromkeys(keys) if key in self._texts]
        found: dict[SentenceKey, Sentence] = {}
        for lang in LANGS:
            new = [key for key in wanted if key[0] == lang and key not in self._kept]
            texts = [self._texts[key] for key in new]
            seen = look_at(texts, lang, self._encoder, self._background[lang])
            found.update(zip(new, seen, strict=True))
        for key in wanted:
            if key in self._kept:
                self._kept.move_to_end(key)
            else:
                self._kept[key] = found[key]
            found[key] = self._kept[key]
        while len(self._kept) > MOST_SENTENCES:
            self._kept.popitem(last=False)
        return found


def placed(*sides: Sequence[Term]) -> Placed:
    """The terms of each sentence, by their index in their side."""
    found: dict[SentenceKey, list[tuple[int, Place]]] = defaultdict(list)
    for terms in sides:
        for index, term in enumerate(terms):
            for place in term.places:
                found[term.lang, place.document, place.sentence].append((index, place))
    return found


def content_inside(sentence: Sentence, places: Sequence[Place]) -> FloatArray:
    """[places, words]: 1 where a content word of the sentence lies in the place, else 0."""
    out = np.zeros((len(places), len(sentence.words)), np.float32)
    if not out.size:
        return out
    starts, ends = np.array(sentence.words).T
    for row, place in enumerate(places):
        out[row] = (starts < place.end) & (ends > place.start) & sentence.content
    return out


def document_contexts(
    document: tuple[Lang, str], indices: Iterable[int], at: Placed, sentences: Sentences
) -> tuple[list[int], FloatArray]:
    """The terms of a document and [terms, dimensions] the mean of their words over its sentences,
    of unit length, zeros for a term without a content word.

    *indices* are those of its sentences.
    """
    keys: list[SentenceKey] = [(*document, index) for index in indices]
    sums: dict[int, FloatArray] = {}
    for key, sentence in sentences.look(key for key in keys if key in at).items():
        rows = content_inside(sentence, [place for _, place in at[key]])
        if not rows.size:
            continue
        means = rows @ sentence.word_vectors / np.maximum(rows.sum(1, keepdims=True), 1)
        for (index, _), mean in zip(at[key], means, strict=True):
            sums[index] = sums[index] + mean if index in sums else mean
    order = sorted(sums)
    return order, unit(np.stack([sums[one] for one in order]) if order else np.zeros((0, 1), "f4"))
