"""Word alignment of a sentence pair: tokens in, links out.

The own aligner compares vectors of Vietnamese words (not syllables: that almost halves the error)
with vectors of English ones, links them by a method of SimAlign, and hands links back to the
caller's tokens. The SimAlign package itself stands behind the same protocol.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from align.arrays import BoolArray, FloatArray, unit
from align.dictionary import entries, spans
from align.encoder import Encoder, load_encoder
from align.links import links_of
from align.model import SongnguError, WordLink, WordMethod
from align.text import fold, nfc
from align.vietnamese import segment_words

KNOWN = np.float32(0.08)
"""What two words gain that the dictionary gives for each other. On 30 hand-aligned pairs the error
of itermax falls from .091 to .080, the recall of inter rises from .776 to .820; from .05 to .12 it
is all one."""

Tokens = Sequence[str]
Span = tuple[int, int]


class WordAligner(Protocol):
    """Links the words of many sentence pairs."""

    def align(
        self, pairs: Sequence[tuple[Tokens, Tokens]], method: WordMethod
    ) -> list[list[WordLink]]:
        """Links of each (vi tokens, en tokens) pair, in order of their indices."""
        ...


class VectorAligner:
    """The own aligner."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def align(
        self, pairs: Sequence[tuple[Tokens, Tokens]], method: WordMethod
    ) -> list[list[WordLink]]:
        sides = [side for pair in pairs for side in pair]
        texts, tokens = zip(*map(_joined, sides), strict=True) if sides else ((), ())
        spans = [
            _word_spans(text) if index % 2 == 0 else list(places)
            for index, (text, places) in enumerate(zip(texts, tokens, strict=True))
        ]
        vectors = self._encoder.sentences_and_words(texts, spans)[1]
        words = [[text[a:b] for a, b in some] for text, some in zip(texts, spans, strict=True)]
        return [
            _links(
                similarity(vectors[i], vectors[i + 1]),
                known_words(words[i], words[i + 1]),
                method,
                _members(spans[i], tokens[i]),
                _members(spans[i + 1], tokens[i + 1]),
            )
            for i in range(0, len(sides), 2)
        ]


def align_words(
    vi: Tokens,
    en: Tokens,
    *,
    method: WordMethod = "itermax",
    encoder: Encoder | None = None,
) -> list[WordLink]:
    """Links between the tokens of a Vietnamese sentence (by syllable or word) and an English one.

    *method* is ``inter`` (precise), ``itermax`` (balanced) or ``mwmf`` (every word of the shorter
    side). Empty sides have no links. Raises `SongnguError` for another method.
    """
    if method not in ("inter", "itermax", "mwmf"):
        raise SongnguError(f"unknown method {method!r}; use inter, itermax or mwmf")
    if not vi or not en:
        return []
    return VectorAligner(encoder or load_encoder()).align([(vi, en)], method)[0]


def load_word_aligner(name: str, encoder: Encoder) -> WordAligner:
    """``own``, or ``simalign`` for the package of that name."""
    if name == "own":
        return VectorAligner(encoder)
    from align.simalign_adapter import SimAlignAligner

    return SimAlignAligner()


def similarity(vi: FloatArray, en: FloatArray) -> FloatArray:
    """Cosines moved to 0..1, as SimAlign does: [vi words, en words]."""
    similar: FloatArray = np.clip((unit(vi) @ unit(en).T + 1) / 2, 0, 1)
    return similar


def known_words(vi: Sequence[str], en: Sequence[str]) -> BoolArray:
    """[vi words, en words]: whether the dictionary gives the English word, alone or with its
    neighbours, for the Vietnamese one.

    >>> known_words(["bệnh viện", "này"], ["this", "hospital"]).tolist()
    [[False, True], [False, False]]
    """
    out = np.zeros((len(vi), len(en)), np.bool_)
    known = entries()
    rows = {i: known[key] for i, word in enumerate(vi) if (key := fold(word)) in known}
    if rows:
        for first, last, letters in spans(en):
            for i, translations in rows.items():
                if letters in translations:
                    out[i, first:last] = True
    return out


def _joined(tokens: Tokens) -> tuple[str, tuple[Span, ...]]:
    """The tokens as one text, and the place of each in it."""
    places: list[Span] = []
    at = 0
    # Segmented text joins the syllables of a word by underscores, which the encoder never saw.
    composed = [nfc(token).replace("_", " ") for token in tokens]
    for token in composed:
        places.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(composed), tuple(places)


def _word_spans(text: str) -> list[Span]:
    return [(word.start, word.end) for word in segment_words(text)]


def _members(words: Sequence[Span], tokens: Sequence[Span]) -> list[list[int]]:
    """Indices of the tokens that each word overlaps."""
    members: list[list[int]] = []
    first = 0
    for start, end in words:
        while first < len(tokens) and tokens[first][1] <= start:
            first += 1
        last = first
        while last < len(tokens) and tokens[last][0] < end:
            last += 1
        members.append(list(range(first, last)))
    return members


def _links(
    matrix: FloatArray,
    known: BoolArray,
    method: WordMethod,
    vi_members: Sequence[Sequence[int]],
    en_members: Sequence[Sequence[int]],
) -> list[WordLink]:
    best: dict[tuple[int, int], float] = {}
    for i, j in np.argwhere(links_of(matrix + KNOWN * known, method)):
        for vi_index in vi_members[i]:
            for en_index in en_members[j]:
                key = vi_index, en_index
                best[key] = max(best.get(key, 0.0), float(matrix[i, j]))
    return [WordLink(*key, weight) for key, weight in sorted(best.items())]
