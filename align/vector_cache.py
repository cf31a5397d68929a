"""An encoder that asks a store before it computes: sentences already seen cost nothing.

Word vectors are twenty times larger than those of sentences. They are not stored, but those of the
last sentences stay in memory, so that a sentence that is paired, aligned with several documents
and mined goes through the encoder once.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from align.arrays import FloatArray
from align.encoder import Encoder
from align.encoder.protocol import Spans
from align.model import Lang
from align.sides import places
from align.text import nfc

MOST_BYTES = 256_000_000
"""Word vectors kept in memory: those of some eight thousand sentences."""

AT_ONCE = 512
"""Sentences after which what is computed is stored: what a killed build loses at most."""

Key = tuple[str, tuple[tuple[int, int], ...]]
"""A composed text and the places of its words."""

Looked = tuple[FloatArray, FloatArray]
"""The vector of a sentence and those of its words."""


class VectorStore(Protocol):
    """Keeps vectors by text digest and encoder signature."""

    def vectors(self, texts: Sequence[str], encoder: str) -> dict[str, bytes]: ...

    def save_vectors(self, vectors: Mapping[str, FloatArray], encoder: str) -> None: ...


class CachedEncoder:
    """See `align.encoder.protocol.Encoder`."""

    def __init__(self, encoder: Encoder, store: VectorStore, *, most_bytes: int = MOST_BYTES):
        self._encoder = encoder
        self._store = store
        self._words: OrderedDict[Key, Looked] = OrderedDict()
        self._room = most_bytes
        self.signature = encoder.signature

    def look_ahead(
        self,
        texts: Mapping[Lang, Sequence[str]],
        step: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """Embed and store the sentences that are new, and keep their words as long as there is
        room; *step* is told how many are done, and of how many."""
        every = {digest(text): (nfc(text), lang) for lang, some in texts.items() for text in some}
        stored = self._store.vectors(sorted(every), self.signature)
        new = [one for key, one in every.items() if key not in stored]
        for at in range(0, len(new), AT_ONCE):
            step(at, len(new))
            some = [(text, tuple(places(text, lang))) for text, lang in new[at : at + AT_ONCE]]
            vectors = {digest(text): one[0] for (text, _), one in self._look(some).items()}
            self._store.save_vectors(vectors, self.signature)

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        keys = [digest(text) for text in texts]
        stored = self._store.vectors(sorted(set(keys)), self.signature)
        found = {key: np.frombuffer(blob, np.float32) for key, blob in stored.items()}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if missing:
            made = self._encoder.sentences(list(missing.values()))
            new = dict(zip(missing, made, strict=True))
            self._store.save_vectors(new, self.signature)
            found.update(new)
        if not keys:
            return self._encoder.sentences([])
        return np.stack([found[key] for key in keys])

    def sentences_and_words(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[FloatArray, list[FloatArray]]:
        keys = [(nfc(text), tuple(one)) for text, one in zip(texts, spans, strict=True)]
        found = {key: self._words[key] for key in keys if key in self._words}
        for key in found:
            self._words.move_to_end(key)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if not keys:
            return self._encoder.sentences_and_words([], [])
        found |= self._look(missing)
        return np.stack([found[key][0] for key in keys]), [found[key][1] for key in keys]

    def _look(self, keys: Sequence[Key]) -> dict[Key, Looked]:
        """Embed texts, and keep the words of the last ones."""
        if not keys:
            return {}
        vectors, words = self._encoder.sentences_and_words(
            [text for text, _ in keys], [spans for _, spans in keys]
        )
        found = dict(zip(keys, zip(vectors, words, strict=True), strict=True))
        self._words |= found
        self._room -= sum(one.nbytes for one in words)
        while self._room < 0 and self._words:
            _, (_, old) = self._words.popitem(last=False)
            self._room += old.nbytes
        return found


def digest(text: str) -> str:
    """Names a text whatever way its marks are composed."""
    return hashlib.sha256(nfc(text).encode()).hexdigest()[:32]
