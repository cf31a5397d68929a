"""Text to sentence pieces: the Unigram tokenizer of XLM-R, rebuilt from pieces and scores.

Unigram segmentation: Kudo 2018. Text is composed (NFC) first: the published tokenizer does not
compose, and decomposed Vietnamese would fall apart into marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
LONGEST = 510
"""Pieces that fit beside the begin and end marks in the model's 512 positions."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """One text as pieces."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    """Half-open code-point range of each piece in the NFC text."""


def build_tokenizer(pieces: Sequence[tuple[str, float]], path: Path) -> None:
    """Write the tokenizer to *path* as JSON."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.save(str(path), pretty=False)


class PieceTokenizer:
    """Splits texts into pieces with their places."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))

    def __call__(self, texts: Sequence[str]) -> list[Pieces]:
        """Pieces without begin and end marks; never cut."""
        composed = [unicodedata.normalize("NFC", text) for text in texts]
        return [
            Pieces(tuple(one.ids), _places(one.tokens, one.offsets))
            for one in self._tokenizer.encode_batch(composed, add_special_tokens=False)
        ]


def _places(
    tokens: Sequence[str], offsets: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    # The word mark put before the text belongs to no character, yet it is reported as the first
    # letter; inside the text such a mark has the place of its space.
    if len(tokens) > 1 and tokens[0] == "▁" and offsets[1][0] == 0:
        return ((0, 0), *offsets[1:])
    return tuple(offsets)
