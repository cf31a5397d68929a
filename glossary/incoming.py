"""Concepts from elsewhere come into a glossary: added, merged, left alone, or in conflict.

What somebody decided here is never overwritten: where the file says otherwise, the concept stays as
it is and the difference is told.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from align.model import LANGS
from align.text import fold, slug
from glossary.concept import Concept, Decision, Glossary, Match, Term, glossary_of
from glossary.concept_plain import MOST_EXAMPLES


@dataclass(slots=True)
class Outcome:
    """What an import does."""

    added: list[Concept] = field(default_factory=list)
    merged: list[tuple[Concept, list[str]]] = field(default_factory=list)
    """With what came in, in words."""
    left: list[Concept] = field(default_factory=list)
    """Nothing new in them."""
    conflicts: list[tuple[Concept, list[str]]] = field(default_factory=list)
    """The concept here, and what the file says otherwise."""


def take_in(
    glossary: Glossary, concepts: Iterable[Concept], *, file: str, on: datetime.date
) -> tuple[Glossary, Outcome]:
    """The glossary with *concepts* of a file in it.

    A concept is known by its id and a common Vietnamese form, else by its leading Vietnamese form.
    One that brings statuses comes in as decided by ``import:FILE``.
    """
    here = {concept.id: concept for concept in glossary.concepts}
    leading = {
        fold(concept.heading("vi")): concept.id
        for concept in glossary.concepts
        if concept.heading("vi")
    }
    decision = Decision("import", f"import:{file}", on)
    outcome = Outcome()
    refused = {fold(one.vi) for one in glossary.rejected}
    for new in concepts:
        if fold(new.heading("vi")) in refused:
            outcome.conflicts.append((new, [f"{new.heading('vi')!r} was rejected here"]))
            continue
        id = _counterpart(new, here, leading)
        if id is None:
            concept = replace(new, id=slug(new.id, here) if new.id in here else new.id)
            if concept.decided:
                concept = replace(concept, decisions=(*concept.decisions, decision))
            here[concept.id] = concept
            if concept.heading("vi"):
                leading.setdefault(fold(concept.heading("vi")), concept.id)
            outcome.added.append(concept)
            continue
        old = here[id]
        merged, news, conflicts = _merge(old, new)
        if conflicts:
            outcome.conflicts.append((old, conflicts))
        if news:
            here[id] = replace(merged, decisions=(*merged.decisions, decision))
            outcome.merged.append((here[id], news))
        elif not conflicts:
            outcome.left.append(old)
    rejected = {one.vi: one for one in glossary.rejected}
    return glossary_of(here, rejected), outcome


def _counterpart(new: Concept, here: dict[str, Concept], leading: dict[str, str]) -> str | None:
    same = here.get(new.id)
    if same and (_forms(same, "vi") & _forms(new, "vi") or not (_has(same) and _has(new))):
        return new.id
    return leading.get(fold(new.heading("vi"))) if _has(new) else None


def _has(concept: Concept) -> bool:
    return bool(concept.forms("vi"))


def _forms(concept: Concept, lang: Any) -> set[str]:
    return {fold(term.text) for term in concept.forms(lang)}


def _merge(old: Concept, new: Concept) -> tuple[Concept, list[str], list[str]]:
    """The concept with what *new* adds to it, that in words, and what *new* says otherwise."""
    news: list[str] = []
    conflicts: list[str] = []
    terms = _merged_terms(old, new, news, conflicts)
    fields: dict[str, Any] = {}
    for name in ("subject", "note", "project", "valid_from", "valid_until", "reliability"):
        ours, theirs = getattr(old, name), getattr(new, name)
        if theirs in (None, "") or theirs == ours:
            continue
        if ours in (None, ""):
            fields[name] = theirs
            news.append(f"{name}: {theirs}")
        elif name != "reliability":
            conflicts.append(f"{name}: {theirs!r} there, {ours!r} here")
    fields |= _definitions(old, new, news, conflicts)
    if new.match not in (Match(), old.match):
        if old.match == Match():
            fields["match"] = new.match
            news.append("match")
        else:
            conflicts.append("match is another one there")
    see = tuple(one for one in new.see if one not in old.see)
    if see:
        fields["see"] = (*old.see, *see)
        news.append(f"see: {', '.join(see)}")
    examples = tuple(one for one in new.examples if one not in old.examples)
    room = MOST_EXAMPLES - len(old.examples)
    if examples and room > 0:
        fields["examples"] = (*old.examples, *examples[:room])
        news.append("examples")
    return replace(old, terms=terms, **fields), news, conflicts


def _merged_terms(
    old: Concept, new: Concept, news: list[str], conflicts: list[str]
) -> tuple[Term, ...]:
    terms = {(term.lang, term.text): term for term in old.terms}
    spellings = {(term.lang, fold(term.text)): term.text for term in old.terms}
    for term in new.terms:
        key = term.lang, term.text
        if key not in terms:  # another spelling of one that is here?
            key = term.lang, spellings.get((term.lang, fold(term.text)), term.text)
        ours = terms.get(key)
        if ours is None:
            rival = old.preferred(term.lang)
            if term.status == "preferred" and rival:
                conflicts.append(f"{term.text!r} is preferred there, {rival.text!r} here")
                continue
            terms[key] = term
            news.append(f"{term.lang}: {term.text}" + (f" ({term.status})" if term.status else ""))
        elif term.status and ours.status and term.status != ours.status:
            conflicts.append(f"{term.text!r} is {term.status} there, {ours.status} here")
        else:
            filled = replace(
                ours,
                type=ours.type or term.type,
                part_of_speech=ours.part_of_speech or term.part_of_speech,
                source=ours.source or term.source,
                status=ours.status or _free_status(old, term),
            )
            if filled != ours:
                terms[key] = filled
                news.append(f"{term.lang}: {term.text} (details)")
    return tuple(terms.values())


def _free_status(old: Concept, term: Term) -> Any:
    """The status of an incoming term, unless another term is the preferred one here."""
    return None if term.status == "preferred" and old.preferred(term.lang) else term.status


def _definitions(
    old: Concept, new: Concept, news: list[str], conflicts: list[str]
) -> dict[str, Any]:
    ours = {one.lang: one for one in old.definitions}
    for one in new.definitions:
        if one.lang not in ours:
            ours[one.lang] = one
            news.append(f"definition ({one.lang})")
        elif one != ours[one.lang]:
            conflicts.append(f"another definition ({one.lang}) there")
    found = tuple(ours[lang] for lang in LANGS if lang in ours)
    return {"definitions": found} if found != old.definitions else {}
