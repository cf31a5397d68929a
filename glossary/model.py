"""The data of the glossary side: term pairs offered for review, with what speaks for them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["institution", "person", "place", "title", "abbreviation", "term"]
Channel = Literal["parallel", "comparable", "both"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands: a sentence of a document and a half-open code-point range in it."""

    document: str
    sentence: int
    """Index among the document's sentences; -1 is the title."""
    start: int
    end: int
    text: str
    """The whole sentence, NFC."""


@dataclass(frozen=True, slots=True)
class Example:
    """A Vietnamese and an English sentence that hold the two terms."""

    vi: Place
    en: Place
    probability: float | None
    """Of the bead that pairs the two sentences; None where they stand in no bead together."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another English form for the same Vietnamese term."""

    en: str
    probability: float
    count: int
    """Times the English form stands in the documents."""
    documents: tuple[str, ...] = ()
    """Ids of the English documents that hold it."""
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term pair offered for review."""

    vi: str
    en: str
    probability: float
    """0 to 1: that the English form is right for the Vietnamese term."""
    kind: Kind
    count: int
    """Times the Vietnamese term stands in the documents."""
    documents: tuple[str, ...]
    """Ids of the documents of both languages that hold one of the two."""
    examples: tuple[Example, ...]
    alternatives: tuple[Alternative, ...]
    """Other English forms, likelier first; at most four."""
    channel: Channel
    """``parallel``: linked in aligned sentences; ``comparable``: by meaning and form alone."""
    termhood: float = 0.0
    """0 to 1: how much the Vietnamese form is a term at all; ranks, never decides."""
    en_count: int = 0
    """Times the English form stands in the documents."""
    en_documents: tuple[str, ...] = ()
    """Ids of the English documents that hold the English form."""
    dates: tuple[datetime.date, ...] = ()
    """Dates of the documents that hold the Vietnamese term, sorted."""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rank(self) -> float:
        """What the list is sorted by, 0 to 1."""
        return self.probability * self.termhood


@dataclass(frozen=True, slots=True)
class KnownName:
    """An English name that is known beforehand."""

    vi: str
    en: tuple[str, ...]
    """The preferred form first."""
    kind: str
    source: str
    valid_from: int | None = None
    """First year the name was in force, None where it is old."""
    valid_until: int | None = None
    """Year it went out of force, None while it is in force."""
