"""One side of an alignment, looked at once: vectors, words, numbers and names of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.arrays import FloatArray
from align.background import Background, word_places
from align.encoder import Encoder
from align.lexical import names, numbers, stopwords
from align.model import Lang
from align.text import nfc

MOST_CHARACTERS, MOST_WORDS = 6000, 400
"""How far into a sentence words are looked at: far beyond any real one. Links of words grow with
the product of both sides, and a line of 100,000 letters is no sentence."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the aligner knows of one sentence."""

    text: str
    lang: Lang
    vector: FloatArray
    """[dimensions], centred, of unit length."""
    words: tuple[tuple[int, int], ...]
    """Half-open ranges of its words in the text."""
    word_vectors: FloatArray
    """[words, dimensions], centred, of unit length."""
    content: npt.NDArray[np.bool_]
    """[words]: whether a word carries subject matter."""
    numbers: frozenset[str]
    names: frozenset[str]


def look_at(
    texts: Sequence[str], lang: Lang, encoder: Encoder, background: Background
) -> list[Sentence]:
    """Every sentence of one side, in one pass of the encoder."""
    composed = [nfc(text) for text in texts]
    spans = [word_places(text[:MOST_CHARACTERS], lang)[:MOST_WORDS] for text in composed]
    vectors, words = encoder.sentences_and_words(composed, spans)
    if not composed:
        return []
    stop = stopwords(lang)
    return [
        Sentence(
            text=text,
            lang=lang,
            vector=vector,
            words=tuple(places),
            word_vectors=background.centre_words(word),
            content=np.array([text[a:b].lower() not in stop for a, b in places], np.bool_),
            numbers=numbers(text, lang),
            names=names(text),
        )
        for text, places, vector, word in zip(
            composed, spans, background.centre(vectors), words, strict=True
        )
    ]


def joined(sentences: Sequence[Sentence]) -> Sentence:
    """Neighbouring sentences as one; its vector is the sum weighted by length, which comes close
    to embedding the joined text and costs nothing."""
    if len(sentences) == 1:
        return sentences[0]
    total = np.sum([one.vector * len(one.text) for one in sentences], axis=0)
    return Sentence(
        text=" ".join(one.text for one in sentences),
        lang=sentences[0].lang,
        vector=(total / max(float(np.linalg.norm(total)), 1e-9)).astype(np.float32),
        words=tuple(place for one in sentences for place in one.words),
        word_vectors=np.concatenate([one.word_vectors for one in sentences]),
        content=np.concatenate([one.content for one in sentences]),
        numbers=frozenset().union(*(one.numbers for one in sentences)),
        names=frozenset().union(*(one.names for one in sentences)),
    )
