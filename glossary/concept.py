"""The data of the reviewed glossary: concepts with their terms in both languages.

After ISO 30042 (TBX): a concept has terms, a term has a status. What a reviewer decided stays with
the concept, what was refused stays beside the concepts, so that nothing is asked twice.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from align.model import LANGS, Lang

Status = Literal["preferred", "admitted", "deprecated", "forbidden"]
TermType = Literal["fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"]
PartOfSpeech = Literal["noun", "verb", "adjective", "adverb", "other"]
Form = Literal["stem", "exact"]
Verdict = Literal["accept", "reject", "import"]

STATUSES: tuple[Status, ...] = ("preferred", "admitted", "deprecated", "forbidden")
TERM_TYPES: tuple[TermType, ...] = (
    "fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase",
)  # fmt: skip
PARTS_OF_SPEECH: tuple[PartOfSpeech, ...] = ("noun", "verb", "adjective", "adverb", "other")
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "import")

USABLE: frozenset[Status | None] = frozenset({"preferred", "admitted"})
"""Statuses of the terms a translator may use."""


@dataclass(frozen=True, slots=True)
class Term:
    """One name of a concept in one language."""

    lang: Lang
    text: str
    """NFC, one line, without spaces at its ends."""
    status: Status | None = None
    """None: nobody has decided yet."""
    type: TermType | None = None
    part_of_speech: PartOfSpeech | None = None
    source: str = ""
    """Where the term was taken from."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What the concept is, in one language."""

    lang: Lang
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """When an occurrence in a text counts as the concept."""

    form: Form = "stem"
    """``stem``: English plural and possessive forms count; ``exact``: as written only."""
    context: tuple[str, ...] = ()
    """The concept counts only where one of these stands in the source."""
    exceptions: tuple[str, ...] = ()
    """Phrases inside which the term does not count (``except`` in files)."""


@dataclass(frozen=True, slots=True)
class ConceptExample:
    """Two sentences that hold the concept, one a language."""

    vi: str
    en: str
    vi_document: str = ""
    en_document: str = ""
    vi_date: datetime.date | None = None
    en_date: datetime.date | None = None
    probability: float | None = None
    """0 to 1: that the two are aligned; None where they stand in no bead together."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who said what, when, and on what grounds."""

    verdict: Verdict
    reviewer: str
    """A person, or ``import:FILE``."""
    date: datetime.date
    evidence: str = ""
    """One line."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea with its names."""

    id: str
    """Stable; an XML name, so that it can be one in TBX."""
    terms: tuple[Term, ...]
    """Vietnamese ones first, in each language the preferred ones first; put in this order."""
    subject: str = ""
    definitions: tuple[Definition, ...] = ()
    """At most one a language."""
    note: str = ""
    project: str = ""
    see: tuple[str, ...] = ()
    """Ids of related concepts."""
    match: Match = field(default_factory=Match)
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    reliability: int | None = None
    """0 to 10."""
    examples: tuple[ConceptExample, ...] = ()
    """At most three."""
    decisions: tuple[Decision, ...] = ()
    """Oldest first."""

    def __post_init__(self) -> None:
        ordered = sorted(
            self.terms, key=lambda one: (LANGS.index(one.lang), one.status != "preferred")
        )
        object.__setattr__(self, "terms", tuple(ordered))

    def forms(self, lang: Lang, *statuses: Status | None) -> list[Term]:
        """Terms of one language, those of the *statuses* only where some are given."""
        return [
            term
            for term in self.terms
            if term.lang == lang and (not statuses or term.status in statuses)
        ]

    def preferred(self, lang: Lang) -> Term | None:
        """The preferred term of a language; None where nothing is decided."""
        return next(iter(self.forms(lang, "preferred")), None)

    def heading(self, lang: Lang) -> str:
        """The name to show: the preferred one, else the first; empty where there is none."""
        term = self.preferred(lang) or next(iter(self.forms(lang)), None)
        return term.text if term else ""

    @property
    def decided(self) -> bool:
        """Whether some term carries a status."""
        return any(term.status for term in self.terms)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A Vietnamese form that is not to be a term, with the English forms it was offered with."""

    vi: str
    en: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """All concepts and refusals; iterates over the concepts."""

    concepts: tuple[Concept, ...] = ()
    """Sorted by id, ids unique."""
    rejected: tuple[Rejected, ...] = ()
    """Sorted by Vietnamese form, forms unique."""

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)

    def by_id(self) -> dict[str, Concept]:
        return {concept.id: concept for concept in self.concepts}


def alike(one: Concept, other: Concept) -> bool:
    """Whether nothing but their names tells two concepts apart: neither subject nor context, nor
    times that do not meet."""
    if one.subject != other.subject or one.match.context != other.match.context:
        return False
    return not (
        (one.valid_until and other.valid_from and one.valid_until < other.valid_from)
        or (other.valid_until and one.valid_from and other.valid_until < one.valid_from)
    )


def pointed(concept: Concept, ids: Mapping[str, str]) -> Concept:
    """The concept with what it points to by its new ids."""
    see = tuple(ids.get(one, one) for one in concept.see)
    return concept if see == concept.see else replace(concept, see=see)


def glossary_of(
    concepts: Mapping[str, Concept], rejected: Mapping[str, Rejected] | None = None
) -> Glossary:
    """A glossary in order, of concepts by id and refusals by Vietnamese form."""
    return Glossary(
        tuple(concepts[key] for key in sorted(concepts)),
        tuple(rejected[key] for key in sorted(rejected)) if rejected else (),
    )
