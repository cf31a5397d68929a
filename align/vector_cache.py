"""An encoder that asks a store before it computes: sentences already seen cost nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from align.arrays import FloatArray
from align.encoder import Encoder
from align.encoder.protocol import Spans
from align.text import nfc


class VectorStore(Protocol):
    """Keeps vectors by text digest and encoder signature."""

    def vectors(self, texts: Sequence[str], encoder: str) -> dict[str, bytes]: ...

    def save_vectors(self, vectors: Mapping[str, FloatArray], encoder: str) -> None: ...


class CachedEncoder:
    """See `align.encoder.protocol.Encoder`. Word vectors are many times larger than sentences and
    are computed anew."""

    def __init__(self, encoder: Encoder, store: VectorStore) -> None:
        self._encoder = encoder
        self._store = store
        self.signature = encoder.signature

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
        return self._encoder.sentences_and_words(texts, spans)


def digest(text: str) -> str:
    """Names a text whatever way its marks are composed."""
    return hashlib.sha256(nfc(text).encode()).hexdigest()[:32]
