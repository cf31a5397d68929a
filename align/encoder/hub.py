"""Any sentence encoder that sentence-transformers can load, by hub name or local folder.

Word vectors are those of a middle layer (5 of 12, or as near as the model has), as in the default
encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from align.encoder.protocol import FloatArray, Spans, word_means
from align.model import MissingExtra, SongnguError

MIDDLE = 5 / 12
"""Depth of the layer that serves words; see `align.encoder.graph.WORD_LAYER`."""


class HubEncoder:
    """A model of sentence-transformers. See `align.encoder.protocol.Encoder`."""

    def __init__(self, name: str, *, device: str | None = None) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtra(
                f"encoder 'hub:{name}' needs sentence-transformers: pip install sentence-transformers"
            ) from error
        try:
            self._model: Any = SentenceTransformer(name, device=device or "cpu")
        except Exception as error:  # the library raises many kinds for "not found" and "offline"
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise SongnguError(
                f"encoder 'hub:{name}' cannot be loaded ({reason});"
                " give the path of a local model folder, or use 'encoder: e5-small'"
            ) from error
        self._core: Any = self._model[0].auto_model
        self._tokenizer: Any = self._model.tokenizer
        self._layer = max(1, round(MIDDLE * self._core.config.num_hidden_layers))
        self.signature = f"hub:{name}|layer{self._layer}"

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, np.float32)

    def sentences_and_words(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[FloatArray, list[FloatArray]]:
        words = [self._words(text, wanted) for text, wanted in zip(texts, spans, strict=True)]
        return self.sentences(texts), words

    def _words(self, text: str, spans: Spans) -> FloatArray:
        import torch

        # Stride 0: consecutive windows, so that a long text is split and never cut.
        limit = min(self._tokenizer.model_max_length, self._core.config.max_position_embeddings - 2)
        windows = self._tokenizer(
            text, truncation=True, max_length=limit, stride=0, return_overflowing_tokens=True,
            return_offsets_mapping=True, return_special_tokens_mask=True, padding=True,
            return_tensors="pt",
        )
        keep = (windows["special_tokens_mask"] == 0) & (windows["attention_mask"] == 1)
        with torch.no_grad():
            states = self._core(
                input_ids=windows["input_ids"].to(self._core.device),
                attention_mask=windows["attention_mask"].to(self._core.device),
                output_hidden_states=True,
            ).hidden_states[self._layer]
        pieces = states.cpu()[keep].numpy().astype(np.float32)
        return word_means(pieces, windows["offset_mapping"][keep].tolist(), spans)
