"""Concepts from elsewhere come into a glossary: added, merged, left alone, or in conflict.

What somebody decided here is never overwritten: where the file says otherwise, the concept stays as
it is and the difference is told.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from align.model import LANGS, Lang
from align.text import fold, slug
from glossary.concept import (
    Concept,
    Decision,
    Glossary,
    Match,
    Term,
    alike,
    glossary_of,
    pointed,
)
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
    refused = {fold(one.vi) for one in glossary.rejected}
    decision = Decision("import", f"import:{file}", on)
    outcome = Outcome()
    arrived: list[tuple[Concept, list[str]]] = []
    for told in concepts:
        new, conflicts = _without_refused(told, refused)
        if new.forms("vi") or not told.forms("vi"):
            arrived.append((new, conflicts))
        else:
            outcome.conflicts.append((told, conflicts))
    ids = _ids([new for new, _ in arrived], here)
    renamed = {new.id: id for (new, _), id in zip(arrived, ids, strict=True)}
    for (told, conflicts), id in zip(arrived, ids, strict=True):
        new = replace(pointed(told, renamed), id=id)
        old = here.get(id)
        news: list[str] = []
        if old is None:
            decided = (*new.decisions, decision) if new.decided else new.decisions
            here[id] = replace(new, decisions=decided)
            outcome.added.append(here[id])
        else:
            merged, news, more = _merge(old, new)
            conflicts = [*conflicts, *more]
            if news:
                here[id] = replace(merged, decisions=(*merged.decisions, decision))
                outcome.merged.append((here[id], news))
            elif not conflicts:
                outcome.left.append(old)
        if conflicts:
            outcome.conflicts.append((here[id], conflicts))
    rejected = {one.vi: one for one in glossary.rejected}
    return glossary_of(here, rejected), outcome


def _ids(arrived: Sequence[Concept], known: Mapping[str, Concept]) -> list[str]:
    """The id each concept has here: that of its counterpart, else its own, else a free one."""
    here = dict(known)
    holders: dict[tuple[Lang, str], list[str]] = defaultdict(list)
    for concept in here.values():
        for key in _keys(concept):
            holders[key].append(concept.id)
    ids = []
    for new in arrived:
        id = _counterpart(new, here, holders)
        if id is None:
            id = slug(new.id, here) if new.id in here else new.id
            here[id] = replace(new, id=id)
            for key in _keys(new):
                holders[key].append(id)
        ids.append(id)
    return ids


def _without_refused(concept: Concept, refused: set[str]) -> tuple[Concept, list[str]]:
    """The concept without the Vietnamese terms that were rejected here, and these in words."""
    bad = [term for term in concept.forms("vi") if fold(term.text) in refused]
    if not bad:
        return concept, []
    kept = tuple(term for term in concept.terms if term not in bad)
    return replace(concept, terms=kept), [f"{term.text!r} was rejected here" for term in bad]


def _counterpart(
    new: Concept, here: Mapping[str, Concept], holders: Mapping[tuple[Lang, str], list[str]]
) -> str | None:
    """The id of the concept here that *new* is: with its id and a term in common; else with its
    leading Vietnamese term, and an English one in common or nothing that tells them apart. Without
    Vietnamese terms it is one without, too."""
    same = here.get(new.id)
    if same:
        lang: Lang = "vi" if same.forms("vi") and new.forms("vi") else "en"
        if _forms(same, lang) & _forms(new, lang):
            return new.id
    lead: Lang = "vi" if new.forms("vi") else "en"
    heading = fold(new.heading(lead))
    namesakes = [here[id] for id in holders.get((lead, heading), ())]
    for one in namesakes:
        if lead == "vi" and _forms(one, "en") & _forms(new, "en"):
            return one.id
    for one in namesakes:
        if fold(one.heading(lead)) == heading and alike(one, new):
            return one.id
    return None


def _keys(concept: Concept) -> set[tuple[Lang, str]]:
    """By what a concept is found: its Vietnamese terms, without them its English ones."""
    lang: Lang = "vi" if concept.forms("vi") else "en"
    return {(lang, form) for form in _forms(concept, lang)}


def _forms(concept: Concept, lang: Lang) -> set[str]:
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
    begun, ended = (
        fields.get(name) or getattr(old, name) for name in ("valid_from", "valid_until")
    )
    if begun and ended and begun > ended:
        fields = {name: value for name, value in fields.items() if not name.startswith("valid")}
        news[:] = [one for one in news if not one.startswith("valid")]
        conflicts.append(f"valid from {begun} to {ended} together")
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
                conflicts.append(f"the file prefers {term.text!r}, this glossary {rival.text!r}")
                continue
            terms[key] = term
            news.append(f"{term.lang}: {term.text}" + (f" ({term.status})" if term.status else ""))
        elif _rivals(old, ours, term):
            conflicts.append(f"the file prefers {term.text!r}, this glossary another term")
        elif term.status and ours.status and term.status != ours.status:
            conflicts.append(
                f"{term.text!r} is {term.status} in the file, {ours.status} in this glossary"
            )
        else:
            filled = replace(
                ours,
                type=ours.type or term.type,
                part_of_speech=ours.part_of_speech or term.part_of_speech,
                source=ours.source or term.source,
                status=ours.status or term.status,
            )
            if filled != ours:
                terms[key] = filled
                news.append(f"{term.lang}: {term.text} (details)")
    return tuple(terms.values())


def _rivals(old: Concept, ours: Term, term: Term) -> bool:
    """Whether a term that is open here would become a second preferred one."""
    return ours.status is None and term.status == "preferred" and bool(old.preferred(term.lang))


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
