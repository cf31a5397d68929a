"""Which Vietnamese page and which English page tell the same story?

Every document becomes a few vectors: its title, its lead, its sentences. For each document the
nearest ones of the other side are looked at closely: how many sentences find a partner, which
numbers and names both hold, how far apart their dates lie. A logistic model, fitted by
``benchmarks/fit_pairing.py``, turns that into a probability. Most pages have no partner.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np

from align.arrays import FloatArray, nearest_pairs, unit
from align.background import Background, load_background
from align.encoder import Encoder, load_encoder
from align.lexical import names, numbers
from align.links import mutual_argmax
from align.model import Document, DocumentPair
from align.segment import sentences_of

NEAREST = 8
"""Documents of the other side that are looked at closely, by whole-document vectors."""

LEAD = 4
"""Sentences that make up the lead."""

FOUND = 0.5
"""Centred cosine of a mutually best sentence pair that counts as a partner: 9 of 10 true pairs
are above it, 1 of 100 best wrong ones."""

WINDOW_DAYS = 30
"""Two dated pages further apart tell hardly ever of one event."""


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What speaks for one story."""

    document: float
    """Cosine of the mean sentence vectors, centred, -1 to 1."""
    lead: float
    """Cosine of titles and leads, centred, -1 to 1."""
    title: float
    """Cosine of the titles, centred, -1 to 1; that of the leads where a title is missing."""
    found: float
    """Share of the shorter side's sentences that find a partner, 0 to 1."""
    numbers: float
    """Share of the numbers of the side with less of them that the other holds too, each weighted
    by how few documents hold it; 0 to 1."""
    names: float
    """The same for names that both languages write alike."""


PAIR_FEATURES = tuple(PairEvidence.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Read:
    """A document as pairing sees it."""

    document: Document
    title: FloatArray | None
    sentences: FloatArray
    """[sentences, dimensions], centred, of unit length."""
    numbers: frozenset[str]
    names: frozenset[str]

    @property
    def mean(self) -> FloatArray:
        """[dimensions], of unit length."""
        return _mean(self.sentences)

    @property
    def lead(self) -> FloatArray:
        first = self.sentences[:LEAD]
        return _mean(first if self.title is None else np.concatenate([self.title[None], first]))


def pair_documents(
    vi: Sequence[Document],
    en: Sequence[Document],
    *,
    encoder: Encoder | None = None,
    window_days: int = WINDOW_DAYS,
) -> list[DocumentPair]:
    """Pairs that may tell the same story, best first; the score is the probability that they do.

    Near neighbours below .5 are included, since comparable mining uses them; a document without a
    pair at or above .5 has no partner. One document may have several.
    """
    if not vi or not en:
        return []
    encoder = encoder or load_encoder()
    background = load_background(encoder)
    left = read_documents(vi, encoder, background["vi"])
    right = read_documents(en, encoder, background["en"])
    rarity = rarities([*left, *right])
    pairs = [
        DocumentPair(
            left[i].document.id,
            right[j].document.id,
            round(score, 4),
            {name: round(value, 3) for name, value in asdict(evidence).items()}
            | ({"days": days} if days is not None else {}),
        )
        for i, j in near_pairs(left, right)
        for evidence in [compare(left[i], right[j], rarity)]
        for days in [_days(left[i].document, right[j].document)]
        for score in [probability(evidence, days, window_days)]
    ]
    return sorted(pairs, key=lambda pair: (-pair.score, pair.vi, pair.en))


def read_documents(
    documents: Sequence[Document], encoder: Encoder, background: Background
) -> list[Read]:
    """Embed titles and sentences of one language in one go."""
    texts: list[str] = []
    counts: list[tuple[bool, int]] = []
    for document in documents:
        sentences = sentences_of(document)
        counts.append((bool(document.title), len(sentences)))
        texts += ([document.title] if document.title else []) + sentences
    vectors = background.centre(encoder.sentences(texts)) if texts else np.zeros((0, 1), np.float32)
    read: list[Read] = []
    at = 0
    for document, (titled, count) in zip(documents, counts, strict=True):
        title = vectors[at] if titled else None
        at += titled
        text = f"{document.title}\n{document.text}"
        read.append(
            Read(
                document,
                title,
                vectors[at : at + count],
                # One-figure numbers are everywhere.
                frozenset(n for n in numbers(text, document.lang) if len(n) > 1),
                names(text),
            )
        )
        at += count
    return read


def near_pairs(vi: Sequence[Read], en: Sequence[Read]) -> list[tuple[int, int]]:
    """Indices of documents that are among each other's `NEAREST`, in either direction."""
    similar = np.stack([one.mean for one in vi]) @ np.stack([one.mean for one in en]).T
    return [(i, j) for i, j in nearest_pairs(similar, NEAREST, NEAREST).tolist()]


def rarities(documents: Sequence[Read]) -> Callable[[str], float]:
    """The weight of a number or name: log(1 + documents / documents that hold it)."""
    held = Counter(one for document in documents for one in document.numbers | document.names)
    return lambda one: math.log1p(len(documents) / max(held[one], 1))


def compare(vi: Read, en: Read, rarity: Callable[[str], float]) -> PairEvidence:
    """What two documents share."""
    lead = float(vi.lead @ en.lead)
    found = 0.0
    if len(vi.sentences) and len(en.sentences):
        similar = np.maximum(vi.sentences @ en.sentences.T, 0)
        partners = (mutual_argmax(similar) & (similar >= FOUND)).sum()
        found = float(partners) / min(similar.shape)
    return PairEvidence(
        document=float(vi.mean @ en.mean),
        lead=lead,
        title=lead if vi.title is None or en.title is None else float(vi.title @ en.title),
        found=found,
        numbers=_shared(vi.numbers, en.numbers, rarity),
        names=_shared(vi.names, en.names, rarity),
    )


def probability(evidence: PairEvidence, days: int | None, window_days: int) -> float:
    """Of one story. Dates are no part of the fitted model, since the corpora have none: within
    three days they speak for it (most coverage appears then), beyond the window each doubling of
    the distance speaks against."""
    model = _model()
    row = [getattr(evidence, name) for name in PAIR_FEATURES]
    score = float(np.dot((np.array(row) - model["mean"]) / model["scale"], model["weights"]))
    score += float(model["intercept"])
    if days is not None:
        score += 1.5 if days <= 3 else 0.0
        score -= 2.0 * math.log2(1 + days / window_days) if days > window_days else 0.0
    return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))


def _days(vi: Document, en: Document) -> int | None:
    return abs((vi.date - en.date).days) if vi.date and en.date else None


def _shared(a: frozenset[str], b: frozenset[str], rarity: Callable[[str], float]) -> float:
    both, one, two = (sum(map(rarity, side)) for side in (a & b, a, b))
    return both / min(one, two) if a and b else 0.0


def _mean(vectors: FloatArray) -> FloatArray:
    total: FloatArray = vectors.sum(0, keepdims=True)
    mean: FloatArray = unit(total)[0]
    return mean


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    stored = json.loads((resources.files("align.resources") / "pairing.json").read_text("utf-8"))
    if tuple(stored["features"]) != PAIR_FEATURES:
        raise ValueError("resources/pairing.json is of another version: run fit_pairing.py")
    arrays = {key: np.array(stored[key]) for key in ("mean", "scale", "weights")}
    return {**stored, **arrays}
