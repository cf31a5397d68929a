"""Documents, pairs and beads to ranked term pairs.

Forms of both languages are collected (`glossary.inventory`), every promising pair of them is
scored (`glossary.score`), and the pairs are decided together: names close the boundaries of what
stands beside them, a form that lives only inside a longer one stands aside for it, and a long pair
that is the sum of two shorter ones ranks below them.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from align.background import Background, load_background
from align.encoder import Encoder, load_encoder
from align.model import LANGS, Bead, Document, DocumentPair, Lang
from align.sides import Sentence, look_at
from align.words import WordAligner
from glossary.inventory import (
    Term,
    bare,
    close_at_capitals,
    close_at_names,
    collect,
    nested_always,
    sentences_by_index,
    shared_names,
)
from glossary.judge import ScoredPair, judge
from glossary.model import Alternative, Candidate, Example, KnownName
from glossary.official import official_names
from glossary.phrases import kind_of
from glossary.score import Evidence, SentenceKey
from glossary.termhood import is_person, kind_of_term, termhood

ALTERNATIVES = 4

EXAMPLES = 3

LEAST_PROBABILITY = 0.05
"""Pairs below it are not offered, not even as an alternative."""


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
    encoder = encoder or load_encoder()
    documents, pairs = list(documents), list(pairs)
    if not isinstance(beads, Mapping):
        beads = {(pair.vi, pair.en): group for pair, group in zip(pairs, beads, strict=False)}
    by_lang: dict[Lang, list[Document]] = {
        lang: [one for one in documents if one.lang == lang] for lang in ("vi", "en")
    }
    terms = {lang: collect(by_lang[lang], lang) for lang in by_lang}
    names = shared_names(terms["vi"], terms["en"])
    english_names = {key for keys in names.values() for key in keys}
    persons = {key for key in names if is_person(terms["vi"][key])}
    close_at_names(terms["vi"], names, persons)
    close_at_names(terms["en"], english_names, {one for key in persons for one in names[key]})
    names_known = (
        official_names()
        if known is None
        else tuple(
            one if isinstance(one, KnownName) else KnownName(one[0], (one[1],), "", "given")
            for one in known
        )
    )
    for lang, kept in (("vi", set(names)), ("en", english_names)):
        close_at_capitals(terms[lang], kept, _countries(lang))  # type: ignore[index]
    if not terms["vi"] or not terms["en"]:
        return []
    background = load_background(encoder)
    looked = _look(documents, encoder, background)
    judged = judge(
        list(terms["vi"].values()),
        list(terms["en"].values()),
        near={(pair.vi, pair.en) for pair in pairs},
        names=names,
        beads=beads,
        known=names_known,
        looked=looked,
        encoder=encoder,
        background=background,
        word_aligner=word_aligner,
    )
    dates = {one.id: one.date for one in by_lang["vi"]}
    return _choose(judged, terms["vi"], terms["en"], persons, dates)


def _look(
    documents: Sequence[Document], encoder: Encoder, background: Mapping[Lang, Background]
) -> dict[SentenceKey, Sentence]:
    looked: dict[SentenceKey, Sentence] = {}
    for lang in LANGS:
        keyed: dict[SentenceKey, str] = {
            (lang, one.id, index): text
            for one in documents
            if one.lang == lang
            for index, text in sentences_by_index(one).items()
        }
        seen = look_at(list(keyed.values()), lang, encoder, background[lang])
        looked.update(zip(keyed, seen, strict=True))
    return looked


def _countries(lang: str) -> set[str]:
    """Words of country names and their adjectives, lower-case: they stand before anything."""
    return {
        word
        for name in official_names()
        if name.kind == "country"
        for form in ((name.vi,) if lang == "vi" else name.en)
        for word in form.lower().split()
    }


def _choose(
    pairs: Sequence[ScoredPair],
    vi: Mapping[str, Term],
    en: Mapping[str, Term],
    persons: set[str],
    dates: Mapping[str, datetime.date | None],
) -> list[Candidate]:
    """One candidate a Vietnamese term, its other English forms as alternatives."""
    by_term: dict[str, list[ScoredPair]] = defaultdict(list)
    for pair in pairs:
        if pair.probability >= LEAST_PROBABILITY:
            by_term[pair.vi.key].append(pair)
    best: dict[str, ScoredPair] = {}
    for key, found in by_term.items():
        found.sort(key=lambda pair: (-pair.probability, pair.en.key))
        best[key] = found[0]
    nested = nested_always(vi)
    candidates = [
        _candidate(by_term[key], persons, _composed(pair, best), dates)
        for key, pair in best.items()
        if not _stands_aside(pair, nested, best)
    ]
    return sorted(candidates, key=lambda one: (-one.rank, one.vi))


def _stands_aside(
    pair: ScoredPair, nested: Mapping[str, str], best: Mapping[str, ScoredPair]
) -> bool:
    """A form that lives only inside a longer one whose own pair is as good, and whose English form
    holds its own; an institution's beginning stands aside for the whole sooner."""
    around = best.get(nested.get(pair.vi.key, ""))
    if around is None or f" {pair.en.key} " not in f" {around.en.key} ":
        return False
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
                _shown(pair.evidence),
            )
            for pair in pairs[1 : 1 + ALTERNATIVES]
        ),
        channel=first.channel,
        termhood=round(termhood(first.vi, kind) * _interest(first, composed), 4),
        en_count=len(first.en.places),
        en_documents=tuple(sorted(first.en.documents)),
        dates=tuple(sorted({d for one in first.vi.documents if (d := dates.get(one))})),
        evidence=_shown(first.evidence) | ({"composed": True} if composed else {}),
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


def _shown(evidence: Evidence) -> dict[str, float]:
    return {name: round(value, 3) for name, value in asdict(evidence).items()}
