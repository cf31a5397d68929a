"""The default encoder: multilingual-e5-small, run by OpenVINO.

Texts are composed (NFC), given the model's prefix, cut into chunks that fit its 512 positions,
sorted by length into batches, and averaged back together. Sentence vectors (last layer, mean over
the pieces) and word vectors (layer 5) come from the same pass.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from align.arrays import FloatArray
from align.cache import cached_folder
from align.encoder import graph
from align.encoder.protocol import Spans, word_means
from align.encoder.tokens import BEGIN, END, LONGEST, PAD, Pieces, PieceTokenizer, build_tokenizer
from align.encoder.weights import find_weights, read_weights
from align.model import MissingExtra
from align.versions import GRAPH, WEIGHTS_SHA256

PREFIX = "query:"
"""The model was trained with a prefix; both sides take this one for symmetric tasks."""

BATCH_PIECES = 1024
"""Padded pieces in a batch: larger ones gain nothing (measured on 2 cores)."""

STEP = 4
"""Pieces by which padded lengths grow: of 2,000 sentences a twentieth is padding."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    text: int
    """Which text it is a part of."""
    first: int
    """Its first piece among those of the text."""
    ids: tuple[int, ...]


class E5Encoder:
    """multilingual-e5-small; 384 dimensions. See `align.encoder.protocol.Encoder`."""

    def __init__(self, *, threads: int | None = None, precision: str | None = None) -> None:
        """*threads*: default all processors this process may use. *precision*: ``bf16`` or
        ``f32``; default bf16 where the processor has it. Builds the graph on first use."""
        try:
            import openvino as ov
        except ImportError as error:
            raise MissingExtra(
                "the encoder needs OpenVINO: pip install 'songngu[align]'"
            ) from error
        folder = model_folder()
        core = ov.Core()
        if precision is None:
            able = core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
            precision = "bf16" if "BF16" in able else "f32"
        settings: dict[str, Any] = {
            "INFERENCE_PRECISION_HINT": precision,
            "INFERENCE_NUM_THREADS": threads or _processors(),
            "NUM_STREAMS": 1,
            "PERFORMANCE_HINT": "LATENCY",
        }
        self._run = core.compile_model(folder / "model.xml", "CPU", settings).create_infer_request()
        self._tokenizer = PieceTokenizer(folder / "tokenizer.json")
        self._prefix = self._tokenizer([PREFIX])[0].ids
        self.signature = f"{folder.name}|{precision}|{STEP}"

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        return self._encode(texts, None)[0]

    def sentences_and_words(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[FloatArray, list[FloatArray]]:
        return self._encode(texts, spans)

    def _encode(
        self, texts: Sequence[str], spans: Sequence[Spans] | None
    ) -> tuple[FloatArray, list[FloatArray]]:
        pieces = self._tokenizer(texts)
        chunks = self._chunks(pieces)
        if not chunks:
            return np.zeros((0, 384), np.float32), []
        # The pieces of a text are averaged to words as soon as its last chunk is through: keeping
        # those of every text would cost 1.5 kB a piece.
        open_chunks = Counter(chunk.text for chunk in chunks)
        parts: dict[int, dict[int, FloatArray]] = defaultdict(dict)
        words: dict[int, FloatArray] = {}
        sums: dict[int, FloatArray] = {}
        start = 1 + len(self._prefix)
        for batch in _batches(chunks):
            sentence, word = self._infer(batch)
            for row, chunk in enumerate(batch):
                text, length = chunk.text, len(chunk.ids)
                sums[text] = sums.get(text, 0) + sentence[row] * np.float32(max(length, 1))
                if spans is None:
                    continue
                parts[text][chunk.first] = word[row, start : start + length].copy()
                open_chunks[text] -= 1
                if not open_chunks[text]:
                    whole = np.concatenate([one for _, one in sorted(parts.pop(text).items())])
                    words[text] = word_means(whole, pieces[text].spans, spans[text])
        total = np.stack([sums[text] for text in range(len(texts))])
        vectors = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-9)
        return vectors, [words[text] for text in range(len(words))]

    def _chunks(self, pieces: Sequence[Pieces]) -> list[_Chunk]:
        room = LONGEST - len(self._prefix)
        return [
            _Chunk(text, first, one.ids[first : first + room])
            for text, one in enumerate(pieces)
            for first in range(0, max(len(one.ids), 1), room)
        ]

    def _infer(self, batch: Sequence[_Chunk]) -> tuple[FloatArray, FloatArray]:
        width = min(2 + len(self._prefix) + _padded(batch[0]), 2 + LONGEST)
        ids = np.full((len(batch), width), PAD, np.int64)
        mask = np.zeros((len(batch), width), np.float32)
        for row, chunk in enumerate(batch):
            line = (BEGIN, *self._prefix, *chunk.ids, END)
            ids[row, : len(line)] = line
            mask[row, : len(line)] = 1
        result = self._run.infer({"ids": ids, "mask": mask}, share_inputs=True)
        return result["sentence"], result["words"]


def model_folder() -> Path:
    """The cached folder that holds the graph and the tokenizer; built on first use."""

    def build(folder: Path) -> None:
        weights = read_weights(find_weights())
        graph.build_graph(weights, folder / "model.xml")
        build_tokenizer(weights.pieces, folder / "tokenizer.json")

    name = f"e5-small-{WEIGHTS_SHA256[:8]}-int8-{GRAPH}"
    return cached_folder(name, build)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _batches(chunks: Sequence[_Chunk]) -> list[list[_Chunk]]:
    """Chunks of one padded length each, at most `BATCH_PIECES` padded pieces a batch."""
    batches: list[list[_Chunk]] = []
    width = 0
    for chunk in sorted(chunks, key=lambda chunk: len(chunk.ids)):
        longer = _padded(chunk) != width
        width = _padded(chunk)
        if longer or (len(batches[-1]) + 1) * (width + 4) > BATCH_PIECES:
            batches.append([])
        batches[-1].append(chunk)
    return batches


def _padded(chunk: _Chunk) -> int:
    """Pieces of a chunk and its padding: its own affair, not that of its neighbours in the batch,
    because products of other lengths are rounded otherwise."""
    return -(-max(len(chunk.ids), 1) // STEP) * STEP
