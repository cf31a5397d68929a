"""The SimAlign package as a word aligner behind our protocol.

SimAlign (Jalili Sabet, Dufter, Yvon, Schütze 2020) aligns one pair a call, cuts long input
without a word, fails on an empty side and writes to the log as soon as it is imported. Here it
gets only pairs that fit, on a model folder of our own weights, and hands back our links.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from align.encoder.export import model_folder_for_simalign
from align.encoder.graph import WORD_LAYER
from align.encoder.hub import without_progress_bars
from align.encoder.tokens import LONGEST
from align.model import MissingExtra, WordLink, WordMethod
from align.text import nfc

LOGGERS = (None, "simalign", "simalign.simalign")
"""Loggers that importing SimAlign may change; ``None`` is the root."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A token of the caller, or a part of one that is too long for the model."""

    index: int
    """Its place among the caller's tokens."""
    text: str
    pieces: int
    """How many sentence pieces the model sees; at least 1."""


_Side = Sequence[_Word]


class SimAlignAligner:
    """Word links by the package ``simalign``. See `align.words.WordAligner`."""

    def __init__(self) -> None:
        """Loads PyTorch and the model, some seconds; the first time ever also writes the model
        folder. Raises `MissingExtra` where SimAlign is absent, `SongnguError` where the folder
        cannot be written."""
        try:
            with _logging_restored():
                from simalign import SentenceAligner
        except ImportError as error:
            raise MissingExtra(
                "word_aligner: simalign needs the package SimAlign:"
                " pip install 'songngu[simalign]', or use 'word_aligner: own'"
            ) from error
        folder = model_folder_for_simalign()
        with without_progress_bars():
            self._aligner: Any = SentenceAligner(
                model=str(folder),
                # A vector a word, as in our own aligner.
                token_type="word",
                matching_methods="i",
                device="cpu",
                layer=WORD_LAYER,
            )
        self._tokenizer: Any = self._aligner.embed_loader.tokenizer

    def align(
        self, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], method: WordMethod
    ) -> list[list[WordLink]]:
        """Links of each (vi tokens, en tokens) pair, in order of their indices.

        SimAlign gives no similarities, so every link weighs 1. A pair with more than 510 pieces
        on a side is aligned in windows: both sides are halved at the same share of their words,
        again and again until every half fits. A word across a cut cannot be linked, which costs
        little beside the length of a window. A side that is a single word stands whole opposite
        both halves, unless it is too long by itself: then its letters are halved.
        """
        # Set for each call, not once: it would compute all it was asked for, and mwmf takes
        # seconds on a long sentence.
        self._aligner.matching_methods = [method]
        return [self._links(self._words(vi), self._words(en), method) for vi, en in pairs]

    def _links(self, vi: _Side, en: _Side, method: WordMethod) -> list[WordLink]:
        found = {
            (vi_window[i].index, en_window[j].index)
            for vi_window, en_window in self._windows(vi, en)
            for i, j in self._aligner.get_word_aligns(
                [word.text for word in vi_window], [word.text for word in en_window]
            )[method]
        }
        return [WordLink(i, j, 1.0) for i, j in sorted(found)]

    def _windows(self, vi: _Side, en: _Side) -> Iterator[tuple[_Side, _Side]]:
        """Pairs of sides that fit the model and are not empty."""
        if not vi or not en:
            return
        if _fits(vi) and _fits(en):
            yield vi, en
            return
        for vi_half, en_half in zip(self._halves(vi), self._halves(en), strict=True):
            yield from self._windows(vi_half, en_half)

    def _halves(self, side: _Side) -> tuple[_Side, _Side]:
        if len(side) > 1:
            middle = len(side) // 2
            return side[:middle], side[middle:]
        if _fits(side):
            return side, side
        word = side[0]
        middle = len(word.text) // 2
        parts = (word.text[:middle], word.text[middle:])
        left, right = (self._words([part], word.index) for part in parts)
        return left, right

    def _words(self, tokens: Sequence[str], first: int = 0) -> list[_Word]:
        """The tokens that have pieces: SimAlign would take the mean of nothing for others."""
        if not tokens:
            return []
        texts = list(map(nfc, tokens))
        # Not verbose: it would warn of a word over the limit, which is why we ask.
        ids = self._tokenizer(texts, add_special_tokens=False, verbose=False)["input_ids"]
        return [
            _Word(index, text, len(pieces))
            for index, (text, pieces) in enumerate(zip(texts, ids, strict=True), first)
            if pieces
        ]


def _fits(side: _Side) -> bool:
    return sum(word.pieces for word in side) <= LONGEST


@contextmanager
def _logging_restored() -> Iterator[None]:
    """SimAlign hangs a handler of its own on its logger and lets every debug line through."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.level, logger.propagate, list(logger.handlers)) for logger in loggers]
    try:
        yield
    finally:
        for logger, (level, propagate, handlers) in zip(loggers, before, strict=True):
            logger.setLevel(level)
            logger.propagate = propagate
            logger.handlers[:] = handlers
