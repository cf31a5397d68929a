"""Any sentence encoder that sentence-transformers can load, by hub name or local folder.

Word vectors are those of a middle layer (5 of 12, or as near as the model has), as in the default
encoder. A text over the model's limit is split into parts and averaged back together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from align.arrays import FloatArray
from align.encoder.protocol import Spans, word_means
from align.model import MissingExtra, SongnguError
from align.text import nfc

MIDDLE = 5 / 12
"""Depth of the layer that serves words; see `align.encoder.graph.WORD_LAYER`."""


class HubEncoder:
    """A model of sentence-transformers. See `align.encoder.protocol.Encoder`."""

    def __init__(self, name: str, *, device: str | None = None) -> None:
        """*name*: a model of the hub, or a local folder. *device*: ``cpu`` (default), ``cuda``.

        Raises `MissingExtra` where sentence-transformers is absent and `SongnguError` where the
        model cannot be loaded or has no tokenizer that gives places.
        """
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtra(
                f"encoder 'hub:{name}' needs sentence-transformers:"
                " pip install sentence-transformers"
            ) from error
        try:
            with without_progress_bars():
                model: Any = SentenceTransformer(name, device=device or "cpu")
            self._model = model
            self._core = model[0].auto_model
            self._tokenizer = model.tokenizer
        except Exception as error:  # the library raises many kinds for "not found" and "offline"
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise SongnguError(
                f"encoder 'hub:{name}' cannot be loaded ({reason});"
                " give the path of a local model folder, or use 'encoder: e5-small'"
            ) from error
        if not getattr(self._tokenizer, "is_fast", False):
            raise SongnguError(
                f"encoder 'hub:{name}' has no fast tokenizer, so words have no places in it;"
                " use another model, or 'encoder: e5-small'"
            )
        config: Any = self._core.config
        self._layer = max(1, round(MIDDLE * config.num_hidden_layers))
        self._limit = _limit(self._model, config)
        prompt = self._model.prompts.get(self._model.default_prompt_name or "") or ""
        self._room = self._limit - len(self._ids(prompt, special=False))
        # A hub model can change under its name; its commit tells.
        revision = getattr(config, "_commit_hash", None) or "local"
        self.signature = f"hub:{name}|{revision[:8]}|layer{self._layer}"

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        parts = [
            (row, part, weight)
            for row, text in enumerate(texts)
            for part, weight in self._parts(nfc(text))
        ]
        if not parts:
            return self.sentences([""])[:0]
        vectors = np.asarray(
            self._model.encode(
                [part for _, part, _ in parts],
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            ),
            np.float32,
        )
        sums = np.zeros((len(texts), vectors.shape[1]), np.float32)
        for vector, (row, _, weight) in zip(vectors, parts, strict=True):
            sums[row] += vector * weight
        unit: FloatArray = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        return unit

    def sentences_and_words(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[FloatArray, list[FloatArray]]:
        words = [self._words(nfc(text), wanted) for text, wanted in zip(texts, spans, strict=True)]
        return self.sentences(texts), words

    def _parts(self, text: str) -> Iterator[tuple[str, int]]:
        """The text in parts that fit the model, each with its number of pieces.

        Halved at the space nearest the middle until it fits: the library itself would cut.
        """
        pieces = len(self._ids(text, special=True))
        if pieces <= self._room or len(text) < 2:
            yield text, pieces
            return
        middle = len(text) // 2
        spaces = (text.rfind(" ", 1, middle), text.find(" ", middle, -1))
        cut = min((s for s in spaces if s > 0), key=lambda s: abs(s - middle), default=middle)
        for part in (text[:cut], text[cut:]):
            yield from self._parts(part)

    def _ids(self, text: str, *, special: bool) -> list[int]:
        # Not verbose: the library would warn of a text over its limit, which is why we ask.
        encoded = self._tokenizer(text, add_special_tokens=special, truncation=False, verbose=False)
        ids: list[int] = encoded["input_ids"]
        return ids

    def _words(self, text: str, spans: Spans) -> FloatArray:
        import torch

        # Stride 0: consecutive windows, so that a long text is split and never cut.
        windows = self._tokenizer(
            text,
            truncation=True,
            max_length=self._limit,
            stride=0,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
            padding=True,
            return_tensors="pt",
        )
        keep = (windows["special_tokens_mask"] == 0) & (windows["attention_mask"] == 1)
        with torch.no_grad():
            states = self._core(
                input_ids=windows["input_ids"].to(self._core.device),
                attention_mask=windows["attention_mask"].to(self._core.device),
                output_hidden_states=True,
            ).hidden_states[self._layer]
        pieces = states.cpu()[keep].float().numpy()
        return word_means(pieces, windows["offset_mapping"][keep].tolist(), spans)


@contextmanager
def without_progress_bars() -> Iterator[None]:
    """transformers draws a bar on the terminal for each model it loads; not meanwhile."""
    from transformers.utils import logging

    bars: Any = logging
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bar()


def _limit(model: Any, config: Any) -> int:
    """Pieces the model takes, special ones included."""
    # RoBERTa's positions begin after the padding's, so that two of them are never used.
    positions = getattr(config, "max_position_embeddings", None)
    known = [model.max_seq_length, positions and positions - 2]
    return min((int(limit) for limit in known if limit), default=512)
