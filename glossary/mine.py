"""Documents, pairs and beads to ranked term pairs.

Forms of both languages are collected (`glossary.inventory`), every promising pair of them is
scored (`glossary.score`), and the pairs are decided together: names close the boundaries of what
stands beside them, a form that lives only inside a longer one stands aside for it, and a long pair
that is the sum of two shorter ones ranks below them.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from align.background import load_background
from align.encoder import Encoder, load_encoder
from align.english import key_en
from align.model import LANGS, Bead, Document, DocumentPair, Lang
from align.words import WordAligner
from glossary.contexts import Sentences
from glossary.inventory import (
    TITLE,
    Term,
    bare,
    close_at_capitals,
    close_at_names,
    collect,
    nested_always,
    sentences_by_index,
    shared_names,
)
from glossary.judge import Around, ScoredPair, judge, settle, weigh
from glossary.kinds import echoes, kind_of
from glossary.model import Alternative, Candidate, Example, KnownName
from glossary.official import official_names
from glossary.score import plain
from glossary.termhood import is_person, kind_of_term, termhood

ALTERNATIVES = 4

EXAMPLES = 3

ECHO = 0.5
"""What a term keeps of its termhood beside a likelier one that is a part of it or holds it."""

SURE = 0.9
"""Probability of a bead from which a sentence counts as translated."""

LEAST_PROBABILITY = 0.05
"""Pairs below it are not offered, not even as an alternative."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Every promising pair of the terms of some documents, before one is chosen."""

    pairs: Iterable[list[ScoredPair]]
    """Some at a time, in order of the Vietnamese terms; they can be gone through once."""
    vi: Mapping[str, Term]
    en: Mapping[str, Term]
    persons: set[str]
    """Keys of the Vietnamese terms that are persons both languages name."""


def mine_terms(
    documents: Iterable[Document],
    pairs: Iterable[DocumentPair],
    beads: Mapping[tuple[str, str], Sequence[Bead]] | Sequence[Sequence[Bead]],
    *,
    encoder: Encoder | None = None,
    known: Iterable[KnownName | tuple[str, str]] | None = None,
    word_aligner: WordAligner | None = None,
) -> list[Candidate]:
    """Term pairs offered for review, best first.

    *pairs* say which documents are near enough to share terms; *beads* are keyed by (Vietnamese
    id, English id) or stand in the order of the pairs; their indices count the sentences of
    `align.segment.sentences_of`. *known* are names known beforehand, whole or as (Vietnamese,
    English), by default the official ones; ``()`` mines without. *word_aligner*
    links the words of aligned sentences, by default the own one.
    """
    documents = list(documents)
    judged = judge_terms(
        documents, pairs, beads, encoder=encoder, known=known, word_aligner=word_aligner
    )
    dates = {one.id: one.date for one in documents if one.lang == "vi"}
    return _choose(judged, dates)


def judge_terms(
    documents: Sequence[Document],
    pairs: Iterable[DocumentPair],
    beads: Mapping[tuple[str, str], Sequence[Bead]] | Sequence[Sequence[Bead]],
    *,
    encoder: Encoder | None = None,
    known: Iterable[KnownName | tuple[str, str]] | None = None,
    word_aligner: WordAligner | None = None,
) -> Judged:
    """The first half of `mine_terms`: every pair with its evidence, not weighed, nothing chosen."""
    encoder = encoder or load_encoder()
    pairs = list(pairs)
    if not isinstance(beads, Mapping):
        beads = {(pair.vi, pair.en): group for pair, group in zip(pairs, beads, strict=False)}
    vi, en = (collect((one for one in documents if one.lang == lang), lang) for lang in LANGS)
    names = shared_names(vi, en)
    english_names = {key for keys in names.values() for key in keys}
    persons = {key for key in names if is_person(vi[key])}
    close_at_names(vi, names, persons)
    close_at_names(en, english_names, {one for key in persons for one in names[key]})
    close_at_capitals(vi, set(names), _countries("vi"))
    close_at_capitals(en, english_names, _countries("en"))
    if not vi or not en:
        return Judged([], vi, en, persons)
    background = load_background(encoder)
    indices = {(one.lang, one.id): list(sentences_by_index(one)) for one in documents}
    around = Around(
        near=frozenset((pair.vi, pair.en) for pair in pairs),
        translated=frozenset(_translated(indices, beads)),
        names=names,
        beads=beads,
        known=official_names() if known is None else tuple(map(_known_name, known)),
        indices=indices,
    )
    sentences = Sentences(documents, encoder, background)
    terms = list(vi.values()), list(en.values())
    found = judge(*terms, around, sentences, encoder, background, word_aligner)
    return Judged(found, vi, en, persons)


def _translated(
    indices: Mapping[tuple[Lang, str], Sequence[int]],
    beads: Mapping[tuple[str, str], Sequence[Bead]],
) -> Iterator[tuple[str, str]]:
    """Pairs of documents in which each Vietnamese sentence has its translation."""
    for (vi, en), group in beads.items():
        sure = {
            i
            for bead in group
            if bead.relation == "translation" and bead.probability >= SURE and bead.en
            for i in bead.vi
        }
        if sure and sure.issuperset(i for i in indices.get(("vi", vi), ()) if i != TITLE):
            yield vi, en


def _known_name(one: KnownName | tuple[str, str]) -> KnownName:
    return one if isinstance(one, KnownName) else KnownName(one[0], (one[1],), "", "given")


def _countries(lang: str) -> set[str]:
    """Words of country names and their adjectives, lower-case: they stand before anything."""
    return {
        word
        for name in official_names()
        if name.kind == "country"
        for form in ((name.vi,) if lang == "vi" else name.en)
        for word in form.lower().split()
    }


def settled_pairs(judged: Judged) -> list[ScoredPair]:
    """The pairs that have a chance, each with its probability."""
    pairs = [pair for some in judged.pairs for pair in weigh(some)]
    settle(pairs)
    return pairs


def _choose(judged: Judged, dates: Mapping[str, datetime.date | None]) -> list[Candidate]:
    """One candidate a Vietnamese term, its other English forms as alternatives."""
    by_term: dict[str, list[ScoredPair]] = defaultdict(list)
    for pair in settled_pairs(judged):
        if pair.probability >= LEAST_PROBABILITY:
            by_term[pair.vi.key].append(pair)
    best: dict[str, ScoredPair] = {}
    for key, found in by_term.items():
        found.sort(key=lambda pair: (-pair.probability, pair.en.key))
        best[key] = found[0]
    nested = nested_always(judged.vi)
    candidates = [
        _candidate(by_term.pop(key), judged.persons, _composed(pair, best), dates)
        for key, pair in best.items()
        if not _stands_aside(pair, nested, best)
    ]
    return sorted(_without_echoes(candidates), key=lambda one: (-one.rank, one.vi))


def _without_echoes(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of terms one of which is the other and more, and that have one English form, only the
    likeliest keeps its rank: *Sở Y tế tỉnh* says little beside *Sở Y tế*."""
    claims: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: (-one.probability, -one.count, one.vi)):
        claimed = claims[key_en(one.en)]
        echo = any(echoes(one.vi, other.vi) for other in claimed)
        claimed.append(one)
        yield replace(one, termhood=round(one.termhood * ECHO, 4)) if echo else one


def _stands_aside(
    pair: ScoredPair, nested: Mapping[str, str], best: Mapping[str, ScoredPair]
) -> bool:
    """A form that lives only inside a longer one whose own pair is as good, and whose English form
    holds its own; an institution's beginning stands aside for the whole sooner."""
    around = best.get(nested.get(pair.vi.key, ""))
    if around is None or f" {pair.en.key} " not in f" {around.en.key} ":
        return False
    if around.en.key == pair.en.key:  # what the longer one adds has no part in the English form
        return around.probability > pair.probability
    beginning = kind_of(pair.vi.text, False) == "institution" and around.vi.key.startswith(
        pair.vi.key
    )
    return around.probability >= (0.3 if beginning else pair.probability - 0.2)


def _composed(pair: ScoredPair, best: Mapping[str, ScoredPair]) -> bool:
    """Whether the pair is the sum of two shorter ones, a name among them: *Bộ Y tế Lào* is *Bộ Y
    tế* and *Lào*, while *bảo hiểm y tế* is more than its parts."""
    syllables = pair.vi.key.split()
    whole = f" {pair.en.key} "
    for cut in range(1, len(syllables)):
        parts = [best.get(" ".join(half)) for half in (syllables[:cut], syllables[cut:])]
        if any(part is not None and part.vi.name for part in parts) and all(
            part is not None and part.probability >= 0.5 and f" {part.en.key} " in whole
            for part in parts
        ):
            return True
    return False


def _candidate(
    pairs: Sequence[ScoredPair],
    persons: set[str],
    composed: bool,
    dates: Mapping[str, datetime.date | None],
) -> Candidate:
    first = pairs[0]
    kind = kind_of_term(first.vi, persons)
    return Candidate(
        vi=first.vi.text,
        en=first.en.text,
        probability=round(first.probability, 4),
        kind=kind,
        count=len(first.vi.places),
        documents=tuple(sorted(first.vi.documents | first.en.documents)),
        examples=_examples(first),
        alternatives=tuple(
            Alternative(
                pair.en.text,
                round(pair.probability, 4),
                len(pair.en.places),
                tuple(sorted(pair.en.documents)),
                plain(pair.evidence),
            )
            for pair in pairs[1 : 1 + ALTERNATIVES]
        ),
        channel=first.channel,
        termhood=round(termhood(first.vi, kind) * _interest(first, composed), 4),
        en_count=len(first.en.places),
        en_documents=tuple(sorted(first.en.documents)),
        dates=tuple(sorted({d for one in first.vi.documents if (d := dates.get(one))})),
        evidence=plain(first.evidence) | ({"composed": True} if composed else {}),
    )


def _interest(pair: ScoredPair, composed: bool) -> float:
    """What a pair keeps of its termhood: a sum of two others says little new, and a name that is
    written alike leaves nothing to decide."""
    return (0.7 if composed else 1.0) * (0.85 if bare(pair.vi.key) == bare(pair.en.key) else 1.0)


def _examples(pair: ScoredPair) -> tuple[Example, ...]:
    """Linked places first, the surest bead before; without any, one place of each side."""
    linked = sorted(pair.links, key=lambda link: (-link[2] * link[3], link[0].document))
    found: dict[tuple[str, str], Example] = {}
    for vi, en, weight, _ in linked:
        found.setdefault((vi.text, en.text), Example(vi, en, weight))
    if not found:
        found["", ""] = Example(pair.vi.places[0], pair.en.places[0], None)
    return tuple(found.values())[:EXAMPLES]
