"""The data that flows through alignment: pages become documents, documents pairs, pairs beads.

Everything here is an immutable value of the standard library; nothing opens a file. Offsets are
half-open code-point indices into NFC text.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Lang = Literal["vi", "en"]
Relation = Literal["translation", "partial", "none"]
WordMethod = Literal["inter", "itermax", "mwmf"]

LANGS: tuple[Lang, Lang] = ("vi", "en")


class SongnguError(Exception):
    """Something a person can mend: the message says what is wrong, where, and how to mend it."""


class MissingExtra(SongnguError):
    """A command needs an optional part of the installation that is not there."""


class NoArticle(SongnguError):
    """A page holds no article; the message says why."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence of a text."""

    text: str
    """The sentence as it stands in the text, without surrounding white space."""
    start: int
    """Code-point index of its first character in the NFC text."""
    end: int
    """Code-point index after its last character; ``text == whole[start:end]``."""


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned page."""

    id: str
    lang: Lang
    title: str
    date: datetime.date | None
    source: str
    """Agency mark at the end of the text such as ``VNS``, or an empty string."""
    byline: str
    url: str
    paragraphs: tuple[str, ...]
    """The article without its title, furniture and captions; NFC."""
    captions: tuple[str, ...] = ()
    """Picture captions, kept apart: they often repeat the lead."""

    @property
    def text(self) -> str:
        """The paragraphs joined by a blank line."""
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Repair:
    """One damage mended in the raw page."""

    before: str
    after: str
    fix: str
    """Name of the fix, the same word as the function that makes it."""
    start: int
    """Half-open code-point range in the raw text."""
    end: int


@dataclass(frozen=True, slots=True)
class Removed:
    """One line left out of the article."""

    text: str
    kind: str
    """Such as ``title``, ``date``, ``related``, ``caption``, ``weather``."""
    line: int
    """1-based line of the raw page."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of one raw page."""

    document: Document
    repairs: list[Repair]
    removed: list[Removed]


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """A Vietnamese and an English document that may tell the same story."""

    vi: str
    en: str
    score: float
    """Probability, 0 to 1, that both tell the same story."""
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences of one side grouped with the sentences of the other that say the same."""

    vi: tuple[int, ...]
    en: tuple[int, ...]
    probability: float
    """Probability, 0 to 1, that this grouping and this relation are right."""
    relation: Relation
    """``none`` exactly when one side is empty."""
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WordLink:
    """Two tokens that translate each other."""

    vi_index: int
    en_index: int
    weight: float
    """Similarity of the two words, 0 to 1."""
