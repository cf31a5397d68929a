"""One side of an alignment, looked at once: vectors, words, numbers and names of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.arrays import FloatArray
from align.background import Background, word_places
from align.encoder import Encoder
from align.lexical import names, numbers, people, stopwords
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
    people: frozenset[str]


def look_at(
    texts: Sequence[str], lang: Lang, encoder: Encoder, background: Background
) -> list[Sentence]:
    """Every sentence of one side, in one pass of the encoder; what stands there twice is the same
    to the bit."""
    composed = [nfc(text) for text in texts]
    once = list(dict.fromkeys(composed))
    if not once:
        return []
    spans = [places(text, lang) for text in once]
    vectors, words = encoder.sentences_and_words(once, spans)
    stop = stopwords(lang)
    looked = {
        text: Sentence(
            text=text,
            lang=lang,
            vector=vector,
            words=tuple(span),
            word_vectors=background.centre_words(word),
            content=np.array([text[a:b].lower() not in stop for a, b in span], np.bool_),
            numbers=numbers(text, lang),
            names=names(text),
            people=people(text, lang),
        )
        for text, span, vector, word in zip(
            once, spans, background.centre(vectors), words, strict=True
        )
    }
    return [looked[text] for text in composed]


def places(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Half-open ranges of the words of a composed sentence that are looked at."""
    return word_places(text[:MOST_CHARACTERS], lang)[:MOST_WORDS]
