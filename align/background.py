"""Unrelated text of both languages, as an encoder sees it: the neighbourhood a short page lacks.

Raw cosines of multilingual vectors are squeezed into a narrow band that differs by language.
Subtracting each language's mean opens it; comparing a pair with unrelated sentences tells whether
its cosine is high or just usual. A page of ten sentences is too small to estimate either, so means
and neighbours come from 320 sentence pairs and 400 term pairs written for this project.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from align.encoder import Encoder
from align.encoder.cache import cached_folder
from align.encoder.protocol import FloatArray
from align.model import Lang
from align.text import word_spans
from align.vietnamese import segment_words
from align.words import unit


@dataclass(frozen=True, slots=True)
class Background:
    """Means [dimensions] and centred unit vectors [n, dimensions] of one language."""

    sentence_mean: FloatArray
    word_mean: FloatArray
    term_mean: FloatArray
    sentences: FloatArray
    terms: FloatArray

    def centre(self, vectors: FloatArray) -> FloatArray:
        """Sentence vectors without the language's mean, of unit length."""
        return unit(vectors - self.sentence_mean)

    def centre_words(self, vectors: FloatArray) -> FloatArray:
        """Word vectors without the language's mean, of unit length; words without a vector stay
        zero."""
        known = np.abs(vectors).max(1, keepdims=True, initial=0) > 0
        return np.where(known, unit(vectors - self.word_mean), 0).astype(np.float32)

    def centre_terms(self, vectors: FloatArray) -> FloatArray:
        """Vectors of isolated terms without the language's mean, of unit length."""
        return unit(vectors - self.term_mean)


def word_places(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Half-open ranges of the words that vectors are made for: pyvi's in Vietnamese, plain ones
    in English."""
    if lang == "en":
        return word_spans(text)
    return [(word.start, word.end) for word in segment_words(text) if word.text[0].isalnum()]


def load_background(encoder: Encoder) -> dict[Lang, Background]:
    """The background of both languages; embedded once an encoder and kept in the user's cache."""
    return _load(encoder)


@lru_cache(maxsize=2)
def _load(encoder: Encoder) -> dict[Lang, Background]:
    sentences, terms = _read("background.tsv"), _read("background_terms.tsv")
    text = repr((sentences, terms, encoder.signature)).encode()

    def build(folder: Path) -> None:
        for side, lang in enumerate(("vi", "en")):
            texts = [row[side] for row in sentences]
            spans = [word_places(one, lang) for one in texts]  # type: ignore[arg-type]
            vectors, words = encoder.sentences_and_words(texts, spans)
            inventory = encoder.sentences([row[side] for row in terms])
            np.savez(
                folder / f"{lang}.npz",
                sentences=vectors,
                word_mean=np.concatenate(words).mean(0),
                terms=inventory,
            )

    folder = cached_folder(f"background-{hashlib.sha256(text).hexdigest()[:16]}", build)
    return {"vi": _read_side(folder / "vi.npz"), "en": _read_side(folder / "en.npz")}


def _read_side(path: Path) -> Background:
    with np.load(path, allow_pickle=False) as stored:
        sentences, terms, word_mean = stored["sentences"], stored["terms"], stored["word_mean"]
    sentence_mean, term_mean = sentences.mean(0), terms.mean(0)
    return Background(
        sentence_mean=sentence_mean,
        word_mean=word_mean,
        term_mean=term_mean,
        sentences=unit(sentences - sentence_mean),
        terms=unit(terms - term_mean),
    )


def _read(name: str) -> tuple[tuple[str, str], ...]:
    text = (resources.files("align.resources") / name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return tuple((vi, en) for vi, en in rows)
